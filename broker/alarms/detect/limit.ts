import type { LimitCondition } from "../../../shared/alarm-rule.ts";
import { boundOf } from "./bound.ts";
import { type Delayed, notYet, settle } from "./delayed.ts";
import type { Ask, Evaluator } from "./evaluator.ts";

interface LimitState {
  readonly delayed: Delayed;
  /** Step that holds, counted from 1; 0 = none. */
  step: number;
  /** Step that was told. */
  told: number;
  /** Consecutive readings beyond the first limit. */
  samples: number;
  value: number;
}

/** A number beyond a limit, with steps. A step is left when the value is back by more than the deadband. */
export function limitEvaluator(condition: LimitCondition<string>): Evaluator<LimitState> {
  const { metric, side, steps, deadband } = condition;
  const sign = side === "above" ? 1 : -1;
  const condition_ = condition.while;

  /** Highest step whose limit is passed; one that holds already is kept within the deadband. */
  function stepOf(value: number, held: number, ask: Ask): number {
    let step = 0;
    for (const [k, { limit }] of steps.entries()) {
      const bound = boundOf(limit, ask.device);
      if (bound === undefined) continue;
      const margin = k < held ? deadband : 0;
      if (sign * (value - bound) > -margin || (margin === 0 && value === bound)) step = k + 1;
    }
    return step;
  }
  const excused = (ask: Ask): boolean => {
    if (condition_ === undefined) return false;
    const other = ask.world.value(ask.device.id, condition_.metric)?.value;
    return typeof other !== "number" || other < condition_.atLeast;
  };
  function tell(state: LimitState, ask: Ask): void {
    const at = steps[state.step - 1];
    if (at === undefined) return;
    state.told = state.step;
    const limit = boundOf(at.limit, ask.device) ?? 0;
    const { value } = state;
    ask.raise({
      priority: at.priority,
      metric,
      value,
      limit,
      ...(at.name === undefined ? {} : { step: at.name }),
      evidence: () => ({
        condition: {
          ko: `${metric} ${value} ${side === "above" ? "≥" : "≤"} ${limit}, 불감대 ${deadband}`,
          en: `${metric} ${value} ${side === "above" ? "≥" : "≤"} ${limit}, deadband ${deadband}`,
        },
        inputs: [{ device: ask.device.id, metric, t: ask.t, value }],
        baseline: null,
        neighbours: [],
        verdict: null,
      }),
    });
  }
  function judge(state: LimitState, ask: Ask, holds?: boolean): void {
    const change = settle(state.delayed, ask, condition, holds);
    if (change === "clear") {
      state.told = 0;
      ask.clear(state.value);
    } else if (change === "raise" || (state.delayed.on && state.step > 0 && state.step !== state.told)) tell(state, ask);
  }

  return {
    begin: () => ({ delayed: notYet(), step: 0, told: 0, samples: 0, value: 0 }),
    reading(state, ask, m) {
      const value = m[metric];
      if (typeof value !== "number" || !ask.trusted(metric)) return;
      state.value = value;
      state.step = excused(ask) ? 0 : stepOf(value, state.delayed.on ? state.told : 0, ask);
      state.samples = state.step > 0 ? state.samples + 1 : 0;
      judge(state, ask, state.delayed.on ? state.step > 0 : state.samples >= (condition.samples ?? 1));
    },
    wake: (state, ask) => judge(state, ask),
  };
}
