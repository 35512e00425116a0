import type { Alarm, AlarmDetail, AlarmScore, FloodState } from "../../../shared/alarm.ts";
import type { Result } from "../../../shared/result.ts";
import type { Actor } from "../../../shared/roles.ts";
import type { RoomAction } from "../../../shared/room-action.ts";
import { fieldRun, type Timeline } from "../../../shared/timeline.ts";
import type { RoomPart, Touched } from "../../room/room-part.ts";
import type { Finding } from "../detect/evaluator.ts";
import { leftRule } from "../detect/left-rule.ts";
import type { Journal } from "../journal.ts";
import type { Moment } from "../moment.ts";
import type { Watched } from "../observed.ts";
import { scoreOf } from "../score/score.ts";
import { createAlarmActing } from "./alarm-acting.ts";
import { createAlarmBook } from "./alarm-book.ts";
import { createAlarmLives } from "./alarm-lives.ts";
import { createAlarmPlaces } from "./alarm-places.ts";
import type { AlarmRecord } from "./alarm-record.ts";
import { type AlarmCard, trueUntil, viewOf } from "./alarm-view.ts";
import { noShift, type ShiftState } from "./shift.ts";

export interface DeskParts {
  device(id: string): Watched | undefined;
  readonly journal: Journal;
}
export interface DeskState {
  readonly alarms: readonly AlarmRecord[];
  /** What hangs under what. */
  readonly links: readonly (readonly [id: string, cause: string])[];
  readonly shifts: Readonly<Record<Timeline, ShiftState>>;
  readonly marks: Readonly<Record<Timeline, number>>;
}
/** Alarms and what people do with them. */
export interface Desk extends RoomPart<Alarm, DeskState> {
  act(action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined;
  found(finding: Finding, moment: Moment): void;
  advance(moment: Moment): void;
  isOpen(timeline: Timeline): boolean;
  /** The history is over: what is active opens on the desk, the rest was the previous shift's. */
  open(moment: Moment): void;
  /** Event time stands still, the wall clock does not: that is no watching. */
  rest(timeline: Timeline, at: number): void;
  /** A device came, went, or was described anew. */
  deviceChanged(id: string): void;
  alarms(): readonly Alarm[];
  /** Whose alarm it is; undefined when there is no such alarm. */
  deviceOf(id: string): string | undefined;
  /** Also one that has never been raised: normal, of occurrence 0. undefined: no rule and device make up that id. */
  alarm(id: string): AlarmDetail | undefined;
  card(id: string): AlarmCard | undefined;
  score(timeline: Timeline, hours?: number): AlarmScore;
  flood(timeline: Timeline): FloodState;
  /** `only`: an image of that timeline; the other keeps what it has. */
  restore(state: DeskState, only?: Timeline): void;
}

const linesShown = 200;

export function createDesk({ device, journal }: DeskParts): Desk {
  const marks: Record<Timeline, number> = { city: 0, field: 0 };
  const runOf = ({ timeline }: Pick<AlarmRecord, "timeline">): string => (timeline === "field" ? fieldRun : journal.run());
  const places = createAlarmPlaces(device);
  const book = createAlarmBook({
    make(alarm) {
      const where = device(alarm.device);
      if (where === undefined) return undefined;
      const rule = places.of(alarm)?.rule ?? leftRule(alarm.rule, where.kind);
      const now = marks[alarm.timeline];
      return { view: viewOf(alarm, rule, where, lives.groups, { run: runOf(alarm), now }), until: trueUntil(alarm, now) };
    },
    now: ({ timeline }) => marks[timeline],
  });
  const lives = createAlarmLives({ book, journal, device, rule: (alarm) => places.of(alarm)?.rule });
  const act = createAlarmActing({ book, lives, places, marks, runOf });
  /** Devices that are others than they were. */
  const others = new Set<string>();
  /** All that is known may be other than it was. */
  let restored = false;

  function drop(alarm: AlarmRecord): void {
    lives.forget(alarm);
    book.drop(alarm.id);
  }
  /** Alarms of devices that are no longer there go with them, and those of rules that are none of an alarm any more; who is within whose reach may have changed. */
  function lookAtDevices(): void {
    const theirs = [...book.all()].filter((alarm) => restored || others.has(alarm.device));
    restored = false;
    others.clear();
    // whoever is only new has none, and nobody's alarm is another for it
    if (theirs.length === 0) return;
    for (const alarm of theirs) if (places.of(alarm)?.rule.outcome !== "alarm") drop(alarm);
    lives.rebuild(lives.groups.links());
    for (const { id } of book.open()) book.touch(id);
  }

  function card(id: string): AlarmCard | undefined {
    // planned work is prepared before anything was raised
    const alarm = book.get(id) ?? places.unraised(id);
    const place = alarm && places.of(alarm);
    if (alarm === undefined || place === undefined) return undefined;
    const view = book.view(id) ?? viewOf(alarm, place.rule, place.where, lives.groups, { run: runOf(alarm), now: marks[alarm.timeline] });
    const { title, cause, consequence, response, minutes } = place.rule;
    return { ...view, title, why: { cause, consequence, response, minutes }, evidence: alarm.evidence, notes: alarm.notes };
  }

  return {
    found: lives.found,
    act,
    advance(moment) {
      if (restored || others.size > 0) lookAtDevices();
      lives.pass(moment);
      marks[moment.timeline] = moment.t;
    },
    isOpen: (timeline) => lives.shifts[timeline].openedAt() !== null,
    open: lives.open,
    rest: (timeline, at) => lives.shifts[timeline].watched(marks[timeline], at),
    deviceChanged(id) {
      others.add(id);
    },
    alarms: () => [...book.open()].flatMap(({ id }) => book.view(id) ?? []),
    deviceOf: (id) => (book.get(id) ?? places.unraised(id))?.device,
    card,
    alarm(id) {
      const known = card(id);
      return known && { ...known, journal: journal.lines({ alarm: id, run: runOf(known), limit: linesShown }) };
    },
    score(timeline, hours) {
      const open = [...book.open()].flatMap((alarm) => {
        const place = alarm.timeline === timeline ? places.of(alarm) : undefined;
        return place === undefined ? [] : [{ alarm, kind: place.rule.class }];
      });
      return scoreOf(lives.shifts[timeline], open, marks[timeline], hours);
    },
    flood(timeline) {
      const { flood } = lives.shifts[timeline];
      return { since: flood.since(), lastTenMinutes: flood.lately(marks[timeline]) };
    },
    changed() {
      lives.groups.refresh();
      return book.changed();
    },
    state: () => ({
      alarms: [...book.all()],
      links: lives.groups.links(),
      shifts: { city: lives.shifts.city.state(), field: lives.shifts.field.state() },
      marks: { ...marks },
    }),
    restore(state, only) {
      const links = only === undefined ? [] : lives.groups.links().filter(([id]) => book.get(id)?.timeline !== only);
      for (const alarm of [...book.all()]) if (only === undefined || alarm.timeline === only) drop(alarm);
      const theirs = state.alarms.filter(({ timeline }) => only === undefined || timeline === only);
      for (const alarm of theirs) book.put(alarm);
      for (const timeline of ["city", "field"] as const) {
        if (only !== undefined && only !== timeline) continue;
        lives.shifts[timeline].restore(state.shifts[timeline]);
        marks[timeline] = state.marks[timeline];
        lives.begin(timeline, marks[timeline]);
      }
      const own = new Set(theirs.map(({ id }) => id));
      // rules, too, may be others than those that this was of
      restored = true;
      lives.rebuild([...links, ...state.links.filter(([id]) => own.has(id))]);
    },
    forget(timeline) {
      for (const alarm of [...book.all()]) if (alarm.timeline === timeline) drop(alarm);
      lives.shifts[timeline].restore(noShift);
      marks[timeline] = 0;
      lives.begin(timeline, 0);
    },
  };
}
