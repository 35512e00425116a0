import { type MakeBend, ramp } from "./bend.ts";

/** People come, and go when it ends, within so long. */
const arrivalMs = 3_600_000;

export const festival: MakeBend = ({ targets, args, t, lasts }) => ({
  bend(env) {
    const coming = ramp(env.t - t + 60_000, arrivalMs);
    const leaving = lasts === null ? 1 : ramp(t + lasts * 1000 - env.t, arrivalMs);
    const crowd = 1 + (Number(args.crowd) - 1) * Math.min(coming, leaving);
    const crowds = { ...env.crowds };
    for (const district of targets) crowds[district] = Math.max(crowds[district] ?? 1, crowd);
    return { ...env, crowds };
  },
  felt: (ordinary, bent) => Object.entries(bent.crowds).some(([district, crowd]) => crowd > (ordinary.crowds[district] ?? 1) + 0.1),
});
