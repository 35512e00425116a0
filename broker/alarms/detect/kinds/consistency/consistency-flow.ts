import type { ConsistencyCondition } from "../../../../../shared/alarm-rule.ts";
import { text } from "../../../../../shared/text.ts";
import type { Ask, Evaluator } from "../../evaluator.ts";
import { type Delayed, notYet, settle } from "../../known/delayed.ts";
import { asEvidence, heardNeighbours, type Neighbour } from "../../known/neighbours.ts";
import { aheadOf } from "../../known/places.ts";
import { labelOf } from "../../known/words.ts";

interface FlowState {
  readonly delayed: Delayed;
  /** What it usually counts (about the last hour, as long as it counts), and from how many readings that is known, up to a bound. */
  own: number;
  known: number;
}

/** Readings that the usual remembers. */
const memory = 50;
/** It must usually count this much: at 1.2 a minute a quarter of an hour without one comes once in 10^7 times by chance. */
const leastOwn = 1.2;
/** Neighbours must carry this much, in the metric's unit, or there is nothing to compare: a night is quiet everywhere. */
const leastFlow = 4;
/** So much of the time something stands on the detector: it sees vehicles, they only do not pass. */
const standing = 0.25;

/**
 * A count that is far below what its neighbours carry. Only they can tell a dead detector from an empty road: where the approach upstream on the same
 * street counts nothing either, the road is closed, and that is an event, not a fault.
 */
export function flowConsistency(condition: ConsistencyCondition<string>): Evaluator<FlowState> {
  const { metric, most, relative = false } = condition;
  const differs = (value: number, others: number): boolean => (relative ? value < (1 - most) * others : others - value > most);
  const meanOf = (neighbours: readonly Neighbour[]): number => neighbours.reduce((sum, one) => sum + one.value, 0) / Math.max(1, neighbours.length);

  /** The same road one crossing upstream counts nothing either. */
  function closed(ask: Ask, neighbours: readonly Neighbour[]): boolean {
    const ahead = aheadOf(ask.world.kin(ask.device), ask.device);
    const there = ahead && neighbours.find(({ id }) => id === ahead.id);
    return there !== undefined && there.value < 1;
  }
  function tell(ask: Ask, state: FlowState, value: number, neighbours: readonly Neighbour[]): void {
    const label = labelOf(ask.device.contract, metric);
    const [own, others] = [state.own.toFixed(1), meanOf(neighbours).toFixed(1)];
    ask.raise({
      metric,
      value,
      limit: Math.round(10 * (relative ? (1 - most) * meanOf(neighbours) : meanOf(neighbours) - most)) / 10,
      evidence: () => ({
        condition: text(
          `${label.ko} ${value} (평소 ${own}): 이웃 접근로는 평균 ${others}`,
          `${label.en} ${value} (usually ${own}): neighbours carry ${others} on average`,
        ),
        inputs: [{ device: ask.device.id, metric, t: ask.t, value }],
        baseline: null,
        neighbours: asEvidence(metric, neighbours, (one) => one.value < 1),
        verdict: {
          what: "sensor",
          because: text("같은 교차로와 같은 길의 이웃에는 차가 다닙니다", "vehicles pass at the same crossing and upstream on the same street"),
        },
      }),
    });
  }
  function odd(ask: Ask, value: number, neighbours: readonly Neighbour[]): boolean {
    const others = meanOf(neighbours);
    if (others < leastFlow || !differs(value, others)) return false;
    const occupied = ask.world.value(ask.device.id, "occ")?.value;
    return !(typeof occupied === "number" && occupied >= standing) && !closed(ask, neighbours);
  }
  return {
    begin: () => ({ delayed: notYet(), own: 0, known: 0 }),
    doubts: ({ delayed }) => (delayed.on ? [metric] : []),
    reading(state, ask, m) {
      const value = m[metric];
      if (typeof value !== "number") return;
      const quiet = value < leastOwn;
      if (!quiet || !state.delayed.holds) {
        state.own += (value - state.own) / (state.known + 1);
        if (state.known < memory) state.known += 1;
      }
      // a detector that counts, or counts little at this hour, is not doubted: neighbours are asked only when a busy one does not
      if (!state.delayed.on && !state.delayed.holds && (!quiet || state.own < leastOwn || state.known < memory)) return;
      const neighbours = heardNeighbours(ask, metric);
      const change = settle(state.delayed, ask.t, condition, odd(ask, value, neighbours));
      if (change === "raise") {
        ask.doubt(metric, true);
        tell(ask, state, value, neighbours);
      } else if (change === "clear") over(ask, value);
    },
  };
  function over(ask: Ask, value?: number): void {
    ask.doubt(metric, false);
    ask.clear(value);
  }
}
