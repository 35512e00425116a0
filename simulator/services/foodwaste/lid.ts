import { crowdAt, type Environment } from "../../environment/environment.ts";
import type { Happening } from "../../model.ts";
import { exponential, uniform } from "../../random.ts";
import { hourAt, hourMs, secondMs, wholeSecond } from "../day-clock.ts";
import { pseudonym } from "../pseudonym.ts";
import { depositRate, dropGrams, fee, peakOverMean } from "./deposits.ts";
import { deposits, visit } from "./parameters.ts";
import { load, type Unit, type WasteState } from "./state.ts";

/** A person comes (or turns out not to: thinning), or the lid closes and the scale weighs. Returns the next instant. */
export function atTheLid(state: WasteState, unit: Unit, env: Environment, t: number, out: Happening<"foodwaste">[]): number {
  if (unit.dropping > 0) return weigh(state, unit, env, t, out);
  if (!comes(unit, env, t)) return nextPerson(unit, t);
  if (unit.locked) return turnAway(unit, t);
  unit.lidOpened = t;
  unit.dropping = dropGrams(unit.rng, env);
  unit.household = Math.floor(uniform(unit.rng) * unit.households);
  unit.lidCloses = t + Math.round(visit.lidSeconds[0] + (visit.lidSeconds[1] - visit.lidSeconds[0]) * uniform(unit.rng)) * secondMs;
  return unit.lidCloses;
}

/** One who was turned away and has come back, one of a crowd, or a candidate of the thinned process. */
function comes(unit: Unit, env: Environment, t: number): boolean {
  for (const expected of [unit.back, unit.crowd]) {
    if ((expected[0] ?? t + 1) > t) continue;
    expected.shift();
    return true;
  }
  return uniform(unit.rng) * peakRate(unit) < depositRate(unit.households, env, hourAt(env, t)) * crowdAt(env, unit.district);
}

function turnAway(unit: Unit, t: number): number {
  if (uniform(unit.rng) < visit.comesBack && unit.back.length < visit.backMost) {
    unit.back.push(t + minutesIn(unit, visit.backMinutes));
    unit.back.sort((a, b) => a - b);
  }
  return nextPerson(unit, t);
}
/** Whole seconds of so many minutes, in ms. */
export const minutesIn = (unit: Unit, [least, most]: readonly [number, number]): number =>
  Math.round(60 * (least + (most - least) * uniform(unit.rng))) * secondMs;

function weigh(state: WasteState, unit: Unit, env: Environment, t: number, out: Happening<"foodwaste">[]): number {
  const grams = unit.dropping;
  unit.dropping = 0;
  load(unit, unit.net + grams, t);
  // The bill is monthly: so is the token.
  const token = pseudonym(state.seed, `month ${env.month}`, `${unit.id} ${unit.household}`);
  const x = { token, net: grams / 1000, fee: fee(grams, unit.rate) };
  out.push({ t, device: unit.id, event: "deposit", x, report: [unit.id] });
  return nextPerson(unit, t);
}

const peakRate = (unit: Unit): number => ((deposits.perHouseholdDay * unit.households) / 24) * peakOverMean;
/** A candidate of the thinned process, or who is expected, at least 20 s after the lid closed. */
export function nextPerson(unit: Unit, t: number): number {
  const candidate = wholeSecond(t + 20 * secondMs + exponential(unit.rng, hourMs / peakRate(unit)));
  return Math.max(t + 20 * secondMs, Math.min(candidate, unit.back[0] ?? candidate, unit.crowd[0] ?? candidate));
}
