import type { Alarm, AlarmDetail, AlarmScore, FloodState, JournalLine, ResponseState } from "../../shared/alarm.ts";
import type { CommandAck } from "../../shared/command.ts";
import type { Handoff } from "../../shared/links.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { Acted, RoomAction } from "../../shared/room-action.ts";
import type { JournalQuery, RoomNews } from "../../shared/room-port.ts";
import { rulesOf } from "../../shared/rules-of.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { type Adviser, createAdviser } from "../adviser/adviser.ts";
import type { AdviserState } from "../adviser/adviser-state.ts";
import { signalOrders } from "../adviser/signal-orders.ts";
import { createDesk, type Desk, type DeskState } from "../alarms/desk/desk.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Journal, JournalState } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import { type Control, type ControlState, createControl } from "../commands/control.ts";
import type { LinkReceipt } from "../handoff/link-receipt.ts";
import { createFollowUp, type FollowUp, type FollowUpState } from "./follow-up.ts";
import { createNews } from "./gather-news.ts";
import { deviceNamed, nowOf } from "./moment-of.ts";
import type { RoomPart } from "./room-part.ts";
import { createWatch, timelines, type Watch, type WatchState } from "./watch.ts";

/** Plain data: all that the room knows, part of the fold's checkpoint. */
export interface RoomState {
  readonly watch: WatchState;
  readonly desk: DeskState;
  readonly control: ControlState;
  readonly followUp: FollowUpState;
  readonly adviser: AdviserState;
  readonly journal: JournalState;
  /** In an image: the journal of the run that it is of. */
  readonly told?: readonly JournalLine[];
}

/** What the room judges and does, as a fold over the log: readings go in, people's actions go in, event time moves on. Nothing in here touches a socket. */
export interface Room {
  observe(timeline: Timeline, observed: Observed): void;
  gatewaySaid: Watch["gatewaySaid"];
  /** `at`: wall clock of the record that moved the mark. */
  advance(timeline: Timeline, mark: number, at: number): void;
  act(action: RoomAction, by: Actor, at: number): Result<Acted>;
  /** A device has answered a command. */
  answered(ack: CommandAck, at: number): void;
  /** What became of a hand-over; undefined: there is none of that id. */
  linkSaid(receipt: LinkReceipt, at: number): Handoff | undefined;
  /** The city's clock is live: what came before is history. */
  opens(at: number): void;
  /** A device came, went, or was described anew. */
  deviceChanged(id: string): void;
  alarms(): readonly Alarm[];
  alarm(id: string): AlarmDetail | undefined;
  journal(query: JournalQuery): readonly JournalLine[];
  /** The journal of the city's run so far, for an image. */
  told(): readonly JournalLine[];
  /** Of the city, or of real devices where there is no city. */
  score(hours?: number): AlarmScore;
  flood(): FloodState;
  readonly commands: Control["commands"];
  readonly late: Control["late"];
  responses(): readonly ResponseState[];
  readonly followUp: FollowUp["views"];
  advice: Adviser["all"];
  learned: Watch["learned"];
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

export function createRoom({ devices, device, journal, tell }: RoomParts): Room {
  const desk = createDesk({ device, journal });
  const control = createControl({ devices, device, journal });
  const followUp = createFollowUp({ device, alarm: desk.card, journal });
  const adviser = createAdviser({ devices, device, journal, ...signalOrders(control) });
  const parts = [desk, control, followUp, adviser] as readonly RoomPart<unknown, unknown>[];
  const watch = createWatch({
    devices,
    device,
    rulesOf,
    onlooker: {
      interest: (id) => (followUp.watches(id, false) || adviser.watches(id) ? "each" : control.watches(id) ? "newest" : "none"),
      wantsEvents: (id) => control.watches(id) || control.waitsFor(id) || followUp.watches(id, true) || adviser.watches(id),
      isIdle: control.isIdle,
      waitsFor: control.waitsFor,
    },
  });
  const marks: Record<Timeline, number> = { city: 0, field: 0 };
  const shown = (): Timeline => (marks.city > 0 ? "city" : "field");
  const flood = (): FloodState => floodOf(desk);
  const news = createNews({ desk, control, followUp, adviser, journal, flood });

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
    for (const part of parts) part.seen?.(where, observed, moment);
  }
  const timelineOf = (id: string): Timeline => device(id)?.timeline ?? "city";
  /** Whose time an action is of: that of the alarm, item or device it speaks of. */
  function momentOf(action: RoomAction, at: number): Moment {
    const id = deviceNamed(action, desk.deviceOf);
    return nowOf(marks, id === undefined ? (followUp.timelineOf(action) ?? "city") : timelineOf(id), at);
  }
  function advance(timeline: Timeline, mark: number, at: number): void {
    if (mark <= marks[timeline]) {
      control.advance({ timeline, t: marks[timeline], at });
      desk.rest(timeline, at);
      return;
    }
    for (const one of watch.judge(timeline, mark)) {
      if ("rule" in one) apply(one, { timeline, t: one.t, at });
      else show(one, { timeline, t: one.t, at });
    }
    marks[timeline] = mark;
    for (const part of parts) part.advance?.({ timeline, t: mark, at });
  }
  function act(action: RoomAction, by: Actor, at: number): Result<Acted> {
    const moment = momentOf(action, at);
    for (const part of parts) {
      const done = part.act?.(action, by, moment);
      if (done === undefined) continue;
      if (!done.ok) return done;
      const { alarms, command = null, left } = done.value;
      return ok({ n: journal.newest(), alarms, command, left });
    }
    return refuse(`nobody in the room knows how to "${action.do}"`);
  }
  function restore(state: RoomState, only?: Timeline): void {
    watch.restore(state.watch, only);
    for (const timeline of timelines) if (only === undefined || only === timeline) marks[timeline] = state.watch[timeline].mark;
    if (only === undefined) journal.restore(state.journal);
    else journal.retell(state.told ?? []);
    desk.restore(state.desk, only);
    control.restore(state.control, only);
    followUp.restore(state.followUp, only);
    adviser.restore(state.adviser, only);
    news.restart();
  }

  return {
    observe: watch.observe,
    gatewaySaid: watch.gatewaySaid,
    advance,
    act,
    answered: (ack, at) => control.answered(ack, nowOf(marks, timelineOf(ack.d), at)),
    linkSaid: (receipt, at) => followUp.receipt(receipt, { t: marks, at }),
    opens(at) {
      const moment: Moment = { timeline: "city", t: marks.city, at };
      if (!desk.isOpen("city")) desk.open(moment);
      for (const part of [control, followUp, adviser]) part.opened(moment);
    },
    deviceChanged(id) {
      for (const part of [desk, control, followUp, adviser, watch]) part.deviceChanged(id);
    },
    alarms: desk.alarms,
    alarm: desk.alarm,
    journal: journal.lines,
    told: journal.told,
    score: (hours) => desk.score(shown(), hours),
    flood,
    commands: control.commands,
    late: control.late,
    responses: control.responses,
    followUp: followUp.views,
    advice: adviser.all,
    learned: watch.learned,
    newest: journal.newest,
    news: news.take,
    begin(run, start) {
      journal.begin(run);
      watch.forget("city", start);
      marks.city = start;
      for (const part of parts) part.forget("city");
    },
    state: () => ({
      watch: watch.state(),
      desk: desk.state(),
      control: control.state(),
      followUp: followUp.state(),
      adviser: adviser.state(),
      journal: journal.state(),
    }),
    restore,
  };
}

/** Alarms of both timelines reach the same people. */
function floodOf(desk: Desk): FloodState {
  const both = timelines.map(desk.flood);
  const begun = both.flatMap(({ since }) => since ?? []);
  return { since: begun.length > 0 ? Math.min(...begun) : null, lastTenMinutes: both.reduce((sum, { lastTenMinutes }) => sum + lastTenMinutes, 0) };
}
