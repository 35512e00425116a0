import type { Timing } from "./best-timing.ts";
import type { Link } from "./corridors.ts";

/** A platoon drives at this share of the speed of a free road [assumption]. */
const platoonSpeed = 0.85;

export interface Wave extends Link {
  /** km/h when nobody waits. */
  readonly freeSpeed: number;
  /** veh/h. */
  readonly flow: number;
}
export const travelTime = ({ metres, freeSpeed }: Pick<Wave, "metres" | "freeSpeed">): number => (3.6 * metres) / (platoonSpeed * freeSpeed);

/** -1 .. 1: the middle of the platoon meets the middle of green, by the cycle of the signal that it comes to (plans of a street differ by little). */
export function fitOf(up: Timing & { readonly offset: number }, down: Timing & { readonly offset: number }, travel: number): number {
  const miss = up.offset + up.main / 2 + travel - (down.offset + down.main / 2);
  return Math.cos((2 * Math.PI * miss) / down.cycle);
}

/**
 * Offsets of least stops along a corridor of one cycle: along a tree of links each next signal is set so that the platoons of both directions, weighted
 * by their vehicles, meet green as well as they can. Whole seconds.
 */
export function offsetsFor(signals: readonly string[], timings: ReadonlyMap<string, Timing>, waves: readonly Wave[]): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  for (const first of signals) {
    if (offsets.has(first)) continue;
    offsets.set(first, 0);
    const open = [first];
    for (let here = open.shift(); here !== undefined; here = open.shift())
      for (const next of neighbours(here, waves)) {
        if (offsets.has(next)) continue;
        const timing = timings.get(next);
        if (timing === undefined) continue;
        offsets.set(next, bestOffset(next, timing, offsets, timings, waves));
        open.push(next);
      }
  }
  return offsets;
}

const neighbours = (signal: string, waves: readonly Wave[]): string[] =>
  [...new Set(waves.flatMap(({ from, to }) => (from === signal ? [to] : to === signal ? [from] : [])))].sort();

/** All signals here have one cycle, so the worth of an offset is one cosine: its top is where the sum of its waves points. */
function bestOffset(
  signal: string,
  timing: Timing,
  offsets: ReadonlyMap<string, number>,
  timings: ReadonlyMap<string, Timing>,
  waves: readonly Wave[],
): number {
  const turn = (2 * Math.PI) / timing.cycle;
  let [east, north] = [0, 0];
  for (const wave of waves) {
    const comes = wave.to === signal;
    const other = comes ? wave.from : wave.from === signal ? wave.to : undefined;
    const [there, at] = other === undefined ? [] : [timings.get(other), offsets.get(other)];
    if (there === undefined || at === undefined) continue;
    const middle = at + there.main / 2;
    const wanted = (comes ? middle + travelTime(wave) : middle - travelTime(wave)) - timing.main / 2;
    east += wave.flow * Math.cos(turn * wanted);
    north += wave.flow * Math.sin(turn * wanted);
  }
  const best = Math.round(Math.atan2(north, east) / turn);
  return ((best % timing.cycle) + timing.cycle) % timing.cycle;
}
