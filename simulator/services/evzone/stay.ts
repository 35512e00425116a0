import { crowdAt, type Environment } from "../../environment/environment.ts";
import { choose, exponential, lognormal, normal, type Rng, uniform } from "../../random.ts";
import { byHour, hourAt, hourMs, minuteMs, secondMs, wholeSecond } from "../day-clock.ts";
import { cars, habits, intruders, stays, wants, type ZoneKind } from "./parameters.ts";

type VehicleClass = "ev" | "phev" | "ice" | "exempt" | "unknown";
/** What is to come next: plugging in, being authorised, ending the charge, unplugging, leaving; or, for an intruder, a warning or leaving. */
type Stage = "parked" | "authorising" | "connected" | "unplugging" | "leaving" | "intruding";

/** One car in one bay. Instants in epoch ms. */
export interface Stay {
  class: VehicleClass;
  token: string;
  since: number;
  leave: number;
  stage: Stage;
  /** End of the connection; the driver unplugs after it. */
  stop: number;
  battery: number;
  onboard: number;
  soc: number;
  target: number;
  /** Warnings that the zone and that the room has spoken so far. */
  warned: number;
  asked: number;
}
export interface BayPlace {
  readonly kind: ZoneKind;
  readonly fast: boolean;
  /** Pull of the zone on non-EVs; mean 1. */
  readonly lure: number;
  readonly district: string;
}

const mean = (table: readonly number[]): number => table.reduce((sum, value) => sum + value, 0) / table.length;
const shapes = new Map(
  Object.entries(habits).map(([kind, habit]) => {
    const weekday = habit.weekday.map((value) => value / mean(habit.weekday));
    const dayOff = habit.dayOff.map((value) => (habit.dayOffFactor * value) / mean(habit.dayOff));
    return [kind, { weekday, dayOff, perHour: habit.perDay / 24 }];
  }),
);
/** Intruders per hour at a free bay of a zone with pull 1. */
const intruderRate = intruders.hours.map((value) => (intruders.perDay * value) / mean(intruders.hours) / intruders.freeShare / 24);
const habitOf = (place: BayPlace): ZoneKind | "fast" => (place.fast ? "fast" : place.kind);

/** Arrivals of plug-in cars and of intruders, 1/h, at a free bay. */
function arrivalRates(place: BayPlace, env: Environment, hour: number): { plugIn: number; intruder: number } {
  const shape = shapes.get(habitOf(place));
  const table = env.dayOff ? shape?.dayOff : shape?.weekday;
  const plugIn = (shape?.perHour ?? 0) * byHour(table ?? [], hour) * env.demand;
  // Rain keeps at most three in ten plug-in cars away; intruders look for the nearest free bay all the same.
  const wet = 1 - Math.min(0.3, env.rainMean / 40);
  const crowd = crowdAt(env, place.district);
  return { plugIn: plugIn * wet * crowd, intruder: place.lure * byHour(intruderRate, hour) * crowd };
}
/** Above any rate, for thinning (Lewis and Shedler 1979). */
function peakRate(place: BayPlace): number {
  const shape = shapes.get(habitOf(place));
  const top = (shape?.perHour ?? 0) * Math.max(...(shape?.weekday ?? [0]), ...(shape?.dayOff ?? [0])) * 1.3;
  return top + place.lure * Math.max(...intruderRate);
}

/** When a free bay next looks for a car: a candidate of the thinned process, at least 20 s after the last one left. */
export const nextCandidate = (rng: Rng, place: BayPlace, t: number): number =>
  wholeSecond(t + 20 * secondMs + exponential(rng, hourMs / peakRate(place)));

/** The car that comes at the candidate instant, or none. */
export function drawArrival(rng: Rng, place: BayPlace, env: Environment, t: number, token: () => string): Stay | undefined {
  const { plugIn, intruder } = arrivalRates(place, env, hourAt(env, t));
  const at = uniform(rng) * peakRate(place);
  if (at < plugIn) return plugInStay(rng, place, env, t, token());
  return at < plugIn + intruder ? intruderStay(rng, t, token()) : undefined;
}

/** A car that charges as others do here. */
export function plugInStay(rng: Rng, place: BayPlace, env: Environment, t: number, token: string): Stay {
  const phev = !place.fast && uniform(rng) < cars.phevShare;
  const drawn = lognormal(rng, cars.evBatteryMedian, cars.evBatterySigma);
  const battery = phev ? cars.phevBattery : Math.min(cars.evBatteryMax, Math.max(cars.evBatteryMin, drawn));
  const want = wants[habitOf(place)];
  const target = want.target < 1 ? Math.min(1, want.target + 0.05 * normal(rng)) : 1;
  const soc = Math.max(0.04, target - lognormal(rng, want.median, want.sigma) / battery);
  const hours = Math.min(stays.longestHours, Math.max(stays.shortestMinutes / 60, stayHours(rng, place, hourAt(env, t))));
  const leave = wholeSecond(t + hours * hourMs);
  const plugged = uniform(rng) >= cars.unplugged;
  const stop = leave - between(rng, cars.unplugSeconds) - between(rng, cars.departSeconds);
  const onboard = phev ? cars.phevOnboard : cars.evOnboard;
  return {
    class: phev ? "phev" : "ev",
    token,
    since: t,
    leave,
    stage: plugged ? "parked" : "leaving",
    stop,
    battery,
    onboard,
    soc,
    target,
    warned: 0,
    asked: 0,
  };
}

/** Connected time in hours by kind of place and hour of arrival. */
function stayHours(rng: Rng, place: BayPlace, hour: number): number {
  if (place.fast) return lognormal(rng, stays.fast.medianHours, stays.fast.sigma);
  const { givenUp } = stays;
  if (uniform(rng) < givenUp.share) return (givenUp.minutes[0] + (givenUp.minutes[1] - givenUp.minutes[0]) * uniform(rng)) / 60;
  if (place.kind === "public") return lognormal(rng, stays.public.medianHours, stays.public.sigma);
  if (place.kind === "office") {
    const { medianHours, sigma, shortShare, shortMedianHours, shortSigma } = stays.office;
    const drawn = uniform(rng) < shortShare ? lognormal(rng, shortMedianHours, shortSigma) : lognormal(rng, medianHours, sigma);
    return hour < stays.office.latestLeave ? Math.min(drawn, stays.office.latestLeave - hour + uniform(rng)) : drawn;
  }
  const habit = stays.apartment;
  const draw = uniform(rng);
  if (draw < habit.longShare) return lognormal(rng, habit.longMedianHours, habit.longSigma);
  const night = habit.nightLeave + habit.nightSpread * normal(rng) - hour + (hour > habit.nightLeave - 4 ? 24 : 0);
  const { day, evening, from } = habit.shortShare;
  if (draw < habit.longShare + (hour < from ? day : evening)) return lognormal(rng, habit.shortMedianHours, habit.shortSigma);
  return night > 5 && night < 18 ? night : lognormal(rng, 11, 0.3);
}

/** Somebody who has no business at a charger, or may stand there without charging, until then. */
export const strangerStay = (kind: VehicleClass, token: string, t: number, leave: number): Stay => ({
  class: kind,
  token,
  since: t,
  leave,
  stage: "intruding",
  stop: leave,
  ...{ battery: 0, onboard: 0, soc: 0, target: 0, warned: 0, asked: 0 },
});
function intruderStay(rng: Rng, t: number, token: string): Stay {
  const quick = uniform(rng) < intruders.quickShare;
  const length = quick
    ? between(rng, intruders.quickSeconds)
    : Math.max(310 * secondMs, lognormal(rng, intruders.slowMedianMinutes, intruders.slowSigma) * minuteMs);
  const leave = wholeSecond(t + Math.min(length, 24 * hourMs));
  const kind = intruders.classes[choose(rng, intruders.classShare)] ?? "ice";
  return strangerStay(kind, token, t, leave);
}

/** Whole seconds between two bounds, in ms. */
export const between = (rng: Rng, [low, high]: readonly [number, number]): number => Math.round(low + (high - low) * uniform(rng)) * secondMs;

/** Somebody of the room speaks to whoever is there. An intruder may think better of it; whoever charges, or may stand there, is not meant. */
export function ask(rng: Rng, stay: Stay, t: number): void {
  stay.asked += 1;
  if (stay.stage !== "intruding" || stay.class === "exempt" || uniform(rng) >= intruders.askedShare) return;
  stay.leave = Math.min(stay.leave, t + between(rng, intruders.quickSeconds));
}

/** Number of the warning that was spoken last, as its event tells it. */
export const warningNumber = ({ warned, asked }: Stay): number => Math.min(intruders.mostWarnings, warned + asked);

/** When an intruder is next warned, or leaves if that comes first. */
export function nextWarning(stay: Stay): number {
  const minutes = stay.class === "exempt" ? undefined : intruders.warnMinutes[stay.warned];
  return minutes === undefined ? stay.leave : Math.min(stay.leave, stay.since + minutes * minuteMs);
}
