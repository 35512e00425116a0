import { createRng, normal, type Rng } from "../random.ts";
import { type LocalTime, localTime } from "./calendar.ts";
import { seasonOf } from "./climate.ts";
import { comes, drawStorm, intensity, isOver, nextCandidate, type Storm } from "./storm.ts";

/** Plain data. */
export type WeatherState = {
  readonly rng: Rng;
  readonly stormRng: Rng;
  readonly catchments: number;
  /** Epoch ms at which the next storm may come. */
  candidate: number;
  storms: Storm[];
  /** Difference of the air mass from the season, in standard deviations. */
  anomaly: number;
  /** 0 dry and clear .. 1 raining for long. */
  wet: number;
};
export interface Weather {
  readonly temp: number;
  readonly humidity: number;
  readonly daylight: number;
  readonly rain: readonly number[];
  readonly rainMean: number;
}

const latitude = (37.7 * Math.PI) / 180;
/** 127.05 E against the zone's meridian 135 E: the sun is 31.8 minutes late. */
const sunLag = 0.53;
/** Air masses change within days: e-folding time 2.5 days. */
const keepPerMinute = Math.exp(-1 / 3600);
const kick = Math.sqrt(1 - keepPerMinute * keepPerMinute);
/** No air mass is further from the season than this, in standard deviations: what the normals' records leave room for. */
const furthest = 2.5;
const bounded = (anomaly: number): number => anomaly / Math.sqrt(1 + (anomaly / furthest) * (anomaly / furthest));

export function initWeather(seed: number, start: number, catchments: number): WeatherState {
  const rng = createRng(seed, "weather/air");
  const stormRng = createRng(seed, "weather/storms");
  return { rng, stormRng, catchments, candidate: start + nextCandidate(stormRng), storms: [], anomaly: normal(rng), wet: 0 };
}

/** Sine of the sun's height; declination by Cooper's formula (1969). */
function sunHeight({ month, date, hour }: LocalTime): number {
  const dayOfYear = (month - 1) * 30.44 + date;
  const declination = 0.4093 * Math.sin((2 * Math.PI * (284 + dayOfYear)) / 365);
  const angle = ((hour - 12 - sunLag) / 12) * Math.PI;
  return Math.sin(latitude) * Math.sin(declination) + Math.cos(latitude) * Math.cos(declination) * Math.cos(angle);
}

function advanceStorms(state: WeatherState, t: number): void {
  while (state.candidate <= t) {
    const { month } = localTime(state.candidate);
    if (comes(state.stormRng, month)) state.storms.push(drawStorm(state.stormRng, state.candidate, month, state.catchments));
    state.candidate += nextCandidate(state.stormRng);
  }
  if (state.storms.some((storm) => isOver(storm, t))) state.storms = state.storms.filter((storm) => !isOver(storm, t));
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Of a clear day, K from its mean: warmest at 15 h, coldest before sunrise, 9 K between them. */
export const clearSwing = (hour: number): number => 4.5 * Math.cos(((hour - 15) / 12) * Math.PI);

/** Once per city minute. */
export function stepWeather(state: WeatherState, local: LocalTime, t: number): Weather {
  advanceStorms(state, t);
  const rain: number[] = [];
  let sum = 0;
  for (let k = 0; k < state.catchments; k++) {
    let rate = 0;
    for (const storm of state.storms) rate += intensity(storm, k, t);
    rain.push(rate);
    sum += rate;
  }
  const rainMean = sum / state.catchments;
  state.anomaly = keepPerMinute * state.anomaly + kick * normal(state.rng);
  // Clouds come and go within about an hour and a half of the rain.
  state.wet += ((rainMean > 0.1 ? 1 : 0) - state.wet) / 90;

  const season = seasonOf(local.month, local.date);
  const airMass = season.spread * bounded(state.anomaly);
  const sun = sunHeight(local);
  // a third of it under rain
  const swing = (1 - 0.65 * state.wet) * clearSwing(local.hour);
  return {
    temp: season.temp + airMass + swing - 2 * state.wet,
    // The same vapour is about 3 % relative humidity less per degree of the daily swing.
    humidity: clamp(season.humidity - 5 - 3 * swing - 0.8 * airMass + 30 * state.wet, 12, 100),
    daylight: clamp(sun / 0.6 + 0.1, 0, 1) * (1 - 0.55 * state.wet),
    rain,
    rainMean,
  };
}
