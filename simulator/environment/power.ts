import { createRng, lognormal, type Rng, uniform } from "../random.ts";

/** Plain data: the instant (epoch ms) until which each district is without mains, 0 = has it. */
export type PowerState = { readonly rng: Rng; readonly districts: readonly string[]; readonly until: number[] };

/** Short cuts of a feeder that serves a part of a district: a few a year, the likelier the heavier it rains. */
const cutsPerYear = 2;
const minutesPerYear = 525_960;
const medianMinutes = 14;
/** Cuts are ten times as likely per 20 mm/h: lightning, wet insulators, trees. */
const stormFactor = 0.45;

const none: ReadonlySet<string> = new Set();

export const initPower = (seed: number, districts: readonly string[]): PowerState => ({
  rng: createRng(seed, "power"),
  districts,
  until: districts.map(() => 0),
});

/** Once per city minute; returns the districts without mains. */
export function stepPower(state: PowerState, rainMean: number, t: number): ReadonlySet<string> {
  const chance = (cutsPerYear / minutesPerYear) * (1 + stormFactor * rainMean);
  let dark: Set<string> | undefined;
  for (let k = 0; k < state.districts.length; k++) {
    const until = state.until[k] ?? 0;
    if (t >= until && uniform(state.rng) < chance) state.until[k] = t + Math.ceil(Math.min(180, lognormal(state.rng, medianMinutes, 0.8))) * 60_000;
    if (t < (state.until[k] ?? 0)) {
      dark ??= new Set();
      dark.add(state.districts[k] ?? "");
    }
  }
  return dark ?? none;
}
