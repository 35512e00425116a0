import { type Rng, uniform } from "../../random.ts";
import { minuteMs, secondMs } from "../day-clock.ts";
import { type Activity, answers, calls, visits } from "./parameters.ts";

/** What becomes of a call or visit, as its event tells it. */
export type Says = "ok" | "help" | "none";
export interface Ringing {
  /** When it ends, answered or not. */
  readonly at: number;
  readonly says: Says;
}
/** How it stands with the resident when the hub rings. */
export interface Resident {
  readonly activity: Activity;
  /** Lies on the floor. */
  readonly down: boolean;
  /** Would say so if asked. */
  readonly needsHelp: boolean;
}

/** The hub rings. Who sleeps or washes hears it late or not at all; who is out or lies on the floor does not answer. */
export function ring(rng: Rng, { activity, down, needsHelp }: Resident, t: number): Ringing {
  const { share, seconds } = answers[activity];
  const [least, most] = seconds;
  const hears = uniform(rng) < share;
  const after = Math.round(least + (most - least) * uniform(rng));
  if (down || !hears) return { at: t + calls.ringSeconds * secondMs, says: "none" };
  return { at: t + after * secondMs, says: needsHelp ? "help" : "ok" };
}

/** When the worker is at the door. */
export function arrival(rng: Rng, t: number): number {
  const [least, most] = visits.travelMinutes;
  return t + Math.round(60 * (least + (most - least) * uniform(rng))) * secondMs;
}
/** How long the worker stays. */
export const stayOf = (rng: Rng, help: boolean): number => {
  const [least, most] = help ? visits.helpMinutes : visits.stayMinutes;
  return Math.round(least + (most - least) * uniform(rng)) * minuteMs;
};
