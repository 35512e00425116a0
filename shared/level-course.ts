/** How the forecast rule of a water level reckons from the level's own last minutes; whoever draws or checks such a forecast reckons the same way. */

/** Waves of some centimetres: a shorter look takes them for a slope. Slower than `still`, m/min, is none. */
export const slopeMinutes = 12;
export const still = 0.003;
/** The own slope fades: after so many minutes the rain that made it has run off. */
const fadeMinutes = 40;

/** What a slope of so many metres a minute still adds within `minutes`. */
export const fadingRise = (perMinute: number, minutes: number): number => perMinute * fadeMinutes * (1 - Math.exp(-minutes / fadeMinutes));

const minuteMs = 60_000;

/** Metres a minute over the last `minutes` before the newest sample, by least squares; undefined when too little is known. */
export function slopeOver(
  { t, level }: { readonly t: readonly number[]; readonly level: readonly number[] },
  minutes: number,
  last = t.length - 1,
): number | undefined {
  const end = t[last];
  if (end === undefined) return undefined;
  let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (let k = last; k >= 0; k--) {
    const x = ((t[k] ?? 0) - end) / minuteMs;
    if (x < -minutes) break;
    const y = level[k] ?? 0;
    n += 1;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  const spread = n * sxx - sx * sx;
  return n < 4 || spread <= 0 ? undefined : (n * sxy - sx * sy) / spread;
}
