import type { AlarmClass } from "../../shared/alarm-rule.ts";
import type { Counters } from "../../shared/city-port.ts";
import type { Value } from "../../shared/reading.ts";

/** What the room has made of a run so far, as plain data: everything that expectations and score are judged by. City times, wall times as `at`. */
export interface Evidence {
  readonly alarms: readonly AlarmSeen[];
  readonly items: readonly ItemSeen[];
  readonly events: readonly EventSeen[];
  readonly commands: readonly CommandSeen[];
  readonly refusals: readonly RefusalSeen[];
  /** Times at which the room was flooded, `null` = still. */
  readonly floods: readonly { readonly from: number; readonly to: number | null }[];
  /** Devices whose own counters tell of trouble on the line, with the first instant at which they did. */
  readonly counted: readonly { readonly device: string; readonly what: "duplicate" | "late" | "lost"; readonly t: number }[];
  /** Of the whole ledger since the run began. */
  readonly ledger: Pick<Counters, "received" | "accepted" | "duplicate" | "refused" | "lost" | "late">;
  reading(device: string, metric: string): Value | undefined;
}
/** One occurrence of an alarm. */
export interface AlarmSeen {
  readonly id: string;
  readonly occurrence: number;
  /** `service/rule`. */
  readonly rule: string;
  readonly class: AlarmClass;
  readonly device: string;
  readonly raisedAt: number;
  readonly at: number;
  readonly clearedAt: number | null;
  readonly acknowledged: { readonly t: number; readonly at: number } | null;
  /** Id of the alarm under which it hangs. */
  readonly cause: string | null;
}
export interface ItemSeen {
  readonly id: string;
  readonly rule: string;
  readonly device: string;
  readonly t: number;
}
export interface EventSeen {
  readonly t: number;
  readonly service: string;
  readonly device: string;
  readonly what: string;
}
export interface CommandSeen {
  readonly id: string;
  readonly op: string;
  readonly service: string;
  readonly device: string;
  readonly t: number;
  readonly at: number;
  readonly confirmedAt: number | null;
  readonly alarm: string | null;
}
export interface RefusalSeen {
  readonly t: number;
  readonly code: string;
  readonly device: string | null;
  /** More than one: so many of which nobody knows any more whose they were. */
  readonly times: number;
}
