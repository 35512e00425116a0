import type { MakeBend } from "./bend.ts";

export const powerCut: MakeBend = ({ targets }) => ({
  bend: (env) => ({ ...env, powerCut: new Set([...env.powerCut, ...targets]) }),
  felt: (ordinary, bent) => bent.powerCut.size > ordinary.powerCut.size,
});
