import type { Series, Span } from "../../shared/city-port.ts";
import type { Metric } from "../../shared/service.ts";

/** Times of the readings that hold the metric, around and in a range [from, to). */
export interface Extent {
  /** Last one before the range. */
  readonly before: number | undefined;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** First one after the range. */
  readonly after: number | undefined;
}
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Width of a bucket on the epoch's grid so that a range has at most `points` of them (one more when the range is not on the grid). */
export const bucketWidth = ({ from, to }: Range, points: number): number => Math.max(1, Math.ceil((to - from) / Math.max(1, points)));

/**
 * Gaps of a range: those between readings inside it, and what its edges cut off. Before the first reading ever nothing is known, which is a gap;
 * after the newest one the store cannot tell silence from readings that are still on their way, so there is none.
 */
export function gapsOf(range: Range, extent: Extent, inner: Series["gaps"], stale: number): Series["gaps"] {
  const { from, to } = range;
  const { before = Number.NEGATIVE_INFINITY, first, last, after } = extent;
  if (first === undefined || last === undefined) {
    const silent = after === undefined ? extent.before === undefined : after - before > stale;
    return silent && to > from ? [{ from, to }] : [];
  }
  const head = first > from && first - before > stale ? [{ from, to: first }] : [];
  const tail = after !== undefined && after - last > stale ? [{ from: last, to }] : [];
  return [...head, ...inner, ...tail];
}

/** A reading whose value differs from the one before, or that ends a silence; `previous` is the time of the reading before it. */
export interface Change {
  readonly t: number;
  readonly value: number;
  readonly previous: number | undefined;
}

/**
 * Runs of one value from the changes, which begin with the last reading before the range when there is one. A run that a silence ends lasts until
 * its last reading; the newest run of all lasts until it would be stale.
 */
export function spansOf(range: Range, extent: Extent, changes: readonly Change[], metric: Metric, stale: number): readonly Span[] {
  const newest = extent.after ?? (extent.last ?? extent.before ?? range.from) + stale;
  return changes.flatMap(({ t, value }, index): Span[] => {
    const next = changes[index + 1];
    const silent = next?.previous !== undefined && next.t - next.previous > stale;
    const end = next === undefined ? newest : silent && next.previous !== undefined ? next.previous : next.t;
    const from = Math.max(t, range.from);
    const to = Math.min(end, range.to);
    const inside = to > from || (to === from && t >= range.from && t < range.to);
    return inside ? [{ from, to, value: metric.kind === "state" ? (metric.words[value] ?? String(value)) : value === 1 }] : [];
  });
}
