import type { ResponseState } from "../../shared/alarm.ts";
import type { Command, CommandAck } from "../../shared/command.ts";
import type { Result } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { Service } from "../../shared/service.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import type { RoomPart, Touched } from "../room/room-part.ts";
import { type Commands, type CommandsState, createCommands } from "./commands.ts";
import type { ResponsesState } from "./response-book.ts";
import { createResponses } from "./responses.ts";
import { createSaid, type SaidState } from "./said.ts";

export interface ControlParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  readonly journal: Journal;
}
export interface ControlState {
  readonly said: SaidState;
  readonly commands: CommandsState;
  readonly responses: ResponsesState;
  readonly marks: Readonly<Record<Timeline, number>>;
  /** The city's history has been made. */
  readonly live: boolean;
}
interface ControlNews {
  readonly commands: readonly Command[];
  readonly responses: readonly ResponseState[];
}
/** What the room does to the city: commands of people, and those of rules. Both judge by the same knowledge of devices, in the order of event time. */
export interface Control extends RoomPart<ControlNews, ControlState> {
  /** What this device says is of interest here: readings of others need not be shown, unless a command waits for them. */
  watches(device: string): boolean;
  waitsFor(device: string): boolean;
  /** No command is pending and no response is about to act: of readings in a row only the newest matters. */
  isIdle(): boolean;
  act(action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined;
  advance(moment: Moment): void;
  found(finding: Finding, moment: Moment): void;
  seen(device: Watched, observed: Observed, moment: Moment): void;
  /** A device has answered a command. */
  answered(ack: CommandAck, moment: Moment): void;
  /** The city has a present: what belongs to its history is not acted upon. */
  opened(moment: Moment): void;
  /** A device came, went, or was described anew. */
  deviceChanged(id: string): void;
  readonly commands: Pick<Commands, "list" | "one" | "unheard">;
  /** Event time of its device has gone beyond where this command had to come true. */
  late(command: Pick<Command, "device" | "expires">): boolean;
  responses(): readonly ResponseState[];
  /** A command of another part of the room, e.g. the signal adviser. */
  readonly send: Commands["send"];
  restore(state: ControlState, only?: Timeline): void;
}

const none: readonly ControlNews[] = [];

export function createControl({ devices, device, journal }: ControlParts): Control {
  const said = createSaid((id) => device(id)?.timeline);
  const marks: Record<Timeline, number> = { city: 0, field: 0 };
  let live = false;
  let known: { readonly watched: ReadonlySet<string>; readonly contracts: readonly Service[] } | undefined;
  const closed = (timeline: Timeline): string | undefined =>
    timeline === "field" || live ? undefined : "the city's history is being made: it takes commands when its clock is live";
  const commands = createCommands({ device, journal, said, closed });
  const responses = createResponses({
    devices,
    device,
    contracts: () => fleet().contracts,
    journal,
    said,
    commands,
    closed,
    mark: (of) => marks[of],
  });

  /** Looked through once after each change: it is asked for at every reading. */
  function fleet() {
    if (known !== undefined) return known;
    const all = [...devices()];
    const watched = new Set(all.filter((one) => said.metricsOf(one).length > 0).map(({ id }) => id));
    known = { watched, contracts: [...new Set(all.map(({ contract }) => contract))].sort((a, b) => (a.id < b.id ? -1 : 1)) };
    return known;
  }
  function come({ timeline, t }: Moment): void {
    marks[timeline] = Math.max(marks[timeline], t);
  }

  return {
    watches: (id) => fleet().watched.has(id),
    waitsFor: commands.waitsFor,
    isIdle: () => !commands.isAnyPending() && !responses.isAnyArmed(),
    act: (action, by, moment) => commands.act(action, by, moment) ?? responses.act(action, by, moment),
    found: responses.found,
    seen(one, observed, moment) {
      responses.pass(moment);
      commands.seen(one, observed, moment);
      responses.seen(one.id, moment);
    },
    answered: commands.heard,
    advance(moment) {
      come(moment);
      responses.pass(moment);
      commands.advance(moment);
    },
    opened(moment) {
      if (live || moment.timeline === "field") return;
      live = true;
      come(moment);
      responses.opened(moment);
    },
    deviceChanged() {
      known = undefined;
      responses.deviceChanged();
    },
    commands,
    late: ({ device: id, expires }) => marks[device(id)?.timeline ?? "city"] > expires,
    responses: responses.list,
    send: commands.send,
    changed() {
      const news = { commands: commands.changed(), responses: responses.changed() };
      return news.commands.length + news.responses.length > 0 ? [news] : none;
    },
    state: () => ({ said: said.state(), commands: commands.state(), responses: responses.state(), marks: { ...marks }, live }),
    restore(state, only) {
      said.restore(state.said, only);
      commands.restore(state.commands, only);
      responses.restore(state.responses, only);
      if (only === undefined) marks.field = state.marks.field;
      if (only === "field") return;
      marks.city = state.marks.city;
      live = state.live;
    },
    forget(timeline) {
      said.forget(timeline);
      commands.forget(timeline);
      responses.forget(timeline);
      marks[timeline] = 0;
      if (timeline === "city") live = false;
    },
  };
}
