import type { Catchment } from "./basin.ts";
import { bridges } from "./parameters.ts";
import { discharge, level, type Rating } from "./rating.ts";
import { type Reach, route } from "./routing.ts";

const stepSeconds = 60;
/** Whatever is smaller has gone, m3/s and m. */
const nothing = { flow: 0.005, level: 0.002 } as const;

/** What incidents add to the natural flow or keep from it. Routing is linear, so that both run side by side and add up. Plain data. */
export interface Disturbance {
  readonly reaches: readonly Reach[];
  /** m3/s past each gauge, over the natural flow or (negative) under it. */
  readonly flows: number[];
  /** Level of what is held behind a blocked opening, m over gauge zero; `null` = nothing is. */
  readonly ponds: (number | null)[];
}
interface Bridge {
  readonly rating: Rating;
  readonly bankfull: number;
}
/** What acts on the water in one minute, by gauge: natural flow, what comes in above it, blocked share of its opening. */
export interface Forces {
  readonly natural: readonly number[];
  readonly inflow: readonly number[];
  readonly blocked: readonly number[];
}

export const undisturbed = (catchments: readonly Catchment[]): Disturbance => ({
  reaches: catchments.map(({ reach }) => ({ ...reach, inflow: reach.inflow.map(() => 0), outflow: reach.outflow.map(() => 0) })),
  flows: catchments.map(() => 0),
  ponds: catchments.map(() => null),
});

/** One minute, from the first gauge to the last. Changes `disturbance`. */
export function stepDisturbance({ reaches, flows, ponds }: Disturbance, bridges: readonly Bridge[], { natural, inflow, blocked }: Forces): void {
  let flow = 0;
  reaches.forEach((reach, k) => {
    flow = route(reach, flow, inflow[k] ?? 0);
    const [bridge, own = 0, shut = 0, pond = null] = [bridges[k], natural[k], blocked[k], ponds[k]];
    if (bridge !== undefined && (shut > 0 || pond !== null)) {
      const into = Math.max(0, own + flow);
      const held = holdBack(bridge, { from: pond ?? level(bridge.rating, into), into, blocked: shut });
      flow = held.passed - own;
      ponds[k] = shut === 0 && held.level - level(bridge.rating, into) < nothing.level ? null : held.level;
    }
    flows[k] = flow;
  });
}

/** The last of it has run off. */
export const hasGone = ({ reaches, ponds }: Disturbance): boolean =>
  ponds.every((pond) => pond === null) && reaches.every(({ outflow }) => outflow.every((flow) => Math.abs(flow) < nothing.flow));

/**
 * A minute behind a blocked opening: dh/dt = (in - out) / surface. What is left of the opening passes its share of the rating, and above the top of the bank
 * water goes over the deck as over a weir. Steps of some seconds: a pond at flood level empties with a time constant of a minute or two.
 */
function holdBack({ rating, bankfull }: Bridge, { from, into, blocked }: { from: number; into: number; blocked: number }) {
  const seconds = stepSeconds / bridges.substeps;
  let at = from;
  let passed = 0;
  for (let n = 0; n < bridges.substeps; n++) {
    const over = Math.max(0, at - bankfull);
    const out = (1 - blocked) * discharge(rating, at) + (blocked > 0 ? bridges.weir * over * Math.sqrt(over) : 0);
    at = Math.max(rating.h0, at + ((into - out) * seconds) / bridges.surface);
    passed += out / bridges.substeps;
  }
  return { level: at, passed };
}
