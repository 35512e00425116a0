import { letterOf } from "../../../shared/alarm.ts";
import type { Rule } from "../../../shared/alarm-rule.ts";
import type { Timeline } from "../../../shared/timeline.ts";
import type { Finding } from "../detect/evaluator.ts";
import { createGrouping, type Grouping } from "../groups/grouping.ts";
import type { Entered, Journal } from "../journal.ts";
import type { Moment } from "../moment.ts";
import type { Watched } from "../observed.ts";
import type { AlarmBook } from "./alarm-book.ts";
import { type AlarmRecord, alarmId, newAlarm } from "./alarm-record.ts";
import { createDeskTimers } from "./desk-timers.ts";
import { cleared, inherited, isHidden, raised, released, settled, stepped, suppressed, unshelved } from "./lifecycle.ts";
import { createShift, type Shift } from "./shift.ts";

/** Everything that happens to alarms, in the order of event time: what detection finds, what runs out by itself, what causes do to consequences. */
export interface AlarmLives {
  found(finding: Finding, moment: Moment): void;
  /** Event time has come to here. */
  pass(moment: Moment): void;
  /** The history is over: what is active now opens on the desk. */
  open(moment: Moment): void;
  /** A person did this. */
  person(moment: Moment, before: AlarmRecord, after: AlarmRecord, said: Omit<Said, "system">): void;
  forget(alarm: AlarmRecord): void;
  /** Another life of the timeline begins at this event time. */
  begin(timeline: Timeline, t: number): void;
  /** Alarms or devices are others than they were. */
  rebuild(links: readonly (readonly [id: string, cause: string])[]): void;
  readonly groups: Grouping;
  readonly shifts: Readonly<Record<Timeline, Shift>>;
}
export interface AlarmLivesParts {
  readonly book: AlarmBook;
  readonly journal: Journal;
  device(id: string): Watched | undefined;
  rule(alarm: AlarmRecord): Rule | undefined;
}
type Said = Pick<Entered, "what" | "by"> & Partial<Pick<Entered, "role" | "reason" | "x" | "before" | "after">>;

/** A suppressed device has had one period, and a minute for the way, to say that it is well again. */
const graceMs = (where: Watched | undefined): number => (where?.every ?? 0) * 1000 + 60_000;
const byRule = (what: string, x?: Entered["x"]): Said => ({ what, by: "rule", ...(x && { x }) });
const bySystem = (what: string, reason: string | null = null): Said => ({ what, by: "system", reason });

export function createAlarmLives({ book, journal, device, rule: ruleOf }: AlarmLivesParts): AlarmLives {
  const timers = { city: createDeskTimers(), field: createDeskTimers() };
  const shifts = { city: createShift({ goesOn: false, told }), field: createShift({ goesOn: true, told }) };
  let now: Moment = { timeline: "city", t: 0, at: 0 };
  /** Event time that each timeline has reached; `now` is only that of the one that passed last. */
  const come = { city: 0, field: 0 };
  const groups = createGrouping({ record: book.get, rule: ruleOf, device, touch: book.touch, suppress, loosen });

  function keep(alarm: AlarmRecord): void {
    book.put(alarm);
    timers[alarm.timeline].set(alarm);
  }
  function happen(before: AlarmRecord, after: AlarmRecord, said: Said): void {
    keep(after);
    const { id, occurrence, rule, device: where } = after;
    const service = rule.slice(0, rule.indexOf("/"));
    journal.write(now, { alarm: id, occurrence, rule, service, device: where, before: letterOf(before), after: letterOf(after), ...said });
    groups.moved(before, after);
  }
  /** By itself, not by a person: it may call for one. */
  function befall(before: AlarmRecord, after: AlarmRecord, said: Said): void {
    happen(before, after, said);
    if (callsAnew(before, after)) shifts[after.timeline].calls(after, now.t, now.at);
  }

  const callsAnew = (before: AlarmRecord, after: AlarmRecord): boolean =>
    (before.acked || isHidden(before) || before.occurrence !== after.occurrence) && !after.acked && !isHidden(after);

  function told(id: string, t: number, at: number) {
    const alarm = book.get(id);
    const rule = alarm && ruleOf(alarm);
    if (alarm === undefined || rule === undefined || alarm.acked || isHidden(alarm)) return undefined;
    const said = { ...alarm, annunciated: { t, at } };
    keep(said);
    return { alarm: said, kind: rule.class };
  }
  function suppress(id: string, cause: string): void {
    const before = book.get(id);
    if (before === undefined) return;
    const after = suppressed(before, cause, now.t);
    // its cause came back before it was let go
    if (before.suppressed?.by === cause) keep(after);
    else happen(before, after, bySystem("suppressed", cause));
  }
  function loosen(id: string): void {
    const alarm = book.get(id);
    if (alarm !== undefined) keep({ ...alarm, releaseAt: come[alarm.timeline] + graceMs(device(alarm.device)) });
  }
  function fire(id: string): void {
    const alarm = book.get(id);
    if (alarm === undefined) return;
    if (alarm.shelved !== null && alarm.shelved.until <= now.t) {
      const back = unshelved(alarm, now.t);
      if (back.ok) befall(alarm, back.value, bySystem("returned", "the shelf ran out"));
    }
    const still = book.get(id);
    if (still === undefined) return;
    if (still.releaseAt !== null && still.releaseAt <= now.t && !groups.findAnother(still))
      befall(still, released(still, now.t), bySystem("released", still.suppressed?.by));
    timers[still.timeline].set(book.get(id) ?? still);
  }
  /** Timers at or before the instant; what was told before it is counted. */
  function passTo({ timeline, t, at }: Moment): void {
    // real devices have no history that was made for them
    if (timeline === "field" && shifts.field.openedAt() === null) shifts.field.opens(t, at);
    for (let due = timers[timeline].next(t); due !== undefined; due = timers[timeline].next(t)) {
      shifts[timeline].passTo(due.t);
      come[timeline] = due.t;
      now = { timeline, t: due.t, at };
      fire(due.id);
    }
    shifts[timeline].passTo(t);
    come[timeline] = t;
    now = { timeline, t, at };
  }

  function found(finding: Finding, moment: Moment): void {
    passTo({ ...moment, t: finding.t });
    const { what, service, rule, device: where, priority, value } = finding;
    const id = alarmId(service, rule, where);
    const before = book.get(id) ?? newAlarm(id, `${service}/${rule.id}`, where, moment.timeline);
    if (what === "raised") {
      const said = typeof value === "number" || typeof value === "string" ? { priority, value } : { priority };
      befall(before, raised(before, finding), byRule("raised", said));
    } else if (before.active && what === "priority") {
      befall(before, stepped(before, finding), byRule("priority", { from: before.priority, to: priority }));
    } else if (before.active) {
      const after = cleared(before, finding.t);
      const shift = shifts[moment.timeline];
      befall(before, shift.openedAt() === null ? settled(after, finding.t) : after, byRule("cleared"));
      shift.cleared(after, rule.class);
    }
  }

  return {
    found,
    pass(moment) {
      passTo(moment);
      const shift = shifts[moment.timeline];
      shift.passTo(moment.t + 1);
      shift.watched(moment.t, moment.at);
    },
    open(moment) {
      passTo(moment);
      shifts[moment.timeline].opens(moment.t, moment.at);
      for (const alarm of [...book.open()]) {
        if (alarm.timeline === moment.timeline && alarm.active) happen(alarm, inherited(alarm, moment.t), bySystem("inherited"));
      }
    },
    person(moment, before, after, said) {
      now = moment;
      // who brings it back has it before his eyes from now on: no alarm more, but the wait for an acknowledgement begins here
      happen(before, callsAnew(before, after) ? { ...after, annunciated: { t: moment.t, at: moment.at } } : after, said);
    },
    forget(alarm) {
      timers[alarm.timeline].set({ ...alarm, shelved: null, releaseAt: null });
      groups.forget(alarm);
    },
    begin(timeline, t) {
      come[timeline] = t;
    },
    rebuild(links) {
      for (const queue of Object.values(timers)) queue.clear();
      for (const alarm of book.all()) timers[alarm.timeline].set(alarm);
      groups.restore(book.all(), links);
    },
    groups,
    shifts,
  };
}
