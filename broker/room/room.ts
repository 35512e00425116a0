import type { Alarm, AlarmDetail, AlarmScore, FloodState, JournalLine, ResponseState } from "../../shared/alarm.ts";
import type { CommandAck } from "../../shared/command.ts";
import type { Handoff } from "../../shared/links.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { Acted, RoomAction } from "../../shared/room-action.ts";
import type { JournalQuery, RoomNews } from "../../shared/room-port.ts";
import { rulesOf } from "../../shared/rules-of.ts";
import { fieldLagMs, type Timeline } from "../../shared/timeline.ts";
import { createDesk, type DeskState } from "../alarms/desk.ts";
import { createDetector, type DetectorState } from "../alarms/detect/detector.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Journal, JournalState } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import { type Control, type ControlState, createControl } from "../commands/control.ts";
import type { LinkReceipt } from "../handoff/link-receipt.ts";
import { createFollowUp, type FollowUp, type FollowUpState } from "./follow-up.ts";
import { inTurn } from "./in-turn.ts";
import type { RoomPart } from "./room-part.ts";

/** Plain data: all that the room knows, part of the fold's checkpoint. */
export interface RoomState {
  readonly detectors: Readonly<Record<Timeline, DetectorState>>;
  readonly desk: DeskState;
  readonly control: ControlState;
  readonly followUp: FollowUpState;
  readonly journal: JournalState;
  /** In an image: the journal of the run that it is of. */
  readonly told?: readonly JournalLine[];
}

/** What the room judges and does, as a fold over the log: readings go in, people's actions go in, event time moves on. Nothing in here touches a socket. */
export interface Room {
  observe(timeline: Timeline, observed: Observed): void;
  /** `at`: wall clock of the record that moved the mark. */
  advance(timeline: Timeline, mark: number, at: number): void;
  act(action: RoomAction, by: Actor, at: number): Result<Acted>;
  /** A device has answered a command. */
  answered(ack: CommandAck, at: number): void;
  /** What became of a hand-over; undefined: there is none of that id. */
  linkSaid(receipt: LinkReceipt, at: number): Handoff | undefined;
  /** The city's clock is live: what came before is history. */
  opens(at: number): void;
  /** Devices came, went, or were described anew. */
  devicesChanged(): void;
  alarms(): readonly Alarm[];
  alarm(id: string): AlarmDetail | undefined;
  journal(query: JournalQuery): readonly JournalLine[];
  /** The journal of the city's run so far, for an image. */
  told(): readonly JournalLine[];
  /** Of the city, or of real devices where there is no city. */
  score(hours?: number): AlarmScore;
  flood(): FloodState;
  readonly commands: Control["commands"];
  responses(): readonly ResponseState[];
  readonly followUp: FollowUp["views"];
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
  const control = createControl({ devices, device, journal });
  const followUp = createFollowUp({ device, alarm: desk.alarm, journal });
  const parts = [desk, control, followUp] as readonly RoomPart<unknown, unknown>[];
  const marks: Record<Timeline, number> = { city: 0, field: 0 };
  const detectorOf = (timeline: Timeline) =>
    createDetector({
      *devices() {
        for (const one of devices()) if (one.timeline === timeline) yield one;
      },
      device,
      rulesOf,
      seen(observed) {
        if (control.watches(observed.device) || followUp.watches(observed)) seen.push(observed);
      },
    });
  /** What the parts want to see of that which a detector is judging. */
  const seen: Observed[] = [];
  const detectors = { city: detectorOf("city"), field: detectorOf("field") };
  let told = journal.newest();
  let toldFlood: FloodState = { since: null, lastTenMinutes: 0 };
  const shown = (): Timeline => (marks.city > 0 ? "city" : "field");
  /** A flood of either timeline reaches the same people. */
  function flood(): FloodState {
    const own = desk.flood(shown());
    return own.since === null && shown() === "city" ? { ...own, since: desk.flood("field").since } : own;
  }

  function apply(finding: Finding, moment: Moment): void {
    if (finding.rule.outcome === "event") {
      if (finding.what === "raised") tell(finding, moment.timeline);
    } else if (finding.rule.outcome === "alarm") desk.found(finding, moment);
    control.found(finding, moment);
    followUp.found(finding, moment);
  }
  function show(observed: Observed, moment: Moment): void {
    const where = device(observed.device);
    if (where === undefined) return;
    control.seen(where, observed, moment);
    followUp.seen(where, observed, moment);
  }
  const timelineOf = (id: string): Timeline => device(id)?.timeline ?? "city";
  /** Before its first mark field time is where the mark would be. */
  const nowOf = (timeline: Timeline, at: number): Moment => ({ timeline, t: marks[timeline] || (timeline === "field" ? at - fieldLagMs : 0), at });
  /** Whose time an action is of: that of the alarm or device it speaks of. */
  function momentOf(action: RoomAction, at: number): Moment {
    const named = "alarm" in action ? action.alarm : "alarms" in action ? action.alarms[0]?.id : undefined;
    const id = "device" in action ? (action.device ?? undefined) : named && desk.deviceOf(named);
    const timeline = id === undefined ? (followUp.timelineOf(action) ?? "city") : timelineOf(id);
    return nowOf(timeline, at);
  }

  return {
    observe: (timeline, observed) => detectors[timeline].take(observed),
    advance(timeline, mark, at) {
      if (mark <= marks[timeline]) {
        control.advance({ timeline, t: marks[timeline], at });
        return desk.rest(timeline, at);
      }
      const found = detectors[timeline].advance(mark);
      for (const one of inTurn(seen.splice(0), found)) {
        if ("rule" in one) apply(one, { timeline, t: one.t, at });
        else show(one, { timeline, t: one.t, at });
      }
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
    answered: (ack, at) => control.answered(ack, nowOf(timelineOf(ack.d), at)),
    linkSaid: (receipt, at) => followUp.receipt(receipt, { t: marks, at }),
    opens(at) {
      if (!desk.isOpen("city")) desk.open({ timeline: "city", t: marks.city, at });
      control.opened({ timeline: "city", t: marks.city, at });
      followUp.opened();
    },
    devicesChanged() {
      desk.devicesChanged();
      control.devicesChanged();
      followUp.devicesChanged();
      for (const timeline of timelines) detectors[timeline].changed();
    },
    alarms: desk.alarms,
    alarm: desk.alarm,
    journal: journal.lines,
    told: journal.told,
    score: (hours) => desk.score(shown(), hours),
    flood,
    commands: control.commands,
    responses: control.responses,
    followUp: followUp.views,
    newest: journal.newest,
    news() {
      const alarms = desk.changed();
      const [{ commands, responses } = { commands: [], responses: [] }] = control.changed();
      const [{ items, handoffs } = { items: [], handoffs: [] }] = followUp.changed();
      const n = journal.newest();
      const flooded = flood();
      const calm = flooded.since === toldFlood.since && flooded.lastTenMinutes === toldFlood.lastTenMinutes;
      if (alarms.length + commands.length + responses.length + items.length + handoffs.length === 0 && n === told && calm) return undefined;
      toldFlood = flooded;
      const lines = journal.lines({ after: told, limit: 5000 });
      told = n;
      return {
        n,
        alarms,
        lines,
        items,
        commands,
        responses,
        handoffs,
        advice: [],
        flood: flooded,
      };
    },
    begin(run, start) {
      journal.begin(run);
      detectors.city.forget(start);
      marks.city = start;
      for (const part of parts) part.forget("city");
    },
    state: () => ({
      detectors: { city: detectors.city.state(), field: detectors.field.state() },
      desk: desk.state(),
      control: control.state(),
      followUp: followUp.state(),
      journal: journal.state(),
    }),
    restore(state, only) {
      for (const timeline of timelines) {
        if (only !== undefined && only !== timeline) continue;
        detectors[timeline].restore(state.detectors[timeline]);
        marks[timeline] = state.detectors[timeline].mark;
      }
      if (only === undefined) journal.restore(state.journal);
      else journal.retell(state.told ?? []);
      desk.restore(state.desk, only);
      control.restore(state.control, only);
      followUp.restore(state.followUp, only);
      told = journal.newest();
    },
  };
}
