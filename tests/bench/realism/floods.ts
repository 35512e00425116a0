import { median } from "./statistics.ts";

/** A rise of the water and the fall after it, on a level every 15 min; hours. */
export interface Flood {
  readonly height: number;
  readonly rise: number;
  readonly halfRise: number;
  /** NaN where the next rise came first. */
  readonly halfFall: number;
  readonly fall: number;
}
const slotHours = 0.25;

/** Rises of at least `least` above the water before; a peak is one when a quarter of the rise, or half of `least`, has gone again. */
export function floodsOf(level: ArrayLike<number>, least: number): Flood[] {
  const floods: Flood[] = [];
  const at = (i: number): number => level[i] ?? Number.NaN;
  let low = 0;
  let i = 1;
  while (i < level.length) {
    if (!(at(i) >= at(low))) low = Number.isNaN(at(i)) && !Number.isNaN(at(low)) ? low : i;
    if (!(at(i) - at(low) >= least)) {
      i += 1;
      continue;
    }
    let peak = i;
    while (i < level.length && !(at(peak) - at(i) >= Math.max(least / 2, (at(peak) - at(low)) / 4))) {
      if (at(i) > at(peak)) peak = i;
      i += 1;
    }
    const fallen = follow(level, peak, at(low) + 0.1 * (at(peak) - at(low)), least);
    if (i < level.length) floods.push(floodAt(level, low, peak, fallen));
    low = Math.max(i - 1, fallen.end - 1);
    i = low + 1;
  }
  return floods;
}

/** Goes down from a peak until the water is at `until`, or rises again by `least`. */
function follow(level: ArrayLike<number>, peak: number, until: number, least: number): { readonly end: number; readonly reached: boolean } {
  let lowest = level[peak] ?? 0;
  for (let k = peak + 1; k < level.length; k++) {
    const now = level[k] ?? Number.NaN;
    if (now <= until) return { end: k, reached: true };
    if (now - lowest >= least) return { end: k, reached: false };
    if (now < lowest) lowest = now;
  }
  return { end: level.length, reached: false };
}

function floodAt(level: ArrayLike<number>, low: number, peak: number, { end, reached }: { readonly end: number; readonly reached: boolean }): Flood {
  const base = level[low] ?? 0;
  const height = (level[peak] ?? 0) - base;
  const since = (share: number): number => {
    let k = peak;
    while (k > low && !((level[k] ?? 0) <= base + share * height)) k -= 1;
    return (peak - k) * slotHours;
  };
  let half = peak;
  while (half < end && !((level[half] ?? 0) <= base + 0.5 * height)) half += 1;
  return {
    height,
    rise: since(0.1),
    halfRise: since(0.5),
    halfFall: half < end || reached ? (half - peak) * slotHours : Number.NaN,
    fall: reached ? (end - peak) * slotHours : Number.NaN,
  };
}

/** Factors by which the height above `floor` shrinks in 24 h, on falls unbroken for 12 h and more; `hourly` = means of an hour, `noise` is no rise, less than `least` above the floor is no fall. */
export function recessions(
  hourly: readonly number[],
  { floor, noise, least }: { readonly floor: number; readonly noise: number; readonly least: number },
): number[] {
  const factors: number[] = [];
  let from = 0;
  for (let k = 1; k <= hourly.length; k++) {
    const falls = (hourly[k] ?? Number.NaN) <= (hourly[k - 1] ?? Number.NaN) + noise;
    if (falls) continue;
    const [first, last] = [(hourly[from] ?? Number.NaN) - floor, (hourly[k - 1] ?? Number.NaN) - floor];
    const long = k - 1 - from;
    if (long >= 12 && first >= least && last > 0) factors.push(Math.exp((24 / long) * Math.log(last / first)));
    from = k;
  }
  return factors;
}
export const hourlyMeans = (quarters: ArrayLike<number>): number[] =>
  Array.from({ length: Math.floor(quarters.length / 4) }, (_, k) => {
    const four = [0, 1, 2, 3].map((n) => quarters[4 * k + n] ?? Number.NaN).filter((value) => !Number.isNaN(value));
    return four.length < 2 ? Number.NaN : four.reduce((total, value) => total + value, 0) / four.length;
  });
export const halves = (floods: readonly Flood[]): number => median(floods.map(({ halfFall, halfRise }) => halfFall / halfRise));
