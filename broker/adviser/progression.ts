import type { SignalTiming } from "../../shared/signal-advice.ts";
import { fitOf, type Wave } from "./offsets.ts";

/** Progression factor of a coordinated plan as its designers left it, and of a street that nobody coordinates (HCM 6th, arrival types 4-5 and 3) [assumption]. */
const designed = 0.64;
const uncoordinated = 1;
/** What a platoon that meets green by one more (fit -1 .. 1) takes away of it, and HCM's bounds [assumption]. */
const gain = 0.36;
const bounds = [0.35, 1.4] as const;

export interface Ends {
  readonly up: SignalTiming;
  readonly down: SignalTiming;
}
/**
 * Progression factor of a link. Platoons keep step where both ends have one cycle, or the cycles that their plan of the hour was tuned to; otherwise they
 * come at any time. @param design undefined: at this hour nobody coordinates.
 */
export function progressionOn(wave: Wave, now: Ends, design: Ends | undefined): number {
  const tuned = design !== undefined && now.up.cycle === design.up.cycle && now.down.cycle === design.down.cycle;
  const inStep = now.up.cycle === now.down.cycle || tuned;
  const usual = design === undefined ? uncoordinated : designed;
  const reference = design === undefined ? 0 : fitOf(design.up, design.down, wave);
  return Math.min(bounds[1], Math.max(bounds[0], usual - gain * ((inStep ? fitOf(now.up, now.down, wave) : 0) - reference)));
}
