import type { SignalTiming } from "../../shared/signal-advice.ts";
import { fitOf, travelTime, type Wave } from "./offsets.ts";
import type { Running } from "./running.ts";

/** Progression factor of a coordinated plan as its designers left it, and of a street that nobody coordinates (HCM 6th, arrival types 4-5 and 3) [assumption]. */
const designed = 0.64;
const uncoordinated = 1;
/** What a platoon that meets green by one more (fit -1 .. 1) takes away of it, and HCM's bounds [assumption]. */
const gain = 0.36;
const bounds = [0.35, 1.4] as const;

const alone = new Set(["night", "flash"]);

/** Progression factor of a link with these timings at its ends, held against the design of the hour. */
export function progressionOn(wave: Wave, up: Running, down: Running, timings: { readonly up: SignalTiming; readonly down: SignalTiming }): number {
  const travel = travelTime(wave);
  const isAlone = alone.has(up.designPlan) || alone.has(down.designPlan);
  const usual = isAlone ? uncoordinated : designed;
  const reference = isAlone ? 0 : fitOf(up.design, down.design, travel);
  const now = isAlone && up.plan !== "manual" && timings.down === down.timing ? 0 : fitOf(timings.up, timings.down, travel);
  return Math.min(bounds[1], Math.max(bounds[0], usual - gain * (now - reference)));
}
