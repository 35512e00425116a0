import type { Wanted } from "./gate.ts";
import { gates } from "./parameters.ts";

/** What the float says, and since when the water has been low enough to reopen (0 = it is not). */
export interface Float {
  readonly wanted: Wanted;
  readonly low: number;
}

/** The water lifts the float; water and sill in the same height, m. */
export const isRaised = (water: number, sill: number): boolean => water >= sill - gates.margin;

/** Water and sill in the same height, m. Closes at once, reopens after the water has stayed low for a while. */
export function readFloat(float: Float, water: number, sill: number, t: number): Float {
  if (float.wanted === "open") return isRaised(water, sill) ? { wanted: "closed", low: 0 } : float;
  if (water >= sill - gates.margin - gates.lower) return float.low === 0 ? float : { wanted: "closed", low: 0 };
  if (float.low === 0) return { wanted: "closed", low: t };
  return t - float.low >= gates.dryMinutes * 60_000 ? { wanted: "open", low: 0 } : float;
}
