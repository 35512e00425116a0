import type { Environment } from "../environment.ts";
import { type Bend, clamp, type MakeBend, ramp } from "./bend.ts";

/** An air mass comes within hours. */
const arrivalMs = 3 * 3_600_000;

const warmth = (degrees: number, onset: number): Bend => ({
  bend(env: Environment) {
    const more = degrees * ramp(env.t - onset + 60_000, arrivalMs);
    // The same vapour is about 3 % relative humidity less per degree.
    return { ...env, temp: env.temp + more, humidity: clamp(env.humidity - 3 * more, 12, 100) };
  },
  felt: (ordinary, bent) => Math.abs(bent.temp - ordinary.temp) > 0.5,
});

export const heatWave: MakeBend = ({ args, t }) => warmth(Number(args.above), t);
export const coldSnap: MakeBend = ({ args, t }) => warmth(-Number(args.below), t);
