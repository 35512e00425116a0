import type { SeriesPoint } from "../../../../../../shared/city-port.ts";

const minute = 60_000;

/** Change over the last ten minutes of what was received; undefined when there was nothing ten minutes before the last reading. */
export function tendency(points: readonly SeriesPoint[]): number | undefined {
  const last = points.at(-1);
  if (last === undefined) return undefined;
  const before = points.findLast((point) => last.t - point.t >= 9 * minute);
  if (before === undefined || last.t - before.t > 13 * minute) return undefined;
  return ((last.mean - before.mean) / (last.t - before.t)) * 10 * minute;
}
