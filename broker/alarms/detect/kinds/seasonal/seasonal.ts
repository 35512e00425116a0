import type { SeasonalCondition } from "../../../../../shared/alarm-rule.ts";
import { text } from "../../../../../shared/text.ts";
import { zoneOffsetMs } from "../../../../../shared/zone.ts";
import type { Ask, Evaluator } from "../../evaluator.ts";
import { type Delayed, notYet, settle } from "../../known/delayed.ts";
import { labelOf, valueWords } from "../../known/words.ts";
import { type Baseline, baselineAt, knowledge, learn, newUsual, type Usual } from "./usual.ts";

interface SeasonalState {
  readonly delayed: Delayed;
  readonly usual: Usual;
  /** The stretch that is being gathered: its number since 1970, sum and count of its values. */
  stretch: number;
  sum: number;
  count: number;
  /** Mean of the last whole stretch. */
  value: number;
}

/** Judged and learned by means over five minutes: single minutes of a street are mostly chance. */
const stretchMs = 300_000;
const hourMs = 3_600_000;
/** Weight of what is held for unusual: a new habit is learned within weeks, an anomaly of some hours is not. */
const doubtfulWeight = 0.1;
const hourOf = (t: number): number => Math.floor((t + zoneOffsetMs) / hourMs);

/** Deviates from its own usual. A stretch is judged by what was known before it, and only then learned. */
export function seasonalEvaluator(condition: SeasonalCondition<string>): Evaluator<SeasonalState> {
  const { metric, side, spreads, least } = condition;

  function unusual({ middle, spread }: Baseline, value: number): boolean {
    const away = side === "above" ? value - middle : side === "below" ? middle - value : Math.abs(value - middle);
    return away >= least && away >= spreads * spread;
  }
  function tell(state: SeasonalState, ask: Ask, base: Baseline): void {
    const { middle, spread, from } = base;
    const { contract, id } = ask.device;
    const { value } = state;
    const band = Math.max(least, spreads * spread);
    const limit = side === "above" || (side === "both" && value > middle) ? middle + band : middle - band;
    const [label, shown, usual] = [labelOf(contract, metric), valueWords(contract, metric, value), valueWords(contract, metric, middle)];
    const known =
      from === "hour-of-week" ? text("같은 요일 같은 시간대", "the same hour of the week") : text("같은 시간대", "the same hour of the day");
    ask.raise({
      metric,
      value: round(value),
      limit: round(limit),
      evidence: () => ({
        condition: text(`${label.ko} ${shown.ko}: ${known.ko} 평소 ${usual.ko}`, `${label.en} ${shown.en}: usually ${usual.en} in ${known.en}`),
        inputs: [{ device: id, metric, t: ask.t, value: round(value) }],
        baseline: { middle: round(middle), low: round(middle - band), high: round(middle + band), from },
        neighbours: [],
        verdict: null,
      }),
    });
  }
  /** The stretch that ends: judged, then learned. */
  function close(state: SeasonalState, ask: Ask): void {
    const hour = hourOf(state.stretch * stretchMs);
    state.value = state.sum / state.count;
    const base = baselineAt(state.usual, hour);
    const odd = base !== undefined && unusual(base, state.value);
    learn(state.usual, hour, state.value, odd ? doubtfulWeight : 1);
    const change = settle(state.delayed, ask.t, condition, odd);
    if (change === "clear") ask.clear(round(state.value));
    else if (change === "raise" && base !== undefined) tell(state, ask, base);
  }
  return {
    begin: () => ({ delayed: notYet(), usual: newUsual(), stretch: 0, sum: 0, count: 0, value: 0 }),
    reading(state, ask, m) {
      const value = m[metric];
      if (typeof value !== "number" || !ask.trusted(metric)) return;
      // the end of a window belongs to the stretch before it
      const stretch = Math.floor((ask.t - 1) / stretchMs);
      if (stretch !== state.stretch) {
        if (state.count > 0) close(state, ask);
        state.stretch = stretch;
        state.sum = 0;
        state.count = 0;
      }
      state.sum += value;
      state.count += 1;
    },
    learned: (state, t) => knowledge(state.usual, hourOf(t)),
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
