import type { Range } from "./figures.ts";

const minuteMs = 60_000;
const bandStepMs = 5 * minuteMs;
/** A hole begins when two values stand further apart than this. */
const holeMs = 2.5 * minuteMs;
const inset = 3;

export interface SparkInput {
  readonly t: readonly number[];
  readonly v: readonly (number | null)[];
  readonly from: number;
  readonly to: number;
  readonly usual: (time: number) => Range;
  /** The height is at least so much: what moves less, as the noise of scales does, is flat. */
  readonly least?: number;
  readonly width: number;
  readonly height: number;
}
/** Pixels. `band` = x, y of its low edge, y of its high edge. */
export interface SparkShape {
  readonly band: readonly (readonly [number, number, number])[];
  readonly lines: readonly (readonly (readonly [number, number])[])[];
  readonly holes: readonly (readonly [number, number])[];
}

/** The scale is the line's own, widened until the band fills a third to a half of the height. */
export function shapeOf({ t, v, from, to, usual, least = 0, width, height }: SparkInput): SparkShape {
  const edges: { at: number; range: Range }[] = [];
  for (let at = from; at <= to; at += bandStepMs) edges.push({ at, range: usual(at) });
  const known = edges.filter(({ range }) => Number.isFinite(range.low + range.high));
  const points: { at: number; value: number }[] = [];
  for (const [index, at] of t.entries()) {
    const value = v[index];
    if (typeof value === "number" && at >= from && at <= to) points.push({ at, value });
  }
  const bandLow = Math.min(...known.map(({ range }) => range.low));
  const bandHigh = Math.max(...known.map(({ range }) => range.high));
  const thick = known.length > 0 ? bandHigh - bandLow : 0;
  let low = Math.min(bandLow - thick * 0.6, ...points.map(({ value }) => value));
  let high = Math.max(bandHigh + thick * 0.6, ...points.map(({ value }) => value));
  if (!Number.isFinite(low + high)) return { band: [], lines: [], holes: [] };
  const short = low === high && least === 0 ? 2 : Math.max(0, least - (high - low));
  low -= short / 2;
  high += short / 2;
  const x = (at: number) => ((at - from) / (to - from)) * (width - inset);
  const y = (value: number) => height - inset - ((value - low) / (high - low)) * (height - 2 * inset);
  const lines: [number, number][][] = [];
  const holes: [number, number][] = [];
  let before: number | undefined;
  for (const { at, value } of points) {
    const broken = before === undefined || at - before > holeMs;
    if (before !== undefined && broken) holes.push([x(before), x(at)]);
    if (broken) lines.push([]);
    lines.at(-1)?.push([x(at), y(value)]);
    before = at;
  }
  if (before !== undefined && to - before > 2 * holeMs) holes.push([x(before), x(to)]);
  return { band: known.map(({ at, range }) => [x(at), y(range.low), y(range.high)]), lines, holes };
}
