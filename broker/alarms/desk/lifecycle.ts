import { type AlarmFacts, type Evidence, letterOf } from "../../../shared/alarm.ts";
import { ok, type Result, refuse } from "../../../shared/result.ts";
import type { Finding } from "../detect/evaluator.ts";
import type { AlarmRecord } from "./alarm-record.ts";

/**
 * The pure part of an alarm's life (IEC 62682 / ISA-18.2, control-room.md 2.1): a record and what happens to it give the record after it. The
 * condition goes on being judged while the alarm is shelved, suppressed or out of service; only nobody is called.
 */

/** Not before a person's eyes: E, F or G. */
export const isHidden = ({ shelved, suppressed, outOfService }: AlarmFacts): boolean =>
  shelved !== null || suppressed !== null || outOfService !== null;
/** What is latched counts as active. */
const stands = ({ active, latched }: AlarmFacts): boolean => active || latched;

/** Two occurrences that follow each other so closely are one that repeats; three begins within it chatter (control-room.md 2.3). */
export const repeatMs = 60_000;
const raisesKept = 100;
/** A value that swings about a limit is graded again and again. */
const gradingsKept = 8;

/** Out of E, F or G: B while the condition holds, A otherwise. What was acknowledged before it went away is told again. */
function seenAgain(before: AlarmRecord, after: AlarmRecord): AlarmRecord {
  if (!isHidden(before) || isHidden(after)) return after;
  return stands(after) ? unacknowledged(after) : { ...after, acked: true };
}
const unacknowledged = (alarm: AlarmRecord): AlarmRecord => ({ ...alarm, acked: false, ackedAt: null, ackedBy: null });

/** A new occurrence, always: a cleared alarm never simply goes on. */
export function raised(alarm: AlarmRecord, { t, rule, priority, metric, value, limit, step, respondBy, evidence }: Finding): AlarmRecord {
  return {
    ...unacknowledged(alarm),
    active: true,
    latched: rule.latched ?? false,
    priority,
    occurrence: alarm.occurrence + 1,
    raisedAt: t,
    clearedAt: null,
    changedAt: t,
    respondBy,
    metric,
    value,
    limit,
    step,
    evidence,
    // who had taken on the last one has not taken on this one
    owner: letterOf(alarm) === "A" ? null : alarm.owner,
    inherited: false,
    raises: [...alarm.raises, t].slice(-raisesKept),
    repeats: alarm.clearedAt !== null && t - alarm.clearedAt <= repeatMs,
    annunciated: null,
    releaseAt: null,
  };
}

/** A step up calls again, a step down does not. */
export function stepped(alarm: AlarmRecord, { t, priority, metric, value, limit, step, respondBy, evidence }: Finding): AlarmRecord {
  if (!alarm.active) return alarm;
  const graver = priority < alarm.priority;
  return {
    ...(graver ? unacknowledged(alarm) : alarm),
    priority,
    metric: metric ?? alarm.metric,
    value,
    limit,
    step,
    changedAt: t,
    respondBy: graver ? respondBy : alarm.respondBy,
    evidence: evidence === null ? alarm.evidence : { ...evidence, ...earlierOf(alarm) },
  };
}
/** What has been judged up to now stays with what is judged next: the first of all, and the newest. */
function earlierOf({ evidence, priority }: AlarmRecord): Pick<Evidence, "earlier"> {
  if (evidence === null) return {};
  const { t, condition, inputs, earlier = [] } = evidence;
  const [first, ...others] = [...earlier, { t, priority, condition, inputs }];
  return first === undefined ? {} : { earlier: [first, ...others.slice(1 - gradingsKept)] };
}

/** The condition has gone. With it goes a shelf that was for this occurrence, and what suppressed it: a consequence that is over needs no cause. */
export function cleared(alarm: AlarmRecord, t: number): AlarmRecord {
  if (!alarm.active) return alarm;
  const shelved = alarm.shelved?.once ? null : alarm.shelved;
  return seenAgain(alarm, { ...alarm, active: false, clearedAt: t, changedAt: t, shelved, suppressed: null, releaseAt: null });
}
/** Raised and cleared before the room opened: the previous shift has seen to it. */
export const settled = (alarm: AlarmRecord, t: number): AlarmRecord => ({ ...alarm, acked: true, latched: false, changedAt: t });
/** Still active when the room opens. */
export const inherited = (alarm: AlarmRecord, t: number): AlarmRecord => ({ ...alarm, inherited: true, changedAt: t });

export const suppressed = (alarm: AlarmRecord, by: string, t: number): AlarmRecord => ({
  ...alarm,
  suppressed: { by },
  releaseAt: null,
  changedAt: t,
});
export const released = (alarm: AlarmRecord, t: number): AlarmRecord =>
  seenAgain(alarm, { ...alarm, suppressed: null, releaseAt: null, changedAt: t });

export function acknowledged(alarm: AlarmRecord, by: string, t: number): Result<AlarmRecord> {
  if (isHidden(alarm)) return refuse("it is shelved, suppressed or out of service: nothing calls for an acknowledgement");
  if (alarm.acked) return refuse("it is acknowledged already");
  return ok({ ...alarm, acked: true, ackedAt: t, ackedBy: by, changedAt: t });
}

export function shelved(alarm: AlarmRecord, shelf: NonNullable<AlarmFacts["shelved"]>, t: number): Result<AlarmRecord> {
  if (alarm.outOfService !== null) return refuse("it is out of service");
  if (shelf.until <= t) return refuse("that time has passed already");
  return ok({ ...alarm, shelved: shelf, changedAt: t });
}
export function unshelved(alarm: AlarmRecord, t: number): Result<AlarmRecord> {
  if (alarm.shelved === null) return refuse("it is not shelved");
  return ok(seenAgain(alarm, { ...alarm, shelved: null, changedAt: t }));
}

export function outOfService(alarm: AlarmRecord, by: string, order: string, t: number): Result<AlarmRecord> {
  if (alarm.outOfService !== null) return refuse("it is out of service already");
  return ok({ ...alarm, outOfService: { since: t, by, order }, changedAt: t });
}
export function inService(alarm: AlarmRecord, t: number): Result<AlarmRecord> {
  if (alarm.outOfService === null) return refuse("it is in service");
  return ok(seenAgain(alarm, { ...alarm, outOfService: null, changedAt: t }));
}

/** Ends what is latched. It does nothing while the condition holds, and never stands for an acknowledgement. */
export function reset(alarm: AlarmRecord, t: number): Result<AlarmRecord> {
  if (!alarm.latched) return refuse("it is not latched: nothing is to be reset");
  if (alarm.active) return refuse("its condition still holds");
  if (!alarm.acked && !isHidden(alarm)) return refuse("acknowledge it first");
  return ok({ ...alarm, latched: false, changedAt: t });
}
