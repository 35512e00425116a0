import type { Environment } from "../../environment/environment.ts";
import { choose, exponential, lognormal, normal, type Rng, uniform } from "../../random.ts";
import { byHour, hourAt, minuteMs, secondMs, wholeSecond } from "../day-clock.ts";
import { type Activity, activities, doors, habits, outdoors, person } from "./parameters.ts";

/** What makes one resident differ from another. */
export interface Person {
  /** Hours that the own day runs after the usual one. */
  readonly shift: number;
  readonly level: number;
  readonly sound: number;
  readonly outgoing: number;
}
export function drawPerson(rng: Rng): Person {
  const shift = Math.max(-person.shiftMost, Math.min(person.shiftMost, person.shiftSigma * normal(rng)));
  const level = lognormal(rng, 1, person.levelSigma);
  const sound = lognormal(rng, 1, person.soundSigma);
  return { shift, level, sound, outgoing: lognormal(rng, 0.8, person.outSigma) };
}

/** Local hour by the resident's own clock. */
export const ownHour = (who: Person, env: Environment, t: number): number => (hourAt(env, t) - who.shift + 24) % 24;

function wishToGoOut(env: Environment): number {
  const wet = 1 - outdoors.rainLoss * Math.min(1, env.rainMean / outdoors.rainFull);
  return env.temp < outdoors.coldBelow || env.temp > outdoors.hotAbove ? wet * outdoors.harshFactor : wet;
}

/** Next activity of the semi-Markov day: by the hour, never the same twice; a meal follows cooking. */
export function nextActivity(rng: Rng, who: Person, env: Environment, t: number, now: Activity): Activity {
  if (now === "cook") return "meal";
  const hour = ownHour(who, env, t);
  const weights = activities.map((activity) => {
    if (activity === now) return 0;
    const weight = byHour(habits[activity].weights, hour);
    return activity === "out" ? weight * who.outgoing * wishToGoOut(env) : weight;
  });
  return activities[choose(rng, weights)] ?? "rest";
}

/** Milliseconds in an activity. */
export function dwell(rng: Rng, who: Person, activity: Activity): number {
  const { median, sigma } = habits[activity];
  const minutes = lognormal(rng, activity === "sleep" ? median * who.sound : median, sigma);
  const longest = activity === "out" ? person.outLongestHours : person.sleepLongestHours;
  return Math.max(60, Math.round(Math.min(minutes, longest * 60) * 60)) * secondMs;
}

/** Instant of the next bout of movement; none while out. */
export function nextBout(rng: Rng, who: Person, activity: Activity, visitor: boolean, t: number): number | undefined {
  const { gap } = habits[activity];
  if (gap === 0) return undefined;
  const mean = gap * (activity === "sleep" ? who.sound : 1) * (visitor ? doors.visitGapFactor : 1);
  const sigma = person.gapSigma;
  return wholeSecond(t + secondMs + lognormal(rng, mean * Math.exp((-sigma * sigma) / 2), sigma) * minuteMs);
}

/** Counts of one bout: geometric, at least one; now and then somebody goes through the home and sets off one sensor after another. */
export function boutSize(rng: Rng, who: Person, activity: Activity): number {
  const mean = Math.max(0.2, habits[activity].size * who.level - 0.5);
  const factor = uniform(rng) < person.rushShare ? person.rushFactor : 1;
  return Math.min(60, 1 + Math.floor(factor * exponential(rng, mean)));
}

/** Milliseconds that the door stands open. */
export const doorTime = (rng: Rng): number =>
  Math.round(doors.openSeconds[0] + (doors.openSeconds[1] - doors.openSeconds[0]) * uniform(rng)) * secondMs;

/** What the hub concludes: the door was used, and since then nothing has moved for ten minutes. */
export const isAway = (lastDoor: number, lastMotion: number, t: number): boolean =>
  lastDoor > lastMotion && t - lastDoor >= doors.awayAfterSeconds * secondMs;

/** Somebody comes to move less: by `share`, reached `ms` after `since`. Plain data. */
export interface Weakness {
  readonly rng: Rng;
  readonly since: number;
  readonly ms: number;
  readonly share: number;
}
export const lostBy = ({ since, ms, share }: Omit<Weakness, "rng">, t: number): number => share * Math.min(1, Math.max(0, (t - since) / ms));
/** What is left of a bout: each count is made or not, so that the mean falls by just that share. */
export function weakened(weakness: Weakness, size: number, t: number): number {
  const lost = lostBy(weakness, t);
  let left = 0;
  for (let n = 0; n < size; n++) if (uniform(weakness.rng) >= lost) left += 1;
  return left;
}
