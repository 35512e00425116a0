import type { AlarmClass, Priority } from "./alarm-rule.ts";
import type { Value } from "./reading.ts";
import type { Text } from "./text.ts";
import type { Timeline } from "./timeline.ts";

/** States of IEC 62682 / ISA-18.2 (2016): A normal, B unacknowledged, C acknowledged, D returned unacknowledged, E shelved, F suppressed, G out of service. */
export const stateLetters = ["A", "B", "C", "D", "E", "F", "G"] as const;
export type StateLetter = (typeof stateLetters)[number];

/** Orthogonal facts; the letter is derived. Times are event time of the alarm's own timeline, epoch ms. */
export interface AlarmFacts {
  readonly active: boolean;
  readonly acked: boolean;
  /** Stays although the condition may have gone; only a reset ends it. */
  readonly latched: boolean;
  readonly shelved: { readonly until: number; readonly by: string; readonly reason: string; readonly once: boolean } | null;
  /** Name of what suppresses it. */
  readonly suppressed: { readonly by: string } | null;
  readonly outOfService: { readonly since: number; readonly by: string; readonly order: string } | null;
}

/** Precedence G > F > E > (active, acked); what is latched counts as active. */
export function letterOf({ active, acked, latched, shelved, suppressed, outOfService }: AlarmFacts): StateLetter {
  if (outOfService !== null) return "G";
  if (suppressed !== null) return "F";
  if (shelved !== null) return "E";
  if (active || latched) return acked ? "C" : "B";
  return acked ? "A" : "D";
}

/** Why it was raised, kept with it: what a person needs to judge the judgement. */
export interface Evidence {
  readonly t: number;
  readonly rule: string;
  readonly version: number;
  /** The condition in words, with this device's numbers. */
  readonly condition: Text;
  readonly inputs: readonly { readonly device: string; readonly metric: string; readonly t: number; readonly value: Value }[];
  readonly baseline: { readonly middle: number; readonly low: number; readonly high: number; readonly from: string } | null;
  readonly neighbours: readonly {
    readonly device: string;
    readonly metric: string;
    readonly t: number;
    readonly value: number;
    readonly agrees: boolean;
  }[];
  /** Real event or sensor in trouble, and because of what. */
  readonly verdict: { readonly what: "event" | "sensor"; readonly because: Text } | null;
  /** What it was raised by and how it was graded before, oldest first; absent: this is the first judgement of its occurrence. */
  readonly earlier?: readonly Grading[];
}
/** A judgement of an occurrence that a graver or a lesser one has followed. */
interface Grading extends Pick<Evidence, "t" | "condition" | "inputs"> {
  readonly priority: Priority;
}

/** One alarm = one rule at one device; occurrences are numbered. What the list shows. */
export interface Alarm extends AlarmFacts {
  /** `[a-z0-9-]`: service, rule, device. */
  readonly id: string;
  readonly state: StateLetter;
  readonly rule: string;
  readonly class: AlarmClass;
  readonly priority: Priority;
  readonly service: string;
  readonly kind: string;
  readonly device: string;
  readonly gateway: string;
  readonly district: string;
  readonly timeline: Timeline;
  readonly occurrence: number;
  /** Of the city in which it occurred, `field` for a real device: in another run the same occurrence is another one. */
  readonly run: string;
  /** Begin of this occurrence; its end, when it has one. */
  readonly raisedAt: number;
  readonly clearedAt: number | null;
  readonly ackedAt: number | null;
  readonly ackedBy: string | null;
  /** Newest change of anything above. */
  readonly changedAt: number;
  /** Event time by which somebody should have acted; null = the rule knows none. */
  readonly respondBy: number | null;
  readonly metric: string | null;
  readonly value: Value | null;
  readonly limit: Value | null;
  /** Title with the step's name, e.g. "level: caution". */
  readonly text: Text;
  /** Id of the alarm at the top of its group; its own when it is one; null = alone. */
  readonly group: string | null;
  /** The alarm of which it is a consequence. */
  readonly cause: string | null;
  /** First of its group. */
  readonly first: boolean;
  /** Alarms that hang under it. */
  readonly consequences: number;
  /** Occurrences within the last 24 h. */
  readonly count: number;
  readonly chattering: boolean;
  readonly owner: string | null;
  readonly comments: number;
  /** Raised and not cleared before the room opened: the previous shift's. */
  readonly inherited: boolean;
}

export interface AlarmDetail extends Alarm {
  readonly title: Text;
  readonly why: { readonly cause: Text; readonly consequence: Text; readonly response: readonly Text[]; readonly minutes: number };
  readonly evidence: Evidence | null;
  readonly notes: readonly { readonly t: number; readonly at: number; readonly by: string; readonly text: string }[];
  readonly journal: readonly JournalLine[];
}

/** Append-only. `what`: raised, cleared, priority, acknowledged, shelved, unshelved, returned, suppressed, released, out-of-service, in-service, reset, comment, assigned, command, … */
export interface JournalLine {
  /** Grows by one; a cursor. */
  readonly n: number;
  readonly run: string;
  readonly timeline: Timeline;
  /** City time and wall clock, epoch ms. */
  readonly t: number;
  readonly at: number;
  readonly what: string;
  readonly alarm: string | null;
  readonly occurrence: number | null;
  readonly rule: string | null;
  readonly service: string | null;
  readonly device: string | null;
  /** A person's name, `rule` or `system`. */
  readonly by: string;
  readonly role: string | null;
  /** Letters, words or priorities before and after. */
  readonly before: string | null;
  readonly after: string | null;
  readonly reason: string | null;
  readonly x?: Readonly<Record<string, string | number>>;
}

/** What a rule that learns its device's usual knows so far: nothing yet, each hour of the day, each hour of the week, or weeks as a whole. */
export const learnings = ["learning", "hour-of-day", "hour-of-week", "weeks"] as const;
export type Learned = (typeof learnings)[number];
export interface RuleKnowledge {
  /** Id of the rule within its service. */
  readonly rule: string;
  readonly knows: Learned;
}

export interface FloodState {
  /** Event time since which the room is flooded; null = it is not. */
  readonly since: number | null;
  /** Operations alarms annunciated within the last 10 minutes. */
  readonly lastTenMinutes: number;
}

/** The alarm system judged by ISA-18.2 / EEMUA 191; operations alarms unless said otherwise. Averages never stand without their peak. */
export interface AlarmScore {
  /** Event time that it covers, and how many hours of it. */
  readonly from: number;
  readonly to: number;
  readonly hours: number;
  /** Mean city seconds per wall second of that time. */
  readonly rate: number;
  /** Less than 30 days: figures are shown, no verdict is drawn. */
  readonly judged: boolean;
  readonly perTenMinutes: { readonly now: number; readonly mean: number; readonly peak: number; readonly peakAt: number | null };
  readonly flood: { readonly share: number; readonly times: readonly { from: number; to: number | null; alarms: number; peak: number }[] };
  readonly top: { readonly share: number; readonly list: readonly { rule: string; device: string; count: number }[] };
  readonly chattering: readonly { rule: string; device: string; count: number }[];
  readonly fleeting: readonly { rule: string; device: string; count: number }[];
  /** Active for longer than 24 h. */
  readonly stale: readonly string[];
  readonly split: Readonly<Record<Priority, number>>;
  readonly standing: number;
  readonly shelved: number;
  readonly suppressed: number;
  readonly outOfService: number;
  /** Median seconds from raised to acknowledged, by the city's clock and by the wall's. */
  readonly toAcknowledge: { readonly city: number | null; readonly wall: number | null; readonly count: number };
  readonly maintenance: { readonly raised: number; readonly standing: number };
  readonly byService: Readonly<Record<string, { readonly operations: number; readonly maintenance: number }>>;
}

/** Enforcement and care are queues, not alarms. Never a plate, a name or an address. */
export interface WorkItem {
  readonly id: string;
  readonly queue: "case" | "task";
  readonly rule: string;
  readonly service: string;
  readonly device: string;
  readonly district: string;
  readonly timeline: Timeline;
  readonly title: Text;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly state: "open" | "taken" | "closed";
  readonly owner: string | null;
  /** Timed facts, oldest first. */
  readonly facts: readonly { readonly t: number; readonly text: Text }[];
  /** What was violated, with its date; only of cases. */
  readonly law: { readonly clause: Text; readonly from: string; readonly amount: number } | null;
  /** Still going on. */
  readonly active: boolean;
  /** Id of the open item of the cause that it has in common with others: the list shows it below. */
  readonly cause: string | null;
  readonly result: string | null;
  readonly note: string | null;
  /** Handed to the fining office, wall clock. */
  readonly exportedAt: number | null;
}

export interface ResponseState {
  readonly id: string;
  readonly service: string;
  readonly title: Text;
  readonly mode: "auto" | "manual";
  readonly by: string | null;
  /** Counting down, by alarm or device. */
  readonly armed: readonly { readonly key: string; readonly device: string; readonly fires: number; readonly waits: Text | null }[];
  /** In manual mode: where its rule stands now, and the command is left to a person. */
  readonly offered: readonly { readonly key: string; readonly device: string }[];
}
