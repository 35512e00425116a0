import type { AlarmFacts, Evidence } from "../../shared/alarm.ts";
import type { Priority, Rule } from "../../shared/alarm-rule.ts";
import type { Value } from "../../shared/reading.ts";
import type { Text } from "../../shared/text.ts";
import type { Timeline } from "../../shared/timeline.ts";

/** What the desk keeps of one alarm: one rule at one device. Plain data; the rule itself stands in the contract. */
export interface AlarmRecord extends AlarmFacts {
  readonly id: string;
  /** `service/rule`. */
  readonly rule: string;
  readonly device: string;
  readonly timeline: Timeline;
  readonly priority: Priority;
  readonly occurrence: number;
  readonly raisedAt: number;
  readonly clearedAt: number | null;
  readonly ackedAt: number | null;
  readonly ackedBy: string | null;
  readonly changedAt: number;
  readonly respondBy: number | null;
  readonly metric: string | null;
  readonly value: Value | null;
  readonly limit: Value | null;
  readonly step: Text | null;
  readonly owner: string | null;
  readonly notes: readonly { readonly t: number; readonly at: number; readonly by: string; readonly text: string }[];
  readonly evidence: Evidence | null;
  readonly inherited: boolean;
}

export const alarmId = (service: string, rule: Rule, device: string): string => `${service}-${rule.id}-${device}`;
