import type { Command, CommandAck, CommandArgs, CommandType } from "../../shared/command.ts";
import { ok, type Result, refuse } from "../../shared/result.ts";
import { type Actor, may } from "../../shared/roles.ts";
import type { RoomAction } from "../../shared/room-action.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Journal } from "../alarms/journal.ts";
import type { Moment } from "../alarms/moment.ts";
import type { Observed, Watched } from "../alarms/observed.ts";
import type { Touched } from "../room/room-part.ts";
import { checkCommand } from "./check-command.ts";
import { createCommandBook } from "./command-book.ts";
import { type CommandRecord, commandOf, familyOf } from "./command-record.ts";
import { answered, passed, replaced, shown, unchanged } from "./life.ts";
import { actualWords, commandedWords, isAsTold, shows } from "./read-back.ts";
import type { Said } from "./said.ts";

/** What is to be asked of a device, by whom and for what. */
interface Order {
  readonly device: string;
  readonly op: string;
  readonly args: CommandArgs;
  readonly by: { readonly name: string; readonly role: string };
  readonly alarm: string | null;
  readonly response: string | null;
}
export interface CommandsState {
  /** Commands that were ever sent: a part of their ids. */
  readonly n: number;
  /** In the order of sending; the newest thousands. */
  readonly records: readonly CommandRecord[];
}
export interface CommandsParts {
  device(id: string): Watched | undefined;
  readonly journal: Journal;
  readonly said: Said;
  /** Why this timeline takes no commands at present. */
  closed(timeline: Timeline): string | undefined;
}

/** Commands to devices, from pending to confirmed or failed. A fold: replayed, it gives the same commands with the same ids. */
export interface Commands {
  act(action: RoomAction, by: Actor, moment: Moment): Result<Touched> | undefined;
  /** Takes effect at once: the command is pending. The very same one that is on its way already stands for both. */
  send(order: Order, moment: Moment): Result<CommandRecord>;
  /** The device has answered. */
  heard(ack: CommandAck, moment: Moment): void;
  /** Takes it into `said` as well. */
  seen(device: Watched, observed: Observed, moment: Moment): void;
  advance(moment: Moment): void;
  /** One of its commands is pending. */
  waitsFor(device: string): boolean;
  isAnyPending(): boolean;
  newestOf(device: string, family: string): CommandRecord | undefined;
  /** Pending, and no answer yet: what is to be said (again). */
  unheard(): readonly Command[];
  list(query: { readonly device?: string; readonly alarm?: string; readonly limit: number }): readonly Command[];
  one(id: string): Command | undefined;
  changed(): readonly Command[];
  state(): CommandsState;
  restore(state: CommandsState, only?: Timeline): void;
  forget(timeline: Timeline): void;
}

export function createCommands({ device: lookup, journal, said, closed }: CommandsParts): Commands {
  const book = createCommandBook();

  function note(moment: Moment, before: CommandRecord | undefined, after: CommandRecord, by = { name: "rule", role: null as string | null }): void {
    const given = Object.entries(after.args).map(([name, value]) => `${name}=${value}`);
    journal.write(moment, {
      what: "command",
      by: by.name,
      role: by.role,
      alarm: after.alarm,
      service: after.service,
      device: after.device,
      before: before?.state ?? null,
      after: after.state,
      reason: after.reason,
      x: {
        command: after.id,
        op: after.op,
        ...(given.length > 0 ? { args: given.join(" ") } : {}),
        ...(after.response === null ? {} : { response: after.response }),
      },
    });
  }
  /** Keeps what came of it, and tells when that is an end. */
  function put(moment: Moment, before: CommandRecord, after: CommandRecord): void {
    if (after === before) return;
    book.put(after);
    if (after.state !== before.state) note({ ...moment, t: after.doneAt ?? moment.t }, before, after, { name: "system", role: null });
  }
  const typeOf = ({ device, op }: CommandRecord): CommandType | undefined => lookup(device)?.contract.commands[op];

  /** What it last said of itself is as commanded, and not older than a device of its kind may be silent. */
  function stands(record: CommandRecord, since: number): boolean {
    const type = typeOf(record);
    if (type === undefined || "event" in type.readBack) return false;
    const newest = said.value(record.device, type.readBack.metric);
    const stale = (lookup(record.device)?.stale ?? 0) * 1000;
    return newest !== undefined && newest.q !== "bad" && newest.t >= since - stale && isAsTold(type.readBack, record.args, newest.value);
  }
  /** Everything up to its hearing has been seen. */
  function settle(before: CommandRecord, moment: Moment): CommandRecord {
    const after = stands(before, before.heardAt ?? 0) ? unchanged(before) : before;
    put(moment, before, after);
    return after;
  }
  function actualOf(device: string, type: CommandType): string | null {
    if ("event" in type.readBack) return null;
    const newest = said.value(device, type.readBack.metric);
    return newest === undefined ? null : actualWords(type, { m: { [type.readBack.metric]: newest.value } });
  }

  function send({ device: id, op, args, by, alarm, response }: Order, moment: Moment): Result<CommandRecord> {
    const device = lookup(id);
    if (device === undefined) return refuse(`there is no device "${id}"`);
    const reason = closed(device.timeline);
    if (reason !== undefined) return refuse(reason);
    const checked = checkCommand(device, op, args);
    if (!checked.ok) return checked;
    const type = checked.value;
    const family = familyOf(type);
    const before = book.pending(id, family);
    if (before !== undefined && moment.t <= before.expires && before.op === op && sameArgs(before.args, args)) return ok(before);
    if (before !== undefined) put(moment, before, replaced(before, op, moment.t));
    const made: CommandRecord = {
      ...{ id: book.nextId(moment.at), service: device.service, device: id, op, args, state: "pending", family, timeline: device.timeline },
      ...{ commanded: commandedWords(op, type, args), actual: actualOf(id, type), by: by.name, role: by.role, t: moment.t, at: moment.at },
      ...{ expires: moment.t + type.timeout * 1000, heardAt: null, doneAt: null, reason: null, alarm, response, shownAt: null, already: false },
    };
    const record = { ...made, already: stands(made, moment.t) };
    book.put(record);
    note(moment, undefined, record, by);
    return ok(record);
  }

  return {
    send,
    act(action, by, moment) {
      if (action.do !== "command") return undefined;
      if (!may(by.role, "act")) return refuse(`commands need the right "act", which the role ${by.role} does not have`);
      if (lookup(action.device)?.contract.sensitive && !may(by.role, "care")) return refuse(`there is no device "${action.device}"`);
      const sent = send({ ...action, by, alarm: action.alarm ?? null, response: null }, moment);
      return sent.ok ? ok({ alarms: [], command: sent.value.id, left: [] }) : sent;
    },
    heard({ id, d, t, ok: fine, reason }, moment) {
      const before = book.one(id);
      if (before?.device === d) put(moment, before, answered(before, { t, ok: fine, reason }));
    },
    seen(device, observed, moment) {
      const waiting = book.pendingOf(device.id);
      // everything before this reading has been seen: what had not to change is known
      for (const before of waiting) if (before.heardAt !== null && before.heardAt < observed.t) settle(before, moment);
      said.take(device, observed);
      for (const before of book.pendingOf(device.id)) {
        const type = typeOf(before);
        const as = type && shows(type.readBack, before.args, observed);
        if (type === undefined || as === undefined) continue;
        put(moment, before, shown(before, observed.t, as, actualWords(type, observed) ?? before.actual));
      }
    },
    advance(moment) {
      for (const before of book.allPending()) {
        if (before.timeline !== moment.timeline) continue;
        const now = before.heardAt !== null && before.heardAt <= moment.t ? settle(before, moment) : before;
        put(moment, now, passed(now, moment.t, moment.at));
      }
    },
    waitsFor: book.waitsFor,
    isAnyPending: () => book.allPending().length > 0,
    newestOf: book.newestOf,
    unheard: () => book.allPending().flatMap((record) => (record.heardAt === null ? [commandOf(record)] : [])),
    list: (query) => book.list(query).map(commandOf),
    one(id) {
      const record = book.one(id);
      return record && commandOf(record);
    },
    changed: () => book.changed().map(commandOf),
    state: book.state,
    restore: book.restore,
    forget: book.forget,
  };
}

function sameArgs(one: CommandArgs, other: CommandArgs): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
