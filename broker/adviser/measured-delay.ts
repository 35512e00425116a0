import type { Demand } from "./counts.ts";
import type { Crossing } from "./crossings.ts";

/** Mean seconds that vehicles took longer than when nobody waits (free speeds in km/h by approach); null where lengths or speeds are not known. */
export function measuredDelay(
  { approaches }: Crossing,
  demands: ReadonlyMap<string, Demand | undefined>,
  free: Readonly<Record<string, number>>,
): number | null {
  let vehicles = 0;
  let waited = 0;
  for (const { device, metres } of approaches) {
    const { flow = 0, speed } = demands.get(device) ?? {};
    const best = free[device];
    if (metres === undefined || speed === undefined || best === undefined || best <= 0) return null;
    vehicles += flow;
    waited += flow * Math.max(0, (3.6 * metres) / speed - (3.6 * metres) / best);
  }
  return vehicles > 0 ? waited / vehicles : null;
}
