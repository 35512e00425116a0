import { evzone } from "./evzone.ts";
import { foodwaste } from "./foodwaste.ts";
import { manure } from "./manure.ts";
import { stream } from "./stream.ts";
import { traffic } from "./traffic.ts";
import { ucare } from "./ucare.ts";

/** How each service behaves, by id of the catalogue. */
export const models = { traffic, stream, evzone, ucare, foodwaste, manure };
