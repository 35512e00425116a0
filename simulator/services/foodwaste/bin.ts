import type { Environment } from "../../environment/environment.ts";
import { hourMs } from "../day-clock.ts";
import { cell, warmth } from "./parameters.ts";

/** Temperature that the bin strives for: air, sun on the housing, and fermentation that doubles every 10 K (Q10 = 2). */
export function restTemperature(env: Environment, fill: number, temp: number): number {
  const rising = Math.exp((Math.LN2 * (temp - 20)) / 10);
  const ferment = Math.min(warmth.fermentMax, warmth.ferment * Math.min(1, fill) * rising);
  return env.temp + warmth.sun * env.daylight + ferment;
}

/** One step of first-order warming. */
export const warm = (temp: number, rest: number, hours: number): number => temp + (rest - temp) * (1 - Math.exp(-hours / warmth.tauHours));

/** One step of a fire that strives for `heat`. */
export const burn = (temp: number, heat: number, hours: number): number => temp + (heat - temp) * (1 - Math.exp(-hours / warmth.fireHours));

/** What the load cell shows beyond the load, kg: creep under load since the last tare, and drift of the zero with temperature. */
export function cellError(load: number, since: number, temp: number, tareTemp: number): number {
  return cell.creep * load * (1 - Math.exp(-since / hourMs / cell.creepHours)) + cell.drift * (temp - tareTemp);
}
