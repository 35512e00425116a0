import type { SignalTiming } from "../../../../../../shared/signal-advice.ts";

export type Road = "main" | "cross";
export const roads = ["main", "cross"] as const;

/** Green of a road within its cycle, s from the street's common zero; it may run over the cycle's end. Cross green begins half of the lost time after main green ends. */
export function greenOf({ cycle, main, cross, offset }: SignalTiming, road: Road): { readonly from: number; readonly seconds: number } {
  const change = Math.max(0, (cycle - main - cross) / 2);
  return road === "main" ? { from: offset, seconds: main } : { from: offset + main + change, seconds: cross };
}

const rest = (seconds: number, cycle: number): number => ((seconds % cycle) + cycle) % cycle;

export interface Phase {
  /** The road that has green; undefined = all red, between two greens. */
  readonly road: Road | undefined;
  /** Since it began, and until it ends, s. */
  readonly since: number;
  readonly left: number;
}

/**
 * The phase that a timing has at a second of the local day, if the common zero is midnight, as coordinated controllers count it (NTCIP 1202, system
 * sync). The wire carries the timing and not the phase: it is reckoned, and drawn as that.
 */
export function phaseAt(timing: SignalTiming, secondOfDay: number): Phase {
  for (const road of roads) {
    const { from, seconds } = greenOf(timing, road);
    const since = rest(secondOfDay - from, timing.cycle);
    if (since < seconds) return { road, since, left: seconds - since };
  }
  const waits = roads.map((road) => rest(greenOf(timing, road).from - secondOfDay, timing.cycle));
  const ends = roads.map((road) => rest(secondOfDay - greenOf(timing, road).from - greenOf(timing, road).seconds, timing.cycle));
  return { road: undefined, since: Math.min(...ends), left: Math.min(...waits) };
}
