import type { Evidence, Learned } from "../../../shared/alarm.ts";
import type { Priority, Rule } from "../../../shared/alarm-rule.ts";
import type { Quality, Value } from "../../../shared/reading.ts";
import type { Text } from "../../../shared/text.ts";
import type { Watched } from "../observed.ts";
import type { GatewayWord } from "./gateway-words.ts";

export type { Learned };

/** What an evaluator says it has found. */
export interface Found {
  /** Default: the rule's. Another one while raised steps the alarm up or down. */
  readonly priority?: Priority;
  readonly metric?: string;
  readonly value?: Value;
  readonly limit?: Value;
  /** Name of the step, e.g. "caution". */
  readonly step?: Text;
  /** Told although it stands with that priority: its words are others. */
  readonly again?: boolean;
  /** Event time by which somebody should have acted; default: the rule's minutes after now. */
  readonly respondBy?: number;
  /** Made only when it is raised; without it a step keeps that of before. */
  readonly evidence?: () => Omit<Evidence, "t" | "rule" | "version">;
}

/** What the world was like at the instant that is being judged: every device's newest values at or before it. */
export interface World {
  device(id: string): Watched | undefined;
  value(device: string, metric: string): { readonly t: number; readonly value: Value } | undefined;
  /** The same as it was some 10 to 20 minutes ago; a device that speaks less often: one or two readings ago. */
  past(device: string, metric: string): number | undefined;
  /** Devices of the same service and kind on the same timeline, in order of id. */
  kin(device: Watched): readonly Watched[];
  /** All of a kind, in order of id; the same array until devices change. */
  of(service: string, kind: string): readonly Watched[];
  /** Devices at the same place (equal `site`, or, without one, equal gateway), itself left out. */
  beside(device: Watched): readonly Watched[];
  /** Devices that a gateway speaks for, in order of id. */
  behind(gateway: string): readonly Watched[];
  /** All of a district, or of the timeline, in order of id; the same array until devices change. */
  inDistrict(district: string): readonly Watched[];
  everybody(): readonly Watched[];
  /** That a gateway is gone, as it, or its last will, said when event time had come to t; undefined = it has not. */
  lastWord(gateway: string): GatewayWord | undefined;
  /** How many gateways the timeline has, and when anybody of it was heard last. */
  gateways(): number;
  heard(): number;
  /** Time of the device's newest reading; 0 = none. */
  newest(device: string): number;
  /** False while the sensor behind that metric is in trouble. */
  trusts(device: string, metric: string): boolean;
  /** Something raised stands there now: `service/rule` at this device. */
  stands(rule: string, device: string): boolean;
}

/** One judgement: where and when, and what can be done about it. */
export interface Ask {
  /** Event time, epoch ms. */
  readonly t: number;
  readonly device: Watched;
  readonly rule: Rule;
  readonly world: World;
  /** False while the sensor behind the metric is in trouble: then no operations alarm may rest on it. */
  trusted(metric: string): boolean;
  /** Says so, or takes it back; by rules of the sensor itself, which are judged before the others. */
  doubt(metric: string, on: boolean): void;
  raise(found: Found): void;
  clear(value?: Value): void;
  /** Calls `wake` at this event time, unless it is asked for another one before. */
  wake(t: number): void;
  /** Wakes the same rule at another device at this instant. */
  prompt(device: string): void;
}

/** All is good: the one empty object that stands for it, so that nobody looks up a word that is not there. */
export const allGood: Readonly<Record<string, Quality>> = {};

/** A metric within bounds, both included (of a flag 0 and 1), or of the same word; it may be missing unless it is needed. */
export interface Calm {
  readonly metric: string;
  readonly low?: number;
  readonly high?: number;
  readonly word?: string;
  readonly isNeeded?: boolean;
}

/** How one kind of condition is judged. `S`: plain data, one per device and rule. */
export interface Evaluator<S = unknown> {
  begin(): S;
  reading?(state: S, ask: Ask, m: Readonly<Record<string, Value>>, q: Readonly<Record<string, Quality>>): void;
  /**
   * As it stands after a reading: a later one of good quality for which all of this is so would change nothing, as long as nothing else is put before it
   * in between. So it is not put before it at all. Undefined: every reading concerns it.
   */
  calm?(state: S, device: Watched): readonly Calm[] | undefined;
  event?(state: S, ask: Ask, name: string, x: Readonly<Record<string, number | string>>): void;
  wake?(state: S, ask: Ask): void;
  /** At every whole minute of event time, after everything up to it. Costs all devices of the kind: a `wake` is cheaper. */
  minute?(state: S, ask: Ask): void;
  /** A reading came so many ms after its time had been judged; told before `reading`. */
  late?(state: S, ask: Ask, byMs: number): void;
  /** A reading or event came whose time lay so many ms ahead of its arrival; `refused`: by more than is accepted. Of those that watch lateness too. */
  ahead?(state: S, ask: Ask, byMs: number, refused: boolean): void;
  /** The device has not been heard for longer than its limit; told once, just after it. */
  overdue?(state: S, ask: Ask): void;
  /** Metrics that it has in doubt at present, once for each time that it said so: what all rules together doubt can be counted again. */
  doubts?(state: S): readonly string[];
  learned?(state: S, t: number): Learned;
}

/** Raised, stepped or cleared: what detection tells, in the order of event time. */
export interface Finding {
  readonly t: number;
  readonly what: "raised" | "priority" | "cleared";
  readonly service: string;
  readonly device: string;
  readonly rule: Rule;
  readonly priority: Priority;
  readonly metric: string | null;
  readonly value: Value | null;
  readonly limit: Value | null;
  readonly step: Text | null;
  readonly respondBy: number | null;
  readonly evidence: Evidence | null;
}
