import type { Text } from "../text.ts";
import type { TruthClass } from "./injection.ts";
import type { Truth } from "./truth.ts";

/** What the room made of one truth. Delays in city seconds from the first observable moment (from the onset where none is known). */
export interface Found {
  readonly truth: Truth;
  readonly title: Text;
  /** First alarm, case or task that speaks of it; null = missed so far. */
  readonly by: {
    readonly id: string;
    readonly what: "alarm" | "item" | "refusal";
    readonly class: "operations" | "maintenance" | null;
    readonly rule: string;
    readonly t: number;
  } | null;
  readonly delay: number | null;
  /** Alarms and items that hang on it. */
  readonly alarms: number;
  /** City and wall seconds from the first alarm; null = nobody has (yet). */
  readonly acknowledged: { readonly city: number; readonly wall: number } | null;
  readonly acted: { readonly city: number; readonly wall: number; readonly command: string } | null;
}
/** Rows: what was true; columns: what was raised. */
export interface Confusion {
  readonly event: { readonly operations: number; readonly maintenance: number; readonly nothing: number };
  readonly fault: { readonly operations: number; readonly maintenance: number; readonly nothing: number };
  /** Alarms that no truth explains. */
  readonly nothing: { readonly operations: number; readonly maintenance: number };
}
export interface KindScore {
  readonly kind: string;
  readonly title: Text;
  readonly class: TruthClass;
  readonly found: number;
  readonly of: number;
  /** City seconds, one per found truth. */
  readonly delays: readonly number[];
  readonly alarms: number;
}
export interface Scorecard {
  /** City time that it covers. */
  readonly from: number;
  readonly to: number;
  readonly found: readonly Found[];
  readonly kinds: readonly KindScore[];
  readonly confusion: Confusion;
  /** Alarms that no truth explains, with their device and rule. */
  readonly false: readonly {
    readonly alarm: string;
    readonly rule: string;
    readonly device: string;
    readonly class: "operations" | "maintenance";
    readonly t: number;
  }[];
  readonly falsePerSensorDay: number;
  readonly sensors: number;
  readonly medianDelay: number | null;
  readonly worstDelay: number | null;
  readonly alarmsPerIncident: number | null;
  readonly toAcknowledge: { readonly city: number | null; readonly wall: number | null; readonly count: number };
  readonly toAction: { readonly city: number | null; readonly wall: number | null; readonly count: number };
}

export interface ExpectationState {
  readonly id: string;
  readonly say: Text;
  readonly state: "to-come" | "held" | "failed";
  /** What was seen, or how long there is. */
  readonly seen: Text;
  /** City time at which it was decided. */
  readonly t: number | null;
}
