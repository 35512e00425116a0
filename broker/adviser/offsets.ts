import type { SignalTiming } from "../../shared/signal-advice.ts";
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
const travelTime = ({ metres, freeSpeed }: Pick<Wave, "metres" | "freeSpeed">): number => (3.6 * metres) / (platoonSpeed * freeSpeed);

/** Middle of the green in which the platoon leaves, s after the signal's offset. */
const leaves = ({ cycle, main, cross }: Timing, mainThere: boolean): number => (mainThere ? main / 2 : main + (cycle - main - cross) / 2 + cross / 2);

/** -1 .. 1: the middle of the platoon meets the middle of green, by the cycle of the signal that it comes to. */
export function fitOf(up: SignalTiming, down: SignalTiming, wave: Pick<Wave, "metres" | "freeSpeed" | "mainThere">): number {
  const miss = up.offset + leaves(up, wave.mainThere) + travelTime(wave) - (down.offset + down.main / 2);
  return Math.cos((2 * Math.PI * miss) / down.cycle);
}

/**
 * Offsets of least stops along a corridor: along its tree of links each next signal is set so that the platoons of both directions, weighted by their
 * vehicles, meet green as well as they can. Whole seconds.
 */
export function offsetsFor(signals: readonly string[], timings: ReadonlyMap<string, Timing>, waves: readonly Wave[]): ReadonlyMap<string, number> {
  const set = new Map<string, SignalTiming>();
  const around = wavesAround(waves);
  for (const first of signals) {
    const open = [first];
    for (let here = open.shift(); here !== undefined; here = open.shift()) {
      const timing = timings.get(here);
      if (timing === undefined || set.has(here)) continue;
      const own = around.get(here) ?? [];
      set.set(here, { ...timing, offset: bestOffset(here, timing, own, set) });
      open.push(...own.map(({ from, to }) => (from === here ? to : from)));
    }
  }
  return new Map([...set].map(([signal, { offset }]) => [signal, offset]));
}

function wavesAround(waves: readonly Wave[]): ReadonlyMap<string, readonly Wave[]> {
  const around = new Map<string, Wave[]>();
  for (const wave of waves)
    for (const end of [wave.from, wave.to]) {
      const own = around.get(end);
      if (own === undefined) around.set(end, [wave]);
      else own.push(wave);
    }
  return around;
}

/** Each neighbour that has its offset pulls with one cosine in the cycle of whoever the platoon comes to; the best of all whole seconds. */
function bestOffset(signal: string, timing: Timing, waves: readonly Wave[], set: ReadonlyMap<string, SignalTiming>): number {
  const pulls = waves.flatMap((wave) => {
    const comes = wave.to === signal;
    const there = set.get(comes ? wave.from : wave.to);
    if (there === undefined) return [];
    const wanted = comes
      ? there.offset + leaves(there, wave.mainThere) + travelTime(wave) - timing.main / 2
      : there.offset + there.main / 2 - travelTime(wave) - leaves(timing, wave.mainThere);
    return [{ flow: wave.flow, wanted, turn: (2 * Math.PI) / (comes ? timing.cycle : there.cycle) }];
  });
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let offset = 0; offset < timing.cycle; offset++) {
    let worth = 0;
    for (const { flow, wanted, turn } of pulls) worth += flow * Math.cos(turn * (wanted - offset));
    if (worth <= most + 1e-9) continue;
    most = worth;
    best = offset;
  }
  return best;
}
