import type { ConsistencyCondition } from "../../../../../shared/alarm-rule.ts";
import { text } from "../../../../../shared/text.ts";
import type { Ask, Evaluator } from "../../evaluator.ts";
import { type Delayed, notYet, settle } from "../../known/delayed.ts";
import { asEvidence, heardOf, type Neighbour } from "../../known/neighbours.ts";
import { witnessesOf } from "../../known/places.ts";
import { labelOf, valueWords } from "../../known/words.ts";

interface StreamState {
  readonly delayed: Delayed;
  value: number;
}

/** A level that moves alone: by more than is explained while both neighbours stand still, or stands still while both have moved. */
export function streamConsistency(condition: ConsistencyCondition<string>): Evaluator<StreamState> {
  const { metric, most, relative = false } = condition;
  const bound = (value: number): number => (relative ? most * Math.abs(value) : most);

  function alone(ask: Ask, value: number, neighbours: readonly Neighbour[]): boolean {
    const before = ask.world.past(ask.device.id, metric);
    // with one neighbour alone nobody can say which of the two is wrong
    if (before === undefined || neighbours.length < 2) return false;
    const moved = value - before;
    const limit = bound(value);
    return neighbours.every(
      ({ moved: other }) =>
        other !== undefined && Math.abs(moved - other) > limit && Math.sign(moved - other) === Math.sign(moved - (neighbours[0]?.moved ?? 0)),
    );
  }
  function tell(ask: Ask, value: number, neighbours: readonly Neighbour[]): void {
    const [label, shown] = [labelOf(ask.device.contract, metric), valueWords(ask.device.contract, metric, value)];
    ask.raise({
      metric,
      value,
      evidence: () => ({
        condition: text(`${label.ko} ${shown.ko}: 위아래 이웃과 다르게 움직임`, `${label.en} ${shown.en}: moves unlike the gauges above and below`),
        inputs: [{ device: ask.device.id, metric, t: ask.t, value }],
        baseline: null,
        neighbours: asEvidence(metric, neighbours, () => false),
        verdict: { what: "sensor", because: text("이웃이 함께 움직이지 않습니다", "its neighbours do not move with it") },
      }),
    });
  }
  return {
    begin: () => ({ delayed: notYet(), value: 0 }),
    reading(state, ask, m) {
      const value = m[metric];
      if (typeof value !== "number") return;
      state.value = value;
      const neighbours = heardOf(ask, metric, witnessesOf(ask.world.kin(ask.device), ask.device));
      const change = settle(state.delayed, ask.t, condition, alone(ask, value, neighbours));
      if (change === "raise") tell(ask, value, neighbours);
      else if (change === "clear") ask.clear(value);
    },
  };
}
