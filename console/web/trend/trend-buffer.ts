import type { SeriesPoint } from "../../../shared/city-port.ts";
import type { WatchPoint } from "../../../shared/socket-events.ts";
import { type Gap, joinGaps, splitGap } from "./gaps.ts";

/** Points of one metric as columns, sorted by time. `width` is the length of the history bucket in ms; 0 = one single reading. */
export interface TrendColumns {
  readonly t: readonly number[];
  readonly mean: readonly number[];
  readonly min: readonly number[];
  readonly max: readonly number[];
  readonly width: readonly number[];
  readonly q: readonly (string | undefined)[];
}
interface History {
  readonly points: readonly SeriesPoint[];
  readonly gaps: readonly Gap[];
  readonly step: number;
}

/** History and live tail of one series as ONE line. */
export interface TrendBuffer {
  readonly columns: TrendColumns;
  /** Grows with every change: whoever draws compares it. */
  version(): number;
  /** Takes what the store knows from `from` on; what was held from there on makes way, so that a second fill never doubles a point. */
  fill(from: number, history: History): void;
  /** Live points in any order: late ones find their place, repeated ones change nothing. */
  add(points: readonly WatchPoint[]): void;
  /** Forgets what ended before `t`. */
  trim(t: number): void;
  clear(): void;
  /** Time of the newest point; undefined = empty. */
  last(): number | undefined;
  /** Times without a reading for longer than the stale limit, up to the newest point, in order. */
  gaps(): readonly Gap[];
}

export interface TrendBufferOptions {
  /** Silence longer than this breaks the line, ms. */
  readonly staleMs: number;
  /** At most so many points; the oldest go first. */
  readonly capacity: number;
}

/** First index whose time is not before `t`; looks from the end first, because that is where nearly everything is added. */
function placeOf(times: readonly number[], t: number): number {
  let high = times.length;
  if (high === 0 || (times[high - 1] ?? 0) < t) return high;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function createTrendBuffer({ staleMs, capacity }: TrendBufferOptions): TrendBuffer {
  const c = {
    t: [] as number[],
    mean: [] as number[],
    min: [] as number[],
    max: [] as number[],
    width: [] as number[],
    q: [] as (string | undefined)[],
  };
  let told: readonly Gap[] = [];
  let version = 0;

  const cut = (start: number, count: number) => {
    for (const column of [c.t, c.mean, c.min, c.max, c.width, c.q]) column.splice(start, count);
  };
  const put = (at: number, point: { t: number; mean: number; min: number; max: number; width: number; q: string | undefined }) => {
    c.t.splice(at, 0, point.t);
    c.mean.splice(at, 0, point.mean);
    c.min.splice(at, 0, point.min);
    c.max.splice(at, 0, point.max);
    c.width.splice(at, 0, point.width);
    c.q.splice(at, 0, point.q);
  };
  const addOne = ({ t, v, q }: WatchPoint) => {
    if (v === null || !Number.isFinite(v)) return;
    const at = placeOf(c.t, t);
    if (c.t[at] !== t) return put(at, { t, mean: v, min: v, max: v, width: 0, q });
    if ((c.width[at] ?? 0) === 0) {
      c.mean[at] = c.min[at] = c.max[at] = v;
      c.q[at] = q;
    } else {
      // A reading on the edge of a bucket that counts it already, or is still filling: it may only widen the band.
      c.min[at] = Math.min(c.min[at] ?? v, v);
      c.max[at] = Math.max(c.max[at] ?? v, v);
    }
  };
  const bound = () => {
    if (c.t.length > capacity) cut(0, c.t.length - capacity);
  };

  return {
    columns: c,
    version: () => version,
    fill(from, history) {
      const begin = Math.min(from, history.points[0]?.t ?? from);
      const at = placeOf(c.t, begin);
      cut(at, c.t.length - at);
      const width = history.step;
      for (const { t, mean, min, max, n, q } of history.points) {
        const point = { t, mean, min, max, width: n > 1 ? width : 0, q };
        const place = placeOf(c.t, t);
        if (c.t[place] !== t) put(place, point);
      }
      told = joinGaps([...told.filter((gap) => gap.from < begin).map((gap) => ({ from: gap.from, to: Math.min(gap.to, begin) })), ...history.gaps]);
      bound();
      version++;
    },
    add(points) {
      for (const point of points) addOne(point);
      bound();
      if (points.length > 0) version++;
    },
    trim(t) {
      // One point older than the edge stays, so that the line enters the plot from outside.
      const keep = placeOf(c.t, t) - 1;
      if (keep <= 0) return;
      cut(0, keep);
      told = told.filter((gap) => gap.to > t);
      version++;
    },
    clear() {
      cut(0, c.t.length);
      told = [];
      version++;
    },
    last: () => c.t.at(-1),
    gaps: () => gapsOf(c, told, staleMs),
  };
}

/** What the server told, less what single readings have filled since, and every hole between neighbours that is longer than the stale limit. */
function gapsOf(c: TrendColumns, told: readonly Gap[], staleMs: number): readonly Gap[] {
  const found: Gap[] = [];
  for (const gap of told) {
    const inside: number[] = [];
    for (let at = placeOf(c.t, gap.from + 1); at < c.t.length && (c.t[at] ?? gap.to) < gap.to; at++)
      if (c.width[at] === 0) inside.push(c.t[at] ?? gap.to);
    found.push(...splitGap(gap, inside, staleMs));
  }
  for (let at = 1; at < c.t.length; at++) {
    const from = (c.t[at - 1] ?? 0) + (c.width[at - 1] ?? 0);
    const to = c.t[at] ?? 0;
    if (to - from > staleMs) found.push({ from, to });
  }
  return joinGaps(found);
}
