import { evzone } from "./evzone.ts";
import { foodwaste } from "./foodwaste.ts";
import { ucare } from "./ucare.ts";

/** How each service behaves, by id of the catalogue. */
export const models = { evzone, ucare, foodwaste };
