import type { Alarm, AlarmDetail, AlarmFacts, Evidence } from "../../../shared/alarm.ts";
import type { Rule } from "../../../shared/alarm-rule.ts";
import type { Text } from "../../../shared/text.ts";
import type { Timeline } from "../../../shared/timeline.ts";

export type Note = AlarmDetail["notes"][number];

/** Facts that the list shows as they are; `rule` is `service/rule`. */
type Shown =
  | "id"
  | "rule"
  | "device"
  | "timeline"
  | "priority"
  | "occurrence"
  | "raisedAt"
  | "clearedAt"
  | "ackedAt"
  | "ackedBy"
  | "changedAt"
  | "respondBy"
  | "metric"
  | "value"
  | "limit"
  | "owner"
  | "inherited";

/** What the desk keeps of one alarm: one rule at one device. Plain data; the rule itself stands in the contract. */
export interface AlarmRecord extends AlarmFacts, Pick<Alarm, Shown> {
  readonly step: Text | null;
  readonly notes: readonly Note[];
  readonly evidence: Evidence | null;
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
