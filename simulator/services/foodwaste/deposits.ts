import type { Environment } from "../../environment/environment.ts";
import { lognormal, type Rng } from "../../random.ts";
import { byHour } from "../day-clock.ts";
import { deposits, weight } from "./parameters.ts";

const hourSum = deposits.hours.reduce((sum, value) => sum + value, 0);
/** Highest rate over `meanRate`, for thinning: Sunday evening of a feast eve in July, with a strong day factor. */
export const peakOverMean = ((24 * Math.max(...deposits.hours)) / hourSum) * 1.17 * 1.21 * deposits.feastEve * 1.25;

/** Drops per hour and unit at the local hour. */
export function depositRate(households: number, env: Environment, hour: number): number {
  const usual = (deposits.perHouseholdDay * households * byHour(deposits.hours, hour)) / hourSum;
  const calendar = (deposits.weekday[env.weekday] ?? 1) * (deposits.month[env.month - 1] ?? 1) * (env.daysToFeast === 1 ? deposits.feastEve : 1);
  const wet = 1 - deposits.rainLoss * Math.min(1, env.rainMean / deposits.rainFull);
  const cold = env.temp < deposits.coldBelow ? deposits.coldFactor : 1;
  return usual * calendar * wet * cold * env.demand;
}

/** Grams of one drop, a multiple of the scale's step. */
export function dropGrams(rng: Rng, env: Environment): number {
  const median = weight.median * (weight.weekday[env.weekday] ?? 1) * (weight.month[env.month - 1] ?? 1);
  const kg = Math.min(weight.cap, lognormal(rng, median, weight.sigma));
  return Math.max(weight.stepGrams, Math.round((kg * 1000) / weight.stepGrams) * weight.stepGrams);
}

/** Whole won, rounded down: grams are integers, so that no binary fraction can take a won away. */
export const fee = (grams: number, rate: number): number => Math.floor((grams * rate) / 1000);
