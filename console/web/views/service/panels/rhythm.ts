import type { SeriesPoint } from "../../../../../shared/city-port.ts";

/** Homes count what they hear in windows of ten minutes. */
export const slotMs = 600_000;

/** Counts of the day in its 144 slots; undefined = nothing was received. A reading stands at the end of its window. */
export function slots(points: readonly SeriesPoint[], from: number): readonly (number | undefined)[] {
  const day: (number | undefined)[] = new Array<number | undefined>(144).fill(undefined);
  for (const { t, mean, n } of points) {
    const index = Math.floor((t - 1 - from) / slotMs);
    if (index >= 0 && index < day.length) day[index] = (day[index] ?? 0) + mean * n;
  }
  return day;
}

/** End of the last window with any movement today; undefined = none was received. */
export function quietSince(points: readonly SeriesPoint[]): number | undefined {
  return points.findLast((point) => point.max > 0)?.t ?? points[0]?.t;
}
