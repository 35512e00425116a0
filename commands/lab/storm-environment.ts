import type { Environment, EnvironmentModel } from "../../simulator/environment/environment.ts";
import { intensity, type Storm } from "../../simulator/environment/storm.ts";

/** The ordinary weather with one storm more: the rain of whichever is heavier. */
export const withStorm = (ordinary: EnvironmentModel, storm: Storm): EnvironmentModel => ({
  init: ordinary.init,
  step(state, t) {
    const env = ordinary.step(state, t);
    const rain = env.rain.map((mm, k) => Math.max(mm, intensity(storm, k, t)));
    const rainMean = rain.reduce((sum, mm) => sum + mm, 0) / Math.max(1, rain.length);
    return { ...env, rain, rainMean } satisfies Environment;
  },
});
