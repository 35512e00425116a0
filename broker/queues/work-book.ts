import type { Moment } from "../alarms/moment.ts";
import type { WorkRecord } from "./work-record.ts";

/** Items in memory, found by id, by device, and by what is still going on. */
export interface WorkBook {
  get(id: string): WorkRecord | undefined;
  /** The one of this rule at this device whose cause has not ended. */
  going(rule: string, device: string): WorkRecord | undefined;
  /** Not closed, at this device. */
  openAt(device: string): readonly WorkRecord[];
  put(record: WorkRecord): void;
  all(): readonly WorkRecord[];
  /** Forgets closed ones that are old; answers open ones that are too many, the oldest that nobody has taken. */
  settle(moment: Moment): readonly WorkRecord[];
  /** Since the last call. */
  changed(): readonly WorkRecord[];
  restore(records: readonly WorkRecord[]): void;
}

const dayMs = 86_400_000;
/** Closed ones are looked back at for a week, by the time of their timeline; the journal has them for ever. */
const closedKeptMs = 7 * dayMs;
const closedKept = 2000;
/** A hundred days of a default city's cases that nobody looks at. */
const openKept = 5000;

const timelines = ["city", "field"] as const;
const isOver = ({ state, active }: WorkRecord): boolean => state === "closed" && !active;

export function createWorkBook(): WorkBook {
  const records = new Map<string, WorkRecord>();
  const byDevice = new Map<string, Set<string>>();
  const going = new Map<string, string>();
  const fresh = new Set<string>();
  let closedOnes = 0;
  /** Closed, and their cause has ended: those can be forgotten. */
  let over = 0;
  /** When the first of them was closed. */
  const earliest = { city: Number.POSITIVE_INFINITY, field: Number.POSITIVE_INFINITY };
  const key = (rule: string, device: string): string => `${rule} ${device}`;

  function index(record: WorkRecord): void {
    const { id, device, rule, state, active, closedAt, timeline } = record;
    if (active) going.set(key(rule, device), id);
    else if (going.get(key(rule, device)) === id) going.delete(key(rule, device));
    const open = byDevice.get(device) ?? new Set();
    if (state !== "closed") byDevice.set(device, open.add(id));
    else {
      open.delete(id);
      if (open.size === 0) byDevice.delete(device);
    }
    if (isOver(record)) earliest[timeline] = Math.min(earliest[timeline], closedAt ?? 0);
  }
  function put(record: WorkRecord): void {
    const before = records.get(record.id);
    if (record.state === "closed" && before?.state !== "closed") closedOnes += 1;
    if (isOver(record) && !(before && isOver(before))) over += 1;
    records.set(record.id, record);
    index(record);
  }
  function forgetClosed({ t, timeline }: Moment): void {
    const all = [...records.values()].filter(isOver);
    const tooMany = all.length - closedKept;
    for (const [at, { id, closedAt, timeline: own }] of all.entries()) {
      if (at < tooMany || (own === timeline && (closedAt ?? 0) < t - closedKeptMs)) records.delete(id);
    }
    count();
  }
  function count(): void {
    [closedOnes, over] = [0, 0];
    for (const own of timelines) earliest[own] = Number.POSITIVE_INFINITY;
    for (const record of records.values()) {
      if (record.state === "closed") closedOnes += 1;
      if (!isOver(record)) continue;
      over += 1;
      earliest[record.timeline] = Math.min(earliest[record.timeline], record.closedAt ?? 0);
    }
  }

  return {
    get: (id) => records.get(id),
    going: (rule, device) => records.get(going.get(key(rule, device)) ?? ""),
    openAt: (device) => [...(byDevice.get(device) ?? [])].flatMap((id) => records.get(id) ?? []),
    put(record) {
      put(record);
      fresh.add(record.id);
    },
    all: () => [...records.values()],
    settle(moment) {
      // a day of grace: the list is not gone through at every mark
      if (over > closedKept * 1.1 || earliest[moment.timeline] < moment.t - closedKeptMs - dayMs) forgetClosed(moment);
      const tooMany = records.size - closedOnes - openKept;
      if (tooMany <= 0) return [];
      return [...records.values()].filter(({ state, timeline }) => state === "open" && timeline === moment.timeline).slice(0, tooMany);
    },
    changed() {
      const news = [...fresh].flatMap((id) => records.get(id) ?? []);
      fresh.clear();
      return news;
    },
    restore(given) {
      for (const map of [records, byDevice, going]) map.clear();
      fresh.clear();
      count();
      for (const record of [...given].sort((a, b) => a.openedAt - b.openedAt)) put(record);
    },
  };
}
