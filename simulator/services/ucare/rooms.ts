import type { Environment } from "../../environment/environment.ts";
import { clearSwing } from "../../environment/weather.ts";
import { lognormal, normal, type Rng, uniform } from "../../random.ts";
import { climate, gas } from "./parameters.ts";

/** Habits of heating and cooling, Celsius. `cools` is false where summer is endured. */
export interface Comfort {
  readonly heat: number;
  readonly cool: number;
  readonly cools: boolean;
  /** Share of daylight that reaches the sensor. */
  readonly windows: number;
}
export const drawComfort = (rng: Rng): Comfort => ({
  heat: climate.heatMean + climate.heatSigma * normal(rng),
  cool: climate.coolMean + climate.coolSigma * normal(rng),
  cools: uniform(rng) < climate.coolShare,
  windows: lognormal(rng, 1, 0.4),
});

export interface Living {
  readonly asleep: boolean;
  readonly home: boolean;
  readonly powered: boolean;
}

/** First-order room: follows the outside slowly, and the thermostat quickly when it is on. Gas boilers and coolers need mains power. */
export function roomTemperature(temp: number, comfort: Comfort, env: Environment, living: Living, hours: number): number {
  const free = env.temp + climate.gain + climate.sunGain * env.daylight;
  const heat = comfort.heat - (living.asleep || !living.home ? climate.nightSetback : 0);
  let target = free;
  let tau: number = climate.tauHours;
  if (living.powered && free < heat && temp < heat) [target, tau] = [heat, climate.tauHeatedHours];
  else if (living.powered && comfort.cools && living.home && free > comfort.cool && temp > comfort.cool)
    [target, tau] = [comfort.cool, climate.tauHeatedHours];
  else if (free > comfort.cool && temp > comfort.cool) [target, tau] = [env.temp + openGain(comfort, env.daylight), climate.tauOpenHours];
  return towards(temp, target, hours / tau);
}

const openGain = ({ windows }: Comfort, daylight: number): number => climate.openGain + climate.openSunGain * windows * daylight;
/** A time constant of 6 h lets 0.54 of a day's swing through, 3.8 h late: 1 / sqrt(1 + (w tau)^2) and atan(w tau) / w. */
const open = { passes: 0.54, lateHours: 3.8 } as const;

/** Where a room stands in summer without cooling, on a day like the ones before. */
export const enduredTemperature = (comfort: Comfort, { temp, hour, daylight }: Environment): number =>
  temp - clearSwing(hour) + open.passes * clearSwing(hour - open.lateHours) + openGain(comfort, daylight / 2);

/** After `share` of a time constant. */
export const towards = (temp: number, target: number, share: number): number => temp + (target - temp) * (1 - Math.exp(-share));
/** What a room without heating cools to. */
export const coldTarget = ({ temp }: Pick<Environment, "temp">): number => temp + climate.gain;

/** Saturation vapour pressure over water, hPa (Magnus form, WMO-No. 8). */
const saturation = (temp: number): number => 6.112 * Math.exp((17.62 * temp) / (243.12 + temp));

/** Relative humidity inside: outdoor vapour at room temperature, and what living adds. */
export function roomHumidity(temp: number, env: Environment, cooking: boolean): number {
  const outside = (env.humidity * saturation(env.temp)) / saturation(temp);
  const inside = outside + climate.vapour + (cooking ? climate.vapourCooking : 0);
  return Math.max(12, Math.min(96, inside));
}

/** Lux at the sensor: daylight through the windows, and a lamp when it is dark and somebody is up. */
export const roomLight = (env: Environment, windows: number, lamp: number): number =>
  climate.daylightLux * windows * env.daylight + (env.daylight < 0.25 ? lamp : 0);

/** ppm after some minutes: what a burner or leak adds, less what the air takes away. */
export function gasLevel(ppm: number, source: { readonly burner: number; readonly leak: number }, minutes: number): number {
  const rest = gas.background + source.burner + source.leak * gas.tauMinutes * 3;
  const tau = source.leak > 0 ? gas.tauMinutes * 3 : gas.tauMinutes;
  return Math.min(48_000, ppm + (rest - ppm) * (1 - Math.exp(-minutes / tau)));
}
