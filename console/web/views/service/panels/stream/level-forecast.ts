import type { Series } from "../../../../../../shared/city-port.ts";
import { fadingRise, slopeMinutes, slopeOver, still } from "../../../../../../shared/level-course.ts";

const minuteMs = 60_000;
/** Drawn and checked so far ahead, in steps of this many minutes. */
const lead = 60;
const every = 5;
/** Forecasts of so long are checked against what came of them. */
export const checkedMs = 6 * 3_600_000;
/** What is rarer is left outside the fan on either side. */
const outside = 0.1;
/** Fewer forecasts that could be checked say nothing of the next one. */
const leastChecked = 20;
/** A reading stands for the minute asked for when it is no further away. */
const nearMs = 90_000;

interface Samples {
  readonly t: readonly number[];
  readonly level: readonly number[];
}
export const samplesOf = (series: Series | undefined): Samples => ({
  t: series?.points.map((point) => point.t) ?? [],
  level: series?.points.map((point) => point.mean) ?? [],
});

/** Errors of one length of forecast: what was measured less what the slope had promised; half of them below `middle`, 80 % between the others. */
interface Spread {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  readonly checked: number;
}
interface ForecastPoint {
  readonly minutes: number;
  readonly t: number;
  /** By the slope, and what such forecasts were usually out by. */
  readonly value: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly spread: Spread | undefined;
}
export interface LevelForecast {
  readonly way: "rising" | "still" | "falling";
  /** From the newest reading on. */
  readonly points: readonly ForecastPoint[];
}

const wayOf = (slope: number): LevelForecast["way"] => (slope >= still ? "rising" : slope <= -still ? "falling" : "still");
const change = (slope: number, minutes: number): number => (wayOf(slope) === "still" ? 0 : fadingRise(slope, minutes));

/** Quantile of sorted values by the nearest rank. */
const rank = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/** The same forecast made at every past minute at which the water went the same way, against what came of it. */
function spreadAfter(minutes: number, samples: Samples, slopes: readonly (number | undefined)[], way: LevelForecast["way"]): Spread | undefined {
  const { t, level } = samples;
  const errors: number[] = [];
  let there = 0;
  for (let k = 0; k < t.length; k++) {
    const due = (t[k] ?? 0) + minutes * minuteMs;
    while (there < t.length && (t[there] ?? 0) < due - nearMs / 3) there++;
    const slope = slopes[k];
    const found = t[there];
    if (slope === undefined || wayOf(slope) !== way || found === undefined || found - due > nearMs) continue;
    errors.push((level[there] ?? 0) - ((level[k] ?? 0) + change(slope, minutes)));
  }
  if (errors.length < leastChecked) return undefined;
  errors.sort((a, b) => a - b);
  return { low: rank(errors, outside), middle: rank(errors, 0.5), high: rank(errors, 1 - outside), checked: errors.length };
}

/**
 * The level of the next hour: the slope of the last minutes goes on and fades, as the forecast rule reckons it, put right by what such forecasts have
 * been out by here lately; and between what 80 % of them would have come to lie. Where none can be checked the slope alone is left.
 */
export function levelForecast(samples: Samples): LevelForecast | undefined {
  const { t, level } = samples;
  const slopes = t.map((_, k) => slopeOver(samples, slopeMinutes, k));
  const [from, value, slope] = [t.at(-1), level.at(-1), slopes.at(-1)];
  if (from === undefined || value === undefined || slope === undefined) return undefined;
  const way = wayOf(slope);
  // where too few can be checked the last that could be puts it right, too: the line would else fall back by an error that grows with the lead
  let usual = 0;
  const points = Array.from({ length: lead / every + 1 }, (_, step): ForecastPoint => {
    const minutes = step * every;
    const bySlope = value + change(slope, minutes);
    const spread = minutes === 0 ? { low: 0, middle: 0, high: 0, checked: t.length } : spreadAfter(minutes, samples, slopes, way);
    usual = spread?.middle ?? usual;
    const at = from + minutes * minuteMs;
    const edges = spread === undefined ? { low: undefined, high: undefined } : { low: bySlope + spread.low, high: bySlope + spread.high };
    return { minutes, t: at, value: bySlope + usual, ...edges, spread };
  });
  return { way, points };
}

/** Minutes from the newest reading until a limit is passed: by the line, by the upper and by the lower edge of the fan; undefined = not within the hour. */
export interface Passing {
  readonly minutes: number | undefined;
  readonly earliest: number | undefined;
  readonly latest: number | undefined;
}
export function passing({ points }: LevelForecast, limit: number): Passing {
  const first = (of: (point: ForecastPoint) => number | undefined): number | undefined => {
    for (const [at, point] of points.entries()) {
      const [here, before] = [of(point), points[at - 1]];
      if (here === undefined) return undefined;
      if (here < limit) continue;
      const was = before && of(before);
      if (before === undefined || was === undefined) return point.minutes;
      return before.minutes + ((limit - was) / (here - was)) * (point.minutes - before.minutes);
    }
    return undefined;
  };
  return {
    minutes: first(({ value }) => value),
    earliest: first(({ high }) => high),
    latest: first(({ low }) => low),
  };
}
