import type { BentEnvironment } from "./bent-environment.ts";
import type { Environment, EnvironmentModel, EnvironmentState } from "./environment.ts";

/** The environment as it would be without injections, as plain data. */
export type SavedWeather = Omit<Environment, "powerCut"> & { readonly powerCut: readonly string[] };

/** What all models share, now: ordinary, and bent by what is injected. */
export interface Sky {
  now(): Environment;
  /** Once per city minute; `ordinary` hears what it would be. */
  step(t: number, ordinary: (environment: Environment) => void): void;
  /** Something has begun or ended. */
  bend(bent: Pick<BentEnvironment, "over">): void;
  snapshot(): { readonly environment: EnvironmentState; readonly weather: SavedWeather };
}
export interface SkyParts {
  readonly environment: EnvironmentModel;
  readonly seed: number;
  readonly start: number;
  readonly districts: readonly string[];
  readonly catchments: number;
}

export function createSky({ environment, ...place }: SkyParts, saved: { environment?: EnvironmentState; weather?: SavedWeather }): Sky {
  const state = saved.environment ?? environment.init(place);
  let ordinary: Environment =
    saved.weather === undefined ? environment.step(state, place.start) : { ...saved.weather, powerCut: new Set(saved.weather.powerCut) };
  let bent: Pick<BentEnvironment, "over"> = { over: (environment) => environment };
  let weather = ordinary;
  return {
    now: () => weather,
    step(t, told) {
      ordinary = environment.step(state, t);
      told(ordinary);
      weather = bent.over(ordinary);
    },
    bend(by) {
      bent = by;
      weather = bent.over(ordinary);
    },
    snapshot: () => ({ environment: state, weather: { ...ordinary, powerCut: [...ordinary.powerCut].sort() } }),
  };
}
