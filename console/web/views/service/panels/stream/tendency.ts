import type { SeriesPoint } from "../../../../../../shared/city-port.ts";
import type { Limit } from "../../../../trend/limits.ts";

const minute = 60_000;

/** Change over the last ten minutes of what was received; undefined when there was nothing ten minutes before the last reading. */
export function tendency(points: readonly SeriesPoint[]): number | undefined {
  const last = points.at(-1);
  if (last === undefined) return undefined;
  const before = points.findLast((point) => last.t - point.t >= 9 * minute);
  if (before === undefined || last.t - before.t > 13 * minute) return undefined;
  return ((last.mean - before.mean) / (last.t - before.t)) * 10 * minute;
}

/** Slower than this is the noise of a radar, no rise: metres in ten minutes. */
const leastRise = 0.02;

/** The next limit above the level, how much is missing, and at the present rate how long, where it rises at all. */
export function nextLimit(
  { limits, level }: { readonly limits: readonly Limit[]; readonly level: number },
  rise: number | undefined,
): { readonly limit: Limit; readonly missing: number; readonly ms: number | undefined } | undefined {
  const limit = limits.find((candidate) => candidate.value > level);
  if (limit === undefined || !Number.isFinite(level)) return undefined;
  const missing = limit.value - level;
  return { limit, missing, ms: rise !== undefined && rise >= leastRise ? (missing / rise) * 10 * minute : undefined };
}
