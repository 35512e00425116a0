import type { Environment } from "../../environment/environment.ts";
import { exponential, type Rng, uniform } from "../../random.ts";
import { byHour, hourAt } from "../day-clock.ts";
import type { GateWord } from "./gate.ts";
import { people } from "./parameters.ts";

/** What the display at the gate says. */
export type DisplayWord = keyof typeof people.pastDisplay;
export const isDisplayWord = (word: unknown): word is DisplayWord => typeof word === "string" && Object.hasOwn(people.pastDisplay, word);

const peak = people.perHour * Math.max(...people.weekday, ...people.dayOff);
const hourMs = 3_600_000;

/** What walkers find. */
export interface WayIn {
  /** mm/h */
  readonly rain: number;
  readonly gate: GateWord;
  readonly display: DisplayWord;
}
/** People an hour through one gate. */
export function passers(env: Environment, t: number, { rain, gate: word, display }: WayIn): number {
  if (rain >= people.rainNone || word === "closed" || word === "opening") return 0;
  const [cold, hot] = people.comfort;
  const discomfort = Math.max(0, cold - env.temp, env.temp - hot);
  const usual = people.perHour * byHour(env.dayOff ? people.dayOff : people.weekday, hourAt(env, t));
  const weather = Math.exp(-rain / people.rainScale) * Math.max(0, 1 - people.perDegree * discomfort);
  return usual * weather * people.pastDisplay[display] * (word === "closing" ? people.whileClosing : 1);
}

/** Waiting time to the next who might come; `comes` thins them to the rate of the hour (Lewis and Shedler, 1979). */
export const nextCandidate = (rng: Rng): number => exponential(rng, hourMs / peak);
export const comes = (rng: Rng, rate: number): boolean => uniform(rng) * peak < rate;

/** How long somebody stands in the gap, ms. */
export function inGap(rng: Rng): number {
  const [least, most] = uniform(rng) < people.lingerShare ? people.lingerSeconds : people.passSeconds;
  return (least + (most - least) * uniform(rng)) * 1000;
}

/** Share of the people on the path who leave it within a minute; the gates open from inside. */
export function leaving(display: DisplayWord, wet: boolean): number {
  const stay = people.stayDisplay[display];
  return 1 - Math.exp(-1 / (wet ? Math.min(stay, people.stayWet) : stay));
}
