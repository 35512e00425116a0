import { rainSeasonOf } from "../../environment/climate.ts";
import { effluentDay, stores } from "./parameters.ts";

/** Water that comes late, mm over the sub-catchment. */
export interface Stores {
  /** Sewers, detention basins and soil, which pass it on to `slow`: most of a day. */
  detained: number;
  /** Drains and shallow ground: days. */
  slow: number;
  /** Groundwater: weeks. */
  ground: number;
}
const daysPerMonth = 30.44;

/**
 * Groundwater, and beside it two reservoirs in a row: takes in mm, gives back mm of this step. Changes `held`; in = out + what stays. Basins and groundwater are
 * linear; what has passed the basins flows as the square of its store (dS/dt = -S^2/c, solved exactly), fast from a full one and slowly from the last of
 * it, as recessions do (Brutsaert and Nieber, 1977).
 */
export function stepStores(held: Stores, inflow: { readonly late: number; readonly ground: number }, hours: number): number {
  held.detained += inflow.late;
  const passed = held.detained * (1 - Math.exp(-hours / stores.detainedHours));
  held.detained -= passed;
  held.slow += passed;
  held.ground += inflow.ground;
  const slow = held.slow - held.slow / (1 + (held.slow * hours) / stores.slowCurve);
  const ground = held.ground * (1 - Math.exp(-hours / stores.groundHours));
  held.slow -= slow;
  held.ground -= ground;
  return slow + ground;
}

/** Mean rain of a month, mm/h. */
const meanRain = (month: number): number => {
  const { depth, spellsPerHour } = rainSeasonOf(month);
  return depth * spellsPerHour;
};

/** Groundwater that years of average weather leave in the middle of a month, mm over a sub-catchment of which `paved` takes in nothing. */
export function seasonalGround(month: number, paved: number): number {
  const keep = Math.exp((-daysPerMonth * 24) / stores.groundHours);
  let ground = 0;
  // Two years back are forgotten to e^-18.
  for (let back = 24; back >= 0; back--) {
    const recharge = stores.recharge * stores.kept * (1 - paved) * meanRain(((month - 1 - back + 240) % 12) + 1);
    const rest = recharge * stores.groundHours;
    ground = rest + (ground - rest) * (back === 0 ? Math.sqrt(keep) : keep);
  }
  return ground;
}

/** Contents of the basins and of the slow store that give back what an average hour of the month brings, mm. */
export const seasonalDetained = (month: number): number => stores.detainedHours * stores.late * meanRain(month);
export const seasonalSlow = (month: number): number => Math.sqrt(stores.slowCurve * stores.late * meanRain(month));

/** Return flow of the treatment plants over its mean, by local hour. */
export function effluentFactor(hour: number): number {
  const turn = (2 * Math.PI) / 24;
  return (
    1 +
    effluentDay.first * Math.cos(turn * (hour - effluentDay.firstPeak)) +
    effluentDay.second * Math.cos(2 * turn * (hour - effluentDay.secondPeak))
  );
}
