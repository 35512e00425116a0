import type { EnvironmentKindId } from "../../../shared/scenario/environment-kinds.ts";
import type { MakeBend } from "./bend.ts";
import { festival } from "./festival.ts";
import { powerCut } from "./power-cut.ts";
import { storm } from "./storm.ts";
import { coldSnap, heatWave } from "./warmth.ts";

/** One for every kind of the list: the compiler says so. */
export const bends: { readonly [Kind in EnvironmentKindId]: MakeBend } = {
  storm,
  "heat-wave": heatWave,
  "cold-snap": coldSnap,
  "power-cut": powerCut,
  festival,
};
