import type { Timeline } from "../../shared/timeline.ts";
import type { CommandRecord } from "./command-record.ts";
import type { CommandsState } from "./commands.ts";

/** All commands that the room still knows, in the order of sending. */
export interface CommandBook {
  /** @param at wall clock of the record that brings it, epoch ms: a device that remembers ids of another data folder takes none for a repetition. */
  nextId(at: number): string;
  put(record: CommandRecord): void;
  one(id: string): CommandRecord | undefined;
  pending(device: string, family: string): CommandRecord | undefined;
  pendingOf(device: string): readonly CommandRecord[];
  allPending(): readonly CommandRecord[];
  waitsFor(device: string): boolean;
  newestOf(device: string, family: string): CommandRecord | undefined;
  /** Newest first. */
  list(query: { readonly device?: string; readonly alarm?: string; readonly limit: number }): readonly CommandRecord[];
  changed(): readonly CommandRecord[];
  state(): CommandsState;
  restore(state: CommandsState, only?: Timeline): void;
  forget(timeline: Timeline): void;
}

/** Some 2 MB of checkpoint: a day of commands by hand, two hours of an adviser that sets 260 signals four times an hour. The journal has all of them. */
const kept = 3000;
const none: readonly CommandRecord[] = [];

const placeOf = (device: string, family: string): string => `${device} ${family}`;

export function createCommandBook(): CommandBook {
  const records = new Map<string, CommandRecord>();
  const waiting = new Map<string, CommandRecord[]>();
  const fresh = new Set<string>();
  /** By device and family: what responses decide by. */
  const newest = new Map<string, CommandRecord>();
  let n = 0;

  function keep(record: CommandRecord): void {
    const place = placeOf(record.device, record.family);
    if (!records.has(record.id) || newest.get(place)?.id === record.id) newest.set(place, record);
    records.set(record.id, record);
    index(record);
  }
  function index(record: CommandRecord): void {
    const others = (waiting.get(record.device) ?? []).filter(({ id }) => id !== record.id);
    if (record.state === "pending") others.push(record);
    if (others.length > 0) waiting.set(record.device, others);
    else waiting.delete(record.device);
  }
  /** What is pending is never forgotten, nor is the newest of a device and family. */
  function shorten(): void {
    if (records.size <= kept) return;
    for (const { id, state, device, family } of records.values()) {
      if (state === "pending" || newest.get(placeOf(device, family))?.id === id) continue;
      records.delete(id);
      if (records.size <= kept) return;
    }
  }
  function fill(all: Iterable<CommandRecord>): void {
    records.clear();
    waiting.clear();
    newest.clear();
    for (const record of all) keep(record);
  }
  const newestFirst = (): CommandRecord[] => [...records.values()].reverse();

  return {
    nextId(at) {
      n += 1;
      return `${at.toString(36)}-${n.toString(36)}`;
    },
    put(record) {
      keep(record);
      fresh.add(record.id);
      shorten();
    },
    one: (id) => records.get(id),
    pending: (device, family) => waiting.get(device)?.find((record) => record.family === family),
    pendingOf: (device) => waiting.get(device) ?? none,
    allPending: () => (waiting.size === 0 ? none : [...waiting.values()].flat()),
    waitsFor: (device) => waiting.has(device),
    newestOf: (device, family) => newest.get(placeOf(device, family)),
    list: ({ device, alarm, limit }) =>
      newestFirst()
        .filter((record) => (device === undefined || record.device === device) && (alarm === undefined || record.alarm === alarm))
        .slice(0, limit),
    changed() {
      if (fresh.size === 0) return none;
      const news = [...fresh].flatMap((id) => records.get(id) ?? []);
      fresh.clear();
      return news;
    },
    state: () => ({ n, records: [...records.values()] }),
    restore(state, only) {
      const own = only === undefined ? [] : [...records.values()].filter(({ timeline }) => timeline !== only);
      const given = only === undefined ? state.records : state.records.filter(({ timeline }) => timeline === only);
      fill([...own, ...given].sort((a, b) => a.at - b.at));
      // ids go on: none is ever given twice
      n = only === undefined ? state.n : Math.max(n, state.n);
    },
    forget: (timeline) => fill([...records.values()].filter((record) => record.timeline !== timeline)),
  };
}
