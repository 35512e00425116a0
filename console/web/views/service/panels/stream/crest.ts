import type { SeriesPoint } from "../../../../../../shared/city-port.ts";

/** A rise smaller than this has no crest to be followed, m. */
const leastCrest = 0.1;

/** The highest point, once the water has come down from it by a tenth of its rise: what is highest now may be higher in a minute. */
export function crestOf(points: readonly SeriesPoint[]): SeriesPoint | undefined {
  const low = Math.min(...points.map(({ min }) => min));
  const high = Math.max(...points.map(({ max }) => max));
  const fallen = high - (points.at(-1)?.mean ?? high);
  return high - low >= leastCrest && fallen >= (high - low) / 10 ? points.find(({ max }) => max === high) : undefined;
}
