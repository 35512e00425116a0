import type { FigureSeries } from "../../shared/city-port.ts";
import type { Service } from "../../shared/service.ts";
import type { Entry } from "../devices/registry.ts";
import { createContributors, figureSlots, reduced, type Sums } from "./figure-plan.ts";
import type { Track } from "./track.ts";

const minuteMs = 60_000;
/** A day of minutes, and an hour on top. */
const keptMinutes = 25 * 60;

/** Per service: one column of minutes, one column of values per figure. */
interface FigureHistory {
  t: number[];
  v: Record<string, (number | null)[]>;
}
/** Plain data: what was told, the minute up to which it was, and the sums of minutes that are not complete yet. */
export interface FigureState {
  history: Record<string, FigureHistory>;
  done: number;
  open: Record<string, Sums[]>;
}
/** Nothing told yet; the first minute is the one after `start`, or the first that is known to be complete. */
export const noFigures = (start = 0): FigureState => ({ history: {}, done: Math.floor(start / minuteMs) * minuteMs, open: {} });

/**
 * The figures of the tiles, one value per whole minute of event time, the same at every rate: a device counts in a minute with what it had said by
 * then. What it had said is known when its next reading passes the minute, or when the mark does.
 */
export interface Figures {
  /** Before the track takes in a newer reading of t: what it holds is true for the minutes before t. */
  pass(entry: Entry, track: Track, t: number): void;
  /** Completes every minute up to the mark; `set` hears the newest value of each figure. */
  advance(mark: number, devices: () => Iterable<readonly [Entry, Track]>, set: (slot: number, value: number | null) => void): void;
  /** The newest value of each figure, as a restart finds them. */
  show(set: (slot: number, value: number | null) => void): void;
  series(service: string, from: number, to: number): readonly FigureSeries[];
  state(): FigureState;
  restore(state: FigureState): void;
}

export function createFigures(services: readonly Service[]): Figures {
  const slots = figureSlots(services);
  const contributorsOf = createContributors(slots);
  let { history, done } = noFigures();
  /** By minute. A map, because a minute as the key of an object is made a string of every time. */
  let open = new Map<number, Sums[]>();

  const sumsOf = (minute: number): Sums[] => {
    const known = open.get(minute);
    if (known !== undefined) return known;
    const made = slots.map(() => ({ n: 0, sum: 0, hits: 0, min: Number.MAX_VALUE, max: -Number.MAX_VALUE }));
    open.set(minute, made);
    return made;
  };

  function contribute(sums: readonly Sums[], entry: Entry, track: Track, minute: number): void {
    if (track.newest + entry.stale * 1000 < minute) return;
    for (const { slot, offset, counts } of contributorsOf(entry)) {
      const value = track.values[offset] ?? Number.NaN;
      const sum = sums[slot];
      if (sum !== undefined && !Number.isNaN(value)) addTo(sum, value, counts(value));
    }
  }

  function complete(minute: number, set: (slot: number, value: number | null) => void): void {
    const sums = sumsOf(minute);
    open.delete(minute);
    for (const service of services) columnOf(service.id).t.push(minute);
    for (const [slot, { service, figure }] of slots.entries()) {
      const sum = sums[slot];
      const value = sum === undefined ? null : reduced(figure, sum);
      const column = columnOf(service);
      column.v[figure.id] ??= new Array<number | null>(column.t.length - 1).fill(null);
      column.v[figure.id]?.push(value);
      set(slot, value);
    }
  }
  const columnOf = (service: string): FigureHistory => {
    history[service] ??= { t: [], v: {} };
    return history[service];
  };
  function forget(): void {
    for (const { t, v } of Object.values(history)) {
      const surplus = t.length - keptMinutes;
      if (surplus < 60) continue;
      for (const column of [t, ...Object.values(v)]) column.splice(0, surplus);
    }
  }

  return {
    pass(entry, track, t) {
      if (track.newest === 0 || done === 0) return;
      const from = Math.max(done, Math.ceil(track.newest / minuteMs) * minuteMs - minuteMs);
      const until = Math.min(t, track.newest + entry.stale * 1000 + 1);
      for (let minute = from + minuteMs; minute < until; minute += minuteMs) contribute(sumsOf(minute), entry, track, minute);
    },
    advance(mark, devices, set) {
      const newest = Math.floor(mark / minuteMs) * minuteMs;
      if (done === 0) done = newest - minuteMs;
      done = Math.max(done, newest - keptMinutes * minuteMs);
      const all = done < newest ? [...devices()] : [];
      while (done < newest) {
        done += minuteMs;
        const sums = sumsOf(done);
        for (const [entry, track] of all) if (track.newest > 0 && track.newest <= done) contribute(sums, entry, track, done);
        complete(done, set);
      }
      for (const minute of open.keys()) if (minute <= done) open.delete(minute);
      forget();
    },
    show(set) {
      for (const [slot, { service, figure }] of slots.entries()) set(slot, history[service]?.v[figure.id]?.at(-1) ?? null);
    },
    series(service, from, to) {
      const { t, v } = history[service] ?? { t: [], v: {} };
      const first = t.findIndex((at) => at >= from);
      const after = t.findLastIndex((at) => at <= to) + 1;
      if (first < 0) return [];
      return Object.entries(v).map(([id, values]) => ({ id, t: t.slice(first, after), v: values.slice(first, after) }));
    },
    state: () => ({ history, done, open: Object.fromEntries(open) }),
    restore(state) {
      const copy = structuredClone(state);
      ({ history, done } = copy);
      open = new Map(Object.entries(copy.open).map(([minute, sums]) => [Number(minute), sums]));
    },
  };
}

function addTo(sum: Sums, value: number, hit: boolean): void {
  sum.n += 1;
  sum.sum += value;
  if (hit) sum.hits += 1;
  if (value < sum.min) sum.min = value;
  if (value > sum.max) sum.max = value;
}
