import type { Environment } from "../../environment/environment.ts";
import { type Rng, uniform } from "../../random.ts";
import { dayMs, hourMs, midnightBefore, minuteMs, wholeSecond } from "../day-clock.ts";
import { deposits, routes, weight } from "./parameters.ts";

/** Instant of the truck's next pass at the unit: tomorrow's round, or today's if it has not come yet. */
export function nextRound(rng: Rng, unit: number, env: Environment, t: number): number {
  const route = Math.floor(unit / routes.length);
  // Rounds start one after the other: a fixed share of the spread for each route.
  const start = routes.startHour + routes.startSpreadHours * ((route * 0.618034) % 1);
  const minutes = (unit % routes.length) * routes.minutesPerStop + routes.minuteSpread * uniform(rng);
  const today = midnightBefore(env, t) + start * hourMs + minutes * minuteMs;
  return wholeSecond(today > t + minuteMs ? today : today + dayMs);
}

/** Kilograms expected until `days` days from now. */
const expectedLoad = (households: number, days: number): number =>
  households * deposits.perHouseholdDay * weight.median * Math.exp((weight.sigma * weight.sigma) / 2) * days;

export interface StopQuestion {
  readonly weekday: number;
  readonly daysSince: number;
  readonly net: number;
  readonly households: number;
  readonly capacity: number;
}
/** Whether the truck empties the unit this morning: it is due, or it would be too full before the next round. */
export function stops({ weekday, daysSince, net, households, capacity }: StopQuestion): boolean {
  const rests = (day: number): boolean => routes.restDays.some((rest) => rest === day % 7);
  if (rests(weekday)) return false;
  const wait = rests(weekday + 1) ? 2 : 1;
  return daysSince + wait > routes.longestDays || net + expectedLoad(households, wait) > routes.fillTarget * capacity;
}
