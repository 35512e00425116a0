import type { Happening } from "../../model.ts";
import { createRng, exponential, type Rng, uniform } from "../../random.ts";
import { dayMs, secondMs, wholeSecond } from "../day-clock.ts";
import type { Network } from "./network.ts";
import { greenWaves } from "./parameters.ts";

/** One crossing of an emergency run: from t on its road (main or other) has green for so many seconds. */
export interface Preemption {
  readonly t: number;
  readonly crossing: number;
  readonly main: boolean;
  readonly seconds: number;
  /** The incident that it belongs to. */
  readonly by?: string;
}
/** Plain data. */
export interface Emergencies {
  readonly rng: Rng;
  next: number;
  ahead: Preemption[];
}

export function createEmergencies(crossings: number, seed: number, start: number): Emergencies {
  const rng = createRng(seed, "traffic emergencies");
  return { rng, next: nextRun(rng, crossings, start), ahead: [] };
}
const nextRun = (rng: Rng, crossings: number, t: number): number =>
  wholeSecond(t + secondMs + exponential(rng, dayMs / Math.max(1e-6, greenWaves.perCrossingDay * crossings)));
const wholeBetween = (rng: Rng, [low, high]: readonly [number, number]): number => low + Math.floor((high - low + 1) * uniform(rng));

/** The crossings of a run: straight on from a random approach as far as the road goes. */
function drawRun(rng: Rng, network: Network, t: number): Preemption[] {
  const at = Math.floor(uniform(rng) * network.approaches.length);
  return runFrom(rng, network, { at, t, crossings: wholeBetween(rng, greenWaves.crossings) });
}
export interface Run {
  /** Index of the approach on which it comes. */
  readonly at: number;
  readonly t: number;
  readonly crossings: number;
}
export function runFrom(rng: Rng, { approaches }: Network, { at: first, t, crossings }: Run): Preemption[] {
  const run: Preemption[] = [];
  let at = first;
  let when = t;
  for (let left = crossings; left > 0; left--) {
    const approach = approaches[at];
    if (approach === undefined) break;
    run.push({ t: when, crossing: approach.crossing, main: approach.main, seconds: wholeBetween(rng, greenWaves.seconds) });
    at = approach.ahead[0];
    when = wholeSecond(when + ((approaches[at]?.metres ?? 0) / greenWaves.metresPerSecond) * secondMs);
  }
  return run;
}

/** The preemptions that begin in the step that ends at t, in order. */
export function takePreemptions(state: Emergencies, network: Network, t: number): Preemption[] {
  while (state.next <= t) {
    state.ahead.push(...drawRun(state.rng, network, state.next));
    state.next = nextRun(state.rng, network.crossings.length, state.next);
  }
  if (state.ahead.length === 0) return [];
  const due = state.ahead.filter((one) => one.t <= t).sort((a, b) => a.t - b.t);
  if (due.length > 0) state.ahead = state.ahead.filter((one) => one.t > t);
  return due;
}

/** Share of green of a road during the minute of a preemption. */
export const preemptedGreen = (green: number, own: boolean, seconds: number): number =>
  own ? green + (1 - green) * Math.min(1, seconds / 60) : green * (1 - Math.min(1, seconds / 60));

export const toHappening = ({ t, crossing, seconds }: Preemption, network: Network): Happening<"traffic"> => ({
  t,
  device: network.crossings[crossing]?.signal ?? "",
  event: "preempt",
  x: { seconds },
});
