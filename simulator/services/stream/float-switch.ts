import type { Wanted } from "./gate.ts";
import { gates } from "./parameters.ts";

/** What the float says, and since when the water has been low enough to reopen (0 = it is not). */
export interface Float {
  readonly wanted: Wanted;
  readonly low: number;
}

/** Water and sill in the same height, m. Closes at once, reopens after the water has stayed low for a while. */
export function readFloat(float: Float, water: number, sill: number, t: number): Float {
  const trip = sill - gates.margin;
  if (float.wanted === "open") return water >= trip ? { wanted: "closed", low: 0 } : float;
  if (water >= trip - gates.lower) return float.low === 0 ? float : { wanted: "closed", low: 0 };
  if (float.low === 0) return { wanted: "closed", low: t };
  return t - float.low >= gates.dryMinutes * 60_000 ? { wanted: "open", low: 0 } : float;
}
