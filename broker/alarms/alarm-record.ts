import type { AlarmFacts, Evidence } from "../../shared/alarm.ts";
import type { Priority, Rule } from "../../shared/alarm-rule.ts";
import type { Value } from "../../shared/reading.ts";
import type { Text } from "../../shared/text.ts";
import type { Timeline } from "../../shared/timeline.ts";

export interface Note {
  readonly t: number;
  readonly at: number;
  readonly by: string;
  readonly text: string;
}

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
  readonly notes: readonly Note[];
  readonly evidence: Evidence | null;
  readonly inherited: boolean;
  /** Begins of the newest occurrences, event time, oldest first; bounded. */
  readonly raises: readonly number[];
  /** This occurrence came within a minute of the end of the one before it. */
  readonly repeats: boolean;
  /** When this occurrence was last told to a person, by both clocks; null = it has not been. */
  readonly annunciated: { readonly t: number; readonly at: number } | null;
  /** Its cause has gone: until then it stays suppressed, because its device may not have spoken since. */
  readonly releaseAt: number | null;
}

export const alarmId = (service: string, rule: Rule, device: string): string => `${service}-${rule.id}-${device}`;

export const newAlarm = (id: string, rule: string, device: string, timeline: Timeline): AlarmRecord => ({
  id,
  rule,
  device,
  timeline,
  active: false,
  acked: true,
  latched: false,
  shelved: null,
  suppressed: null,
  outOfService: null,
  priority: 4,
  occurrence: 0,
  raisedAt: 0,
  clearedAt: null,
  ackedAt: null,
  ackedBy: null,
  changedAt: 0,
  respondBy: null,
  metric: null,
  value: null,
  limit: null,
  step: null,
  owner: null,
  notes: [],
  evidence: null,
  inherited: false,
  raises: [],
  repeats: false,
  annunciated: null,
  releaseAt: null,
});
