import type { Observed } from "../alarms/observed.ts";

/** What one approach has counted of late. Plain data: a ring of numbers, because a thousand approaches count every minute. */
export interface Counts {
  /** Slot that the next count goes to. */
  next: number;
  /** Per slot: end of its window (epoch ms), its seconds, vehicles, share of heavy ones, queue at its end, mean speed (km/h; 0 = nobody passed). */
  readonly ring: number[];
}
interface Count {
  readonly t: number;
  readonly seconds: number;
  readonly volume: number;
  readonly heavy: number;
  readonly queue: number;
  readonly speed: number;
}

export const spanMs = 900_000;
const width = 6;
/** A quarter of an hour of minutes; slower counters fill it with a longer time, of which the last quarter is used. */
const slots = 15;

const noCounts = (): Counts => ({ next: 0, ring: new Array<number>(slots * width).fill(0) });

function count(counts: Counts, { t, seconds, volume, heavy, queue, speed }: Count): void {
  const { ring, next } = counts;
  const at = next * width;
  ring[at] = t;
  ring[at + 1] = seconds;
  ring[at + 2] = volume;
  ring[at + 3] = heavy;
  ring[at + 4] = queue;
  ring[at + 5] = speed;
  counts.next = (next + 1) % slots;
}

/** Follows the best minutes up, one wild one by a fraction, and forgets them over days: roadworks end and begin. */
const freeSpeed = (known: number | undefined, speed: number): number =>
  known === undefined ? speed : speed > known ? known + 0.25 * (speed - known) : known * 0.99997;
const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);

/** Takes a detector's reading in: what it counted, and how fast its best minutes are. */
export function countReading(
  { counts, free }: { readonly counts: Record<string, Counts>; readonly free: Record<string, number> },
  id: string,
  seconds: number,
  { t, m }: Observed,
): void {
  const { volume, hv, queue, speed } = m ?? {};
  if (typeof volume !== "number") return;
  counts[id] ??= noCounts();
  if (typeof speed === "number" && volume > 0) free[id] = freeSpeed(free[id], speed);
  count(counts[id], { t, seconds, volume, heavy: numberOf(hv), queue: numberOf(queue), speed: numberOf(speed) });
}

export interface Demand {
  /** Vehicles per hour that want to pass: those that did, and those by which the queue has grown. */
  readonly flow: number;
  readonly heavy: number;
  /** Harmonic mean of speeds, weighted by vehicles, km/h; undefined = nobody passed. */
  readonly speed: number | undefined;
}

/** Of the quarter that ends at t; undefined while less than two thirds of it have been counted. */
export function demandOf({ ring, next }: Counts, t: number): Demand | undefined {
  const sum = { seconds: 0, volume: 0, heavy: 0, hours: 0, timed: 0 };
  let first: number | undefined;
  let last = 0;
  for (let k = 0; k < slots; k++) {
    const at = ((next + k) % slots) * width;
    const [end = 0, seconds = 0, volume = 0, heavy = 0, queue = 0, speed = 0] = ring.slice(at, at + width);
    if (end <= t - spanMs || end > t) continue;
    first ??= queue;
    last = queue;
    sum.seconds += seconds;
    sum.volume += volume;
    sum.heavy += heavy * volume;
    if (speed <= 0) continue;
    sum.hours += volume / speed;
    sum.timed += volume;
  }
  if (sum.seconds * 1000 < (2 / 3) * spanMs) return undefined;
  const grown = Math.max(0, last - (first ?? 0));
  return {
    flow: ((sum.volume + grown) * 3600) / sum.seconds,
    heavy: sum.volume > 0 ? sum.heavy / sum.volume : 0,
    speed: sum.hours > 0 ? sum.timed / sum.hours : undefined,
  };
}
