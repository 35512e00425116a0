import type { CommandState } from "../../shared/command.ts";
import type { CommandRecord } from "./command-record.ts";

/**
 * The pure part of a command's life: a record and what happens give the record after it, the same object when nothing changes. An answer says that the
 * device has heard; that it obeyed, its readings show, when it made them after hearing. Times are event time of the device's timeline.
 */

/** Wall time that must have gone as well before a missing answer is a failure: in a fast city the event time is over before a person has blinked. */
const patienceMs = 5000;

const done = (record: CommandRecord, state: CommandState, doneAt: number, reason: string | null): CommandRecord => ({
  ...record,
  state,
  doneAt,
  reason,
});
export const stood = "it already was as commanded";

export const replaced = (record: CommandRecord, by: string, t: number): CommandRecord => done(record, "failed", t, `replaced by "${by}"`);

/** The device's answer; the first one counts. `t`: by the device's own clock, like its readings. */
export function answered(
  record: CommandRecord,
  { t, ok, reason }: { readonly t: number; readonly ok: boolean; readonly reason?: string | undefined },
): CommandRecord {
  if (record.state !== "pending" || record.heardAt !== null) return record;
  const heard = { ...record, heardAt: t };
  if (!ok) return done(heard, "failed", t, reason ?? "the device refuses it and gives no reason");
  return record.shownAt !== null && record.shownAt >= t ? done(heard, "confirmed", record.shownAt, record.already ? stood : null) : heard;
}

/** A reading or event of t says that the device is as commanded, or that it is not. */
export function shown(record: CommandRecord, t: number, as: boolean, actual: string | null): CommandRecord {
  if (record.state !== "pending") return record;
  const seen = { ...record, actual };
  if (!as) return { ...seen, shownAt: null };
  if (record.heardAt === null) return t <= record.t ? seen : { ...seen, shownAt: record.shownAt ?? t };
  // what it had measured before it heard is no answer to it
  return t < record.heardAt ? seen : done(seen, "confirmed", t, record.already ? stood : null);
}

/** Event time has come to where the device heard it, and what it last said of itself is as commanded: nothing had to change. */
export const unchanged = (record: CommandRecord): CommandRecord =>
  record.state === "pending" && record.heardAt !== null ? done(record, "confirmed", record.heardAt, stood) : record;

/** Event time has come to `t`, the wall clock to `at`. */
export function passed(record: CommandRecord, t: number, at: number): CommandRecord {
  if (record.state !== "pending" || t <= record.expires || at - record.at < patienceMs) return record;
  const { heardAt, shownAt, already, actual, commanded, expires } = record;
  if (heardAt === null && shownAt !== null && !already) return done(record, "confirmed", shownAt, "the device did it without an answer");
  const seconds = (expires - record.t) / 1000;
  const why = heardAt === null ? `the device did not answer within ${seconds} s` : `the device has heard it, but did not do it within ${seconds} s`;
  return done(record, "failed", t, actual === null || actual === commanded ? why : `${why}: it says "${actual}"`);
}
