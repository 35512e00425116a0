import { environmentKinds } from "../../../shared/scenario/environment-kinds.ts";
import { chanceOf } from "../../chance-of.ts";
import type { ActiveInjection } from "../../injections/active-injection.ts";
import { createRng, lognormal } from "../../random.ts";
import { intensity, profileAround, type Storm } from "../storm.ts";
import { type BendParts, clamp, type MakeBend } from "./bend.ts";

/** A front of 36 km/h needs 5 minutes for a sub-catchment of 3 km. */
const paceMs = 300_000;
/** Sub-catchments differ as in the ordinary weather's storms, by half as much: the depth was asked for. */
const depthSigma = 0.12;

function stormOf({ id, t, lasts, args }: ActiveInjection["injection"], { seed, catchments }: BendParts): Storm {
  const rng = createRng(seed, `injection:${chanceOf(id)}`);
  const lags = Array.from({ length: catchments }, (_, k) => k * paceMs);
  const drawn = lags.map(() => lognormal(rng, 1, depthSigma));
  const mean = drawn.reduce((sum, one) => sum + one, 0) / catchments;
  return {
    start: t,
    // over everywhere when it is over
    duration: Math.max(paceMs, (lasts ?? environmentKinds.storm.lasts) * 1000 - Math.max(0, ...lags)),
    profile: profileAround(Number(args.peak) / 100, rng),
    depths: drawn.map((one) => (one / mean) * Number(args.depth)),
    lags,
  };
}

/** The ordinary weather with one storm more: the rain of whichever is heavier, and the air that comes with it. */
export const storm: MakeBend = (injection, parts) => {
  const rains = stormOf(injection, parts);
  return {
    bend(env) {
      const rain = env.rain.map((mm, k) => Math.max(mm, intensity(rains, k, env.t)));
      const rainMean = rain.reduce((sum, mm) => sum + mm, 0) / Math.max(1, rain.length);
      // as in the ordinary weather: 2 degrees cooler, 30 % moister and half as light when it has rained for a while
      const wet = rainMean > env.rainMean ? 1 - Math.exp(-(env.t - rains.start) / 5_400_000) : 0;
      return {
        ...env,
        rain,
        rainMean,
        temp: env.temp - 2 * wet,
        humidity: clamp(env.humidity + 30 * wet, 12, 100),
        daylight: env.daylight * (1 - 0.55 * wet),
      };
    },
    felt: (ordinary, bent) => bent.rain.some((mm, k) => mm > (ordinary.rain[k] ?? 0) + 0.5),
  };
};
