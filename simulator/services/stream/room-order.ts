import { type Float, isRaised } from "./float-switch.ts";
import type { Wanted } from "./gate.ts";

/** What the room has ordered of a gate: `auto` = its float switch decides. */
export type GateOrder = "auto" | "open" | "closed";

/** The float may close a gate that the room has left open, and opens none that the room has closed: on site, safety wins. */
export function wantedOf(order: GateOrder, float: Float): Wanted {
  if (order === "closed") return "closed";
  return float.wanted;
}

/** Why a gate cannot be opened now; water and sill in the same height, m. */
export function whyNotOpen(water: number, sill: number): string | undefined {
  if (!isRaised(water, sill)) return undefined;
  const above = water - sill;
  const where = above >= 0 ? `${above.toFixed(2)} m above the path` : `${(-above).toFixed(2)} m below the path, and its float switch is raised`;
  return `the water stands ${where}`;
}
