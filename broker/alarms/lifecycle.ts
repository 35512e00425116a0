import type { AlarmRecord } from "./alarm-record.ts";
import type { Finding } from "./detect/evaluator.ts";

/** The pure part of an alarm's life (IEC 62682 / ISA-18.2): a record and what happens to it give the record after it. */

export const newAlarm = (id: string, rule: string, device: string, timeline: AlarmRecord["timeline"]): AlarmRecord => ({
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
});

export const raised = (alarm: AlarmRecord, { t, rule, priority, metric, value, limit, step, respondBy, evidence }: Finding): AlarmRecord => ({
  ...alarm,
  active: true,
  acked: false,
  latched: rule.latched ?? false,
  priority,
  occurrence: alarm.occurrence + 1,
  raisedAt: t,
  clearedAt: null,
  ackedAt: null,
  ackedBy: null,
  changedAt: t,
  respondBy,
  metric,
  value,
  limit,
  step,
  evidence,
});
export const cleared = (alarm: AlarmRecord, t: number): AlarmRecord => ({ ...alarm, active: false, clearedAt: t, changedAt: t });
export const acknowledged = (alarm: AlarmRecord, by: string, t: number): AlarmRecord => ({
  ...alarm,
  acked: true,
  ackedAt: t,
  ackedBy: by,
  changedAt: t,
});
