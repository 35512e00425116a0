import type { Alarm, AlarmDetail, JournalLine } from "../../shared/alarm.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { Acted, RoomAction } from "../../shared/room-action.ts";
import type { JournalQuery, RoomNews } from "../../shared/room-port.ts";
import { rulesOf } from "../../shared/rules-of.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { createDesk, type DeskState } from "../alarms/desk.ts";
import { createDetector, type DetectorState } from "../alarms/detect/detector.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import type { RoomPart } from "./room-part.ts";

/** Plain data: all that the room knows, part of the fold's checkpoint. */
export interface RoomState {
  readonly detectors: Readonly<Record<Timeline, DetectorState>>;
  readonly desk: DeskState;
  readonly journal: { readonly n: number; readonly run: string };
}

/** What the room judges and does, as a fold over the log: readings go in, people's actions go in, event time moves on. Nothing in here touches a socket. */
export interface Room {
  observe(timeline: Timeline, observed: Observed): void;
  /** `at`: wall clock of the record that moved the mark. */
  advance(timeline: Timeline, mark: number, at: number): void;
  act(action: RoomAction, by: Actor, at: number): Result<Acted>;
  /** Devices came, went, or were described anew. */
  devicesChanged(): void;
  alarms(): readonly Alarm[];
  alarm(id: string): AlarmDetail | undefined;
  journal(query: JournalQuery): readonly JournalLine[];
  /** What changed since the last call; undefined = nothing. */
  news(): RoomNews | undefined;
  newest(): number;
  /** Another run of the city begins. */
  begin(run: string, start: number): void;
  state(): RoomState;
  /** `only` = city: an image; the field keeps what it has. */
  restore(state: RoomState, only?: Timeline): void;
}

export interface RoomParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  readonly journal: Journal;
  /** An event of a rule: told, not alarmed. */
  tell(finding: Finding, timeline: Timeline): void;
}

const timelines: readonly Timeline[] = ["city", "field"];

export function createRoom({ devices, device, journal, tell }: RoomParts): Room {
  const desk = createDesk({ device, journal });
  const parts: readonly RoomPart<unknown, unknown>[] = [desk as RoomPart<unknown, unknown>];
  const marks: Record<Timeline, number> = { city: 0, field: 0 };
  const detectorOf = (timeline: Timeline) =>
    createDetector({
      *devices() {
        for (const one of devices()) if (one.timeline === timeline) yield one;
      },
      device,
      rulesOf,
    });
  const detectors = { city: detectorOf("city"), field: detectorOf("field") };
  let told = journal.newest();

  function apply(finding: Finding, moment: Moment): void {
    if (finding.rule.outcome === "event") {
      if (finding.what === "raised") tell(finding, moment.timeline);
    } else if (finding.rule.outcome === "alarm") desk.found(finding, moment);
  }
  const timelineOf = (id: string): Timeline => device(id)?.timeline ?? "city";
  /** Whose time an action is of: that of the alarm or device it speaks of. */
  function momentOf(action: RoomAction, at: number): Moment {
    const named = "alarm" in action ? action.alarm : "alarms" in action ? action.alarms[0]?.id : undefined;
    const id = "device" in action ? (action.device ?? undefined) : named && desk.alarm(named)?.device;
    const timeline = id === undefined ? "city" : timelineOf(id);
    return { timeline, t: marks[timeline], at };
  }

  return {
    observe: (timeline, observed) => detectors[timeline].take(observed),
    advance(timeline, mark, at) {
      if (mark <= marks[timeline]) return;
      for (const finding of detectors[timeline].advance(mark)) apply(finding, { timeline, t: finding.t, at });
      marks[timeline] = mark;
      for (const part of parts) part.advance?.({ timeline, t: mark, at });
    },
    act(action, by, at) {
      const moment = momentOf(action, at);
      for (const part of parts) {
        const done = part.act?.(action, by, moment);
        if (done === undefined) continue;
        if (!done.ok) return done;
        const { alarms, command = null, left } = done.value;
        return ok({ n: journal.newest(), alarms, command, left });
      }
      return refuse(`nobody in the room knows how to "${action.do}"`);
    },
    devicesChanged() {
      for (const timeline of timelines) detectors[timeline].changed();
    },
    alarms: desk.alarms,
    alarm: desk.alarm,
    journal: journal.lines,
    newest: journal.newest,
    news() {
      const alarms = desk.changed();
      const n = journal.newest();
      if (alarms.length === 0 && n === told) return undefined;
      const lines = journal.lines({ after: told, limit: 5000 });
      told = n;
      return {
        n,
        alarms,
        lines,
        items: [],
        commands: [],
        responses: [],
        handoffs: [],
        advice: [],
        flood: { since: null, lastTenMinutes: 0 },
      };
    },
    begin(run, start) {
      journal.begin(run);
      detectors.city.forget(start);
      marks.city = start;
      for (const part of parts) part.forget("city");
    },
    state: () => ({ detectors: { city: detectors.city.state(), field: detectors.field.state() }, desk: desk.state(), journal: journal.state() }),
    restore(state, only) {
      for (const timeline of timelines) {
        if (only !== undefined && only !== timeline) continue;
        detectors[timeline].restore(state.detectors[timeline]);
        marks[timeline] = state.detectors[timeline].mark;
      }
      if (only === undefined) journal.restore(state.journal);
      desk.restore(
        only === undefined
          ? state.desk
          : {
              alarms: [
                ...desk.state().alarms.filter((alarm) => alarm.timeline !== only),
                ...state.desk.alarms.filter((alarm) => alarm.timeline === only),
              ],
            },
      );
      told = journal.newest();
    },
  };
}
