import type { Approach, Network } from "./network.ts";
import { signals } from "./parameters.ts";
import { type DailyPlan, dailyPlans, type Plan, type Plans, type Timing } from "./signal-plan.ts";

type Link = Pick<Approach, "mainThere" | "travel">;

/**
 * How well a platoon meets green on a main road: the cosine of the phase by which its middle misses the middle of green; 1 = all of it comes in green, -1 = in red.
 * It leaves the last crossing in the main road's green, or in the other road's where the street is not the main one.
 */
export function greenFit(up: Timing, down: Timing, { mainThere, travel }: Link): number {
  const leaves = up.offset + (mainThere ? up.main / 2 : up.main + signals.lostSeconds / 2 + up.cross / 2);
  const green = down.offset + down.main / 2;
  return Math.cos((2 * Math.PI * (leaves + travel - green)) / down.cycle);
}

/**
 * Share of stops that coordination leaves (HCM's progression factor): that of the design where the fit is the design's, less where it is better, more where it
 * is worse. HCM lets it go from about 0.3 (arrival type 6) to above 1 (platoons that come in red).
 */
export function progression(now: number, design: number): number {
  const share = signals.progression - signals.progressionGain * (now - design);
  return Math.min(signals.progressionWorst, Math.max(signals.progressionBest, share));
}

/** The usual design for both directions of a street at once: next crossings begin their green together, or half a cycle apart, whichever fits better. */
export function withOffsets(network: Network, plans: readonly Readonly<Record<DailyPlan, Plan>>[]): Plans[] {
  const offsets = dailyPlans.map(
    (word) =>
      [
        word,
        offsetsOf(
          network,
          plans.map((one) => one[word]),
        ),
      ] as const,
  );
  return plans.map((one, k) => {
    const timed = offsets.map(([word, at]) => [word, { ...one[word], offset: at[k] ?? 0 }]);
    return Object.fromEntries(timed) as Record<DailyPlan, Timing>;
  });
}

function offsetsOf(network: Network, plans: readonly Plan[]): number[] {
  const timings: (Timing | undefined)[] = plans.map(() => undefined);
  const open: number[] = [];
  for (let first = 0; first < plans.length; first++) {
    if (timings[first] === undefined) open.push(first);
    for (let k = open.shift(); k !== undefined; k = open.shift()) {
      const plan = plans[k];
      if (plan === undefined || timings[k] !== undefined) continue;
      timings[k] = best(network, timings, k, plan);
      for (const { from, crossing } of network.approaches.filter(isCoordinated)) {
        if (from === k && timings[crossing] === undefined) open.push(crossing);
      }
    }
  }
  return timings.map((timing) => timing?.offset ?? 0);
}
const isCoordinated = ({ main, mainThere }: Approach): boolean => main && mainThere;

/** Together or half a cycle apart: what suits the neighbours that have their offsets already. */
function best(network: Network, timings: readonly (Timing | undefined)[], k: number, plan: Plan): Timing {
  const worth = (timing: Timing): number => {
    let sum = 0;
    for (const approach of network.approaches) {
      if (!isCoordinated(approach)) continue;
      const [from, to] = [timings[approach.from], timings[approach.crossing]];
      if (approach.crossing === k && from !== undefined) sum += greenFit(from, timing, approach);
      else if (approach.from === k && to !== undefined) sum += greenFit(timing, to, approach);
    }
    return sum;
  };
  const together = { ...plan, offset: 0 };
  const apart = { ...plan, offset: Math.round(plan.cycle / 2) };
  return worth(apart) > worth(together) ? apart : together;
}
