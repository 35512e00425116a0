import type { ResponseState } from "../../shared/alarm.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import { type Actor, may } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { Service } from "../../shared/service.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Watched } from "../alarms/observed.ts";
import type { Touched } from "../room/room-part.ts";
import { type Binding, bindingsIn, targetsOf } from "./binding.ts";
import type { Commands } from "./commands.ts";
import { createResponseBook, type Mode, type ResponseBook, type ResponsesState } from "./response-book.ts";
import { createResponseFiring, type ResponseFiring } from "./response-firing.ts";
import type { Said } from "./said.ts";
import type { Standing } from "./standing.ts";

export interface ResponsesParts {
  devices(): Iterable<Watched>;
  device(id: string): Watched | undefined;
  contracts(): readonly Service[];
  readonly journal: Journal;
  readonly said: Said;
  readonly commands: Pick<Commands, "send" | "newestOf">;
  /** Why nothing is done on this timeline at present. */
  closed(timeline: Timeline): string | undefined;
  /** Event time up to which the timeline is known. */
  mark(timeline: Timeline): number;
}
/**
 * Rules bound to commands. A fold like the rest: an occurrence acts once, at the end of its countdown in event time, whatever happens to the process in
 * between. In manual mode nothing counts: what stands is offered, and the command is a person's. Modes are the room's, not the run's: what people have
 * switched stays so when the city is reset.
 */
export interface Responses {
  act(action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined;
  found(finding: Finding, moment: Moment): void;
  /** Event time comes to here: what is due acts. Called before anything of that instant is taken. */
  pass(moment: Moment): void;
  /** The device has said something: a guard may have gone. */
  seen(device: string, moment: Moment): void;
  /** A device came, went, or was described anew. */
  deviceChanged(): void;
  /** One counts down, or is held by a guard. */
  isAnyArmed(): boolean;
  /** The timeline is open from now on: what has been standing begins to count. */
  opened(moment: Moment): void;
  list(): readonly ResponseState[];
  changed(): readonly ResponseState[];
  state(): ResponsesState;
  restore(state: ResponsesState, only?: Timeline): void;
  forget(timeline: Timeline): void;
}

export function createResponses(parts: ResponsesParts): Responses {
  const book = createResponseBook();
  let devicesAreOthers = false;
  const firing = createResponseFiring({ ...parts, book });
  const bindings = (): readonly Binding[] => parts.contracts().flatMap(bindingsIn);
  const binding = (id: string): Binding | undefined => bindings().find((one) => one.id === id);
  const modeOf = ({ id, response }: Binding): Mode => book.modeOf(id)?.mode ?? response.mode;
  const counts = (of: Binding, timeline: Timeline): boolean => modeOf(of) === "auto" && parts.closed(timeline) === undefined;

  function begin(of: Binding, source: Watched, moment: Moment): void {
    const { t: since } = moment;
    for (const device of targetsOf(of.response, source, parts.devices())) {
      const one: Standing = {
        ...{ response: of.id, key: `${device}@${since}`, source: source.id, device, timeline: source.timeline, since },
        ...{ fires: null, waits: null, over: null },
      };
      if (of.response.when === "cleared" && firing.leftTo(of, one) !== undefined) continue;
      book.add(one);
      if (counts(of, one.timeline)) firing.arm(one, of, moment);
    }
  }
  function end(of: Binding, source: string, moment: Moment, reason: string): void {
    for (const one of book.of(of.id)) if (one.source === source && one.over === null && one.fires !== null) firing.disarm(one, of, moment, reason);
    book.remove(of.id, source);
  }
  /** What stands because of a device that is no longer there, or at one, comes to nothing: its rule will never clear. */
  function endLost(at: number): void {
    devicesAreOthers = false;
    for (const one of book.all()) {
      const source = parts.device(one.source);
      if (source !== undefined && parts.device(one.device) !== undefined) continue;
      const of = binding(one.response);
      const moment = { timeline: one.timeline, t: parts.mark(one.timeline), at };
      if (of !== undefined && one.over === null && one.fires !== null) firing.disarm(one, of, moment, "its device is no longer there");
      book.remove(one.response, one.source, one.key);
    }
  }
  function pass(moment: Moment): void {
    if (devicesAreOthers) endLost(moment.at);
    for (let one = book.due(moment.timeline, moment.t); one !== undefined; one = book.due(moment.timeline, moment.t)) {
      const of = binding(one.response);
      // a contract that no longer binds it
      if (of === undefined) book.change(one, { over: "left" });
      else firing.fire(one, of, { ...moment, t: one.fires ?? moment.t });
    }
  }

  return {
    act: createResponseActions({ parts, book, firing, binding, modeOf, counts }),
    found({ what, device, rule, t }, { timeline, at }) {
      const moment = { timeline, t, at };
      pass(moment);
      const source = parts.device(device);
      if (source === undefined || what === "priority") return;
      for (const of of bindingsIn(source.contract)) {
        if (of.response.rule !== rule.id) continue;
        end(of, device, moment, what === "cleared" ? "its rule has cleared" : "its rule stands again");
        if ((of.response.when ?? "raised") === what) begin(of, source, moment);
      }
      pass(moment);
    },
    pass,
    seen(device, moment) {
      for (const one of book.all()) {
        const of = one.waits !== null && one.over === null && (one.device === device || one.source === device) ? binding(one.response) : undefined;
        if (of !== undefined) firing.fire(one, of, moment);
      }
    },
    deviceChanged() {
      devicesAreOthers = true;
    },
    isAnyArmed: () => book.all().some(({ over, fires, waits }) => over === null && (fires !== null || waits !== null)),
    opened(moment) {
      for (const one of book.all()) {
        const of = one.timeline === moment.timeline && one.over === null && one.fires === null ? binding(one.response) : undefined;
        if (of !== undefined && counts(of, one.timeline)) firing.arm(one, of, moment);
      }
    },
    list: () => bindings().map((of) => viewOf(of, book, modeOf(of), firing)),
    changed: () =>
      book
        .changed()
        .flatMap((id) => binding(id) ?? [])
        .map((of) => viewOf(of, book, modeOf(of), firing)),
    state: book.state,
    restore: book.restore,
    forget: book.forget,
  };
}

function viewOf(of: Binding, book: ResponseBook, mode: Mode, firing: ResponseFiring): ResponseState {
  const open = book
    .of(of.id)
    .filter(({ over }) => over === null)
    .sort((a, b) => a.since - b.since || (a.key < b.key ? -1 : 1));
  const offers = mode === "manual" ? open.filter((one) => firing.leftTo(of, one) === undefined) : [];
  return {
    ...{ id: of.id, service: of.contract.id, title: of.response.title, mode, by: book.modeOf(of.id)?.by ?? null },
    armed: open.flatMap(({ key, device, fires, waits }) => (fires === null ? [] : [{ key, device, fires, waits }])),
    offered: offers.map(({ key, device }) => ({ key, device })),
  };
}

interface ActionParts {
  readonly parts: ResponsesParts;
  readonly book: ResponseBook;
  readonly firing: ResponseFiring;
  binding(id: string): Binding | undefined;
  modeOf(of: Binding): Mode;
  counts(of: Binding, timeline: Timeline): boolean;
}

/** What people do with responses: the switch between manual and automatic, and the end of a countdown. */
function createResponseActions({ parts, book, firing, binding, modeOf, counts }: ActionParts): Responses["act"] {
  const nowOf = ({ timeline }: Standing, { at }: Moment): Moment => ({ timeline, t: parts.mark(timeline), at });

  function setMode(of: Binding, mode: Mode, by: Actor, moment: Moment): void {
    const about = { service: of.contract.id, rule: `${of.contract.id}/${of.response.rule}`, x: { response: of.id } };
    parts.journal.write(moment, { what: "response-mode", by: by.name, role: by.role, before: modeOf(of), after: mode, ...about });
    book.setMode(of.id, mode, by.name);
    for (const one of book.of(of.id)) {
      if (one.over !== null) continue;
      if (mode === "manual" && one.fires !== null) firing.disarm(one, of, nowOf(one, moment), `${by.name} has switched it to manual`);
      if (one.fires === null && counts(of, one.timeline)) firing.arm(one, of, nowOf(one, moment));
    }
  }

  return (action, by, moment) => {
    if (action.do !== "response-mode" && action.do !== "abort") return undefined;
    const of = binding(action.response);
    if (of === undefined || (of.contract.sensitive && !may(by.role, "care"))) return refuse(`there is no response "${action.response}"`);
    if (!may(by.role, "act")) return refuse(`automatic responses need the right "act", which the role ${by.role} does not have`);
    if (action.do === "response-mode") setMode(of, action.mode, by, moment);
    else {
      const one = book.of(of.id).find(({ key, fires, over }) => key === action.key && fires !== null && over === null);
      if (one === undefined) return refuse(`"${action.key}" of ${of.id} is not counting down`);
      firing.abort(one, of, nowOf(one, moment), by, action.reason ?? null);
    }
    return ok({ alarms: [], left: [] });
  };
}
