import { qualities } from "../../shared/reading.ts";

/** From harmless to useless: a value that somebody entered, an estimate, an old one, one at the sensor's limit, a wrong one. */
const byHarm = ["good", "man", "est", "stale", "sat", "bad"] as const;

/** Harm of each quality, by its code in the packed column. */
export const harms: readonly number[] = qualities.map((quality) => byHarm.indexOf(quality));
export const qualityOfHarm = (harm: number): (typeof byHarm)[number] | undefined => (harm > 0 ? byHarm[harm] : undefined);
