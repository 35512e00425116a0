import { ok, type Result, refuse } from "../../../shared/result.ts";
import type { Actor } from "../../../shared/roles.ts";
import type { RoomAction } from "../../../shared/room-action.ts";
import type { Timeline } from "../../../shared/timeline.ts";
import type { Touched } from "../../room/room-part.ts";
import type { Moment } from "../moment.ts";
import type { AlarmBook } from "./alarm-book.ts";
import type { AlarmLives } from "./alarm-lives.ts";
import type { AlarmPlaces } from "./alarm-places.ts";
import type { AlarmRecord } from "./alarm-record.ts";
import { actOn, allowed, isOneAlarmAct, newerOccurrence, noSuchAlarm, noted, type OneAlarmAct, otherRun } from "./desk-acts.ts";
import { acknowledged } from "./lifecycle.ts";

export interface AlarmActingParts {
  readonly book: AlarmBook;
  readonly lives: AlarmLives;
  readonly places: AlarmPlaces;
  readonly marks: Readonly<Record<Timeline, number>>;
  /** The run that counts the alarm's occurrences now. */
  runOf(alarm: AlarmRecord): string;
}
type Acknowledge = Extract<RoomAction, { do: "acknowledge" }>;

/** What people do with alarms; undefined: it is not about them. */
export function createAlarmActing({ book, lives, places, marks, runOf }: AlarmActingParts) {
  /** Each alarm has its own time: one action may be about alarms of both timelines. */
  const ownMoment = ({ timeline }: AlarmRecord, moment: Moment): Moment =>
    timeline === moment.timeline ? moment : { timeline, t: marks[timeline], at: moment.at };

  function permitted(alarm: AlarmRecord | undefined, action: RoomAction, by: Actor): Result<AlarmRecord> {
    const place = alarm && places.of(alarm);
    if (alarm === undefined || place === undefined) return refuse(noSuchAlarm);
    const may = allowed(action, by, place.where.contract);
    return may.ok ? ok(alarm) : may;
  }
  /** What a person saw before a reset is gone, though its id and its occurrence are there again. */
  const isGone = (alarm: AlarmRecord, run: string | undefined): boolean => run !== undefined && run !== runOf(alarm);
  function acknowledgeOne({ id, occurrence, run }: Acknowledge["alarms"][number], action: Acknowledge, by: Actor, moment: Moment): Result<null> {
    const found = permitted(book.get(id), action, by);
    if (!found.ok) return found;
    const alarm = found.value;
    if (isGone(alarm, run)) return refuse(otherRun);
    // only what the person saw
    if (alarm.occurrence !== occurrence) return refuse(newerOccurrence);
    const own = ownMoment(alarm, moment);
    const done = acknowledged(alarm, by.name, own.t);
    if (!done.ok) return done;
    lives.shifts[alarm.timeline].acknowledged(alarm, own.t, own.at);
    const said = { what: "acknowledged", by: by.name, role: by.role, reason: action.note ?? null };
    lives.person(own, alarm, noted(done.value, action.note, by, own), said);
    return ok(null);
  }
  function acknowledge(action: Acknowledge, by: Actor, moment: Moment): Result<Touched> {
    const touched: string[] = [];
    const left: { id: string; reason: string }[] = [];
    for (const one of action.alarms) {
      const done = acknowledgeOne(one, action, by, moment);
      if (done.ok) touched.push(one.id);
      else left.push({ id: one.id, reason: done.reason });
    }
    return touched.length > 0 ? ok({ alarms: touched, left }) : refuse(left[0]?.reason ?? "nothing to acknowledge");
  }
  function actOnOne(action: OneAlarmAct, by: Actor, moment: Moment): Result<Touched> {
    const found = permitted(book.get(action.alarm) ?? places.unraised(action.alarm), action, by);
    if (!found.ok) return found;
    if (isGone(found.value, action.run)) return refuse(otherRun);
    const own = ownMoment(found.value, moment);
    const done = actOn(found.value, action, by, own);
    if (!done.ok) return done;
    const { alarm, what, reason, words, x } = done.value;
    lives.person(own, found.value, alarm, { what, by: by.name, role: by.role, reason, ...words, ...(x && { x }) });
    return ok({ alarms: [alarm.id], left: [] });
  }
  return (action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined => {
    if (action.do === "acknowledge") return acknowledge(action, by, moment);
    return isOneAlarmAct(action) ? actOnOne(action, by, moment) : undefined;
  };
}
