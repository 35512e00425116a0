import { choose, exponential, lognormal, normal, type Rng, uniform } from "../random.ts";
import { mostSpellsPerHour, rainSeasonOf } from "./climate.ts";

const hourMs = 3_600_000;
/** Steps of a storm's profile. */
const slices = 24;
/** Spread of storm depths: most spells bring a few mm, one in a hundred more than a hundred in July. */
const depthSigma = 1.05;
const mostDepth = 320;
/**
 * Hours grow with this power of the depth, intensity with the rest: what brings much rain are fronts and lows that stay. As means over the basin's 190 km2 the
 * year's heaviest hour has 16 mm and its heaviest day 174 mm with it [D]. A point of Seoul has twice to three times as much in an hour, and as much in a day:
 * cloudbursts of an hour over the whole basin are rarer here than there [A]; the injected storm brings them.
 */
const hoursPower = 0.8;
const hoursSigma = 0.3;
const mostHours = 48;
/** Shares of storms whose heaviest part falls into the first, second, third, fourth quarter (Huff, 1967, table 1). */
const quartiles = [0.3, 0.36, 0.19, 0.15];

/** One spell of rain crossing the basin. Plain data. */
export interface Storm {
  /** Epoch ms at which it reaches the first sub-catchment. */
  readonly start: number;
  readonly duration: number;
  /** Share of the depth in each slice; sums to 1. */
  readonly profile: readonly number[];
  /** Per sub-catchment: mm, and ms after `start`. */
  readonly depths: readonly number[];
  readonly lags: readonly number[];
}

/** Heaviest part in the drawn quarter, gusts on top. */
const drawProfile = (rng: Rng): number[] => profileAround((choose(rng, quartiles) + uniform(rng)) / 4, rng);

/** Heaviest at this share of its time, gusts on top. */
export function profileAround(peak: number, rng: Rng): number[] {
  const weights = Array.from({ length: slices }, (_, k) => {
    const at = (k + 0.5) / slices;
    const away = (at - peak) / (at < peak ? 0.5 * peak + 0.12 : 0.5 * (1 - peak) + 0.12);
    return (0.12 + Math.exp(-away * away * 1.6)) * Math.exp(0.35 * normal(rng));
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** A storm of the month's kind. Big ones last longer. */
export function drawStorm(rng: Rng, start: number, month: number, catchments: number): Storm {
  const season = rainSeasonOf(month);
  // The mean of a lognormal is median exp(sigma^2 / 2).
  const depth = Math.min(mostDepth, lognormal(rng, season.depth * Math.exp((-depthSigma * depthSigma) / 2), depthSigma));
  const longer = Math.exp(hoursPower * Math.log(depth / season.depth));
  const hours = Math.min(mostHours, Math.max(0.5, lognormal(rng, season.hours, hoursSigma) * longer));
  // A front of 20 to 60 km/h needs 3 to 9 minutes for a sub-catchment of 3 km, and comes from either end.
  const pace = (3 + 6 * uniform(rng)) * 60_000;
  const downstream = uniform(rng) < 0.6;
  const places = Array.from({ length: catchments }, (_, k) => k);
  return {
    start,
    duration: hours * hourMs,
    profile: drawProfile(rng),
    depths: places.map(() => depth * lognormal(rng, Math.exp(-0.03), 0.245)),
    lags: places.map((k) => pace * (downstream ? k : catchments - 1 - k)),
  };
}

/** mm/h over a sub-catchment at t. */
export function intensity(storm: Storm, catchment: number, t: number): number {
  const since = t - storm.start - (storm.lags[catchment] ?? 0);
  if (since < 0 || since >= storm.duration) return 0;
  const slice = Math.floor((since / storm.duration) * slices);
  return ((storm.profile[slice] ?? 0) * slices * (storm.depths[catchment] ?? 0)) / (storm.duration / hourMs);
}

export const isOver = (storm: Storm, t: number): boolean => t >= storm.start + storm.duration + Math.max(0, ...storm.lags);

/** Waiting time to the next candidate; `comes` thins candidates to the rate of the month (Lewis and Shedler, 1979). */
export const nextCandidate = (rng: Rng): number => Math.ceil((exponential(rng, 1 / mostSpellsPerHour) * hourMs) / 60_000) * 60_000;
export const comes = (rng: Rng, month: number): boolean => uniform(rng) * mostSpellsPerHour < rainSeasonOf(month).spellsPerHour;
