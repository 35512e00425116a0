import type { ConsistencyCondition } from "../../../../../shared/alarm-rule.ts";
import { text } from "../../../../../shared/text.ts";
import type { Ask, Evaluator } from "../../evaluator.ts";
import { labelOf, valueWords } from "../../known/words.ts";

interface BalanceState {
  /** Register when the balance was opened, and what has been put in since; `at` 0 = not open. */
  at: number;
  opened: number;
  nets: number;
  newest: number;
  on: boolean;
  /** Readings in a row that contradict. */
  run: number;
}

/** So many readings in a row: what is on the scale while the lid is open is not in the bin yet. */
const samples = 3;

/** What the events have put in (`net`) against what the register has gained since it was emptied or set to zero. */
export function balanceConsistency(condition: ConsistencyCondition<string>): Evaluator<BalanceState> {
  const { metric, most, relative = false } = condition;
  const bound = (nets: number): number => (relative ? Math.max(most * nets, 1) : most);

  function open(state: BalanceState): void {
    state.at = 0;
    state.nets = 0;
    state.run = 0;
  }
  function tell(ask: Ask, state: BalanceState, gained: number): void {
    const [label, own, put] = [
      labelOf(ask.device.contract, metric),
      valueWords(ask.device.contract, metric, gained),
      valueWords(ask.device.contract, metric, state.nets),
    ];
    ask.raise({
      metric,
      value: state.newest,
      limit: Math.round(100 * bound(state.nets)) / 100,
      evidence: () => ({
        condition: text(`${label.ko} 증가 ${own.ko}, 배출 합계 ${put.ko}`, `${label.en} gained ${own.en}, deposits add up to ${put.en}`),
        inputs: [{ device: ask.device.id, metric, t: ask.t, value: state.newest }],
        baseline: null,
        neighbours: [],
        verdict: { what: "sensor", because: text("저울과 배출 기록이 서로 맞지 않습니다", "scale and deposits contradict each other") },
      }),
    });
  }
  return {
    begin: () => ({ at: 0, opened: 0, nets: 0, newest: 0, on: false, run: 0 }),
    event(state, ask, name, x) {
      if (name === "emptied" || name === "tare") {
        open(state);
        if (state.on) ask.clear();
        state.on = false;
      } else if (typeof x.net === "number" && state.at > 0) state.nets += x.net;
    },
    reading(state, ask, m) {
      const value = m[metric];
      if (typeof value !== "number" || !ask.trusted(metric)) return;
      state.newest = value;
      if (state.at === 0) {
        state.at = ask.t;
        state.opened = value;
        return;
      }
      const gained = value - state.opened;
      const odd = Math.abs(gained - state.nets) > bound(state.nets);
      state.run = odd ? state.run + 1 : 0;
      if (state.on === odd || (odd && state.run < samples)) return;
      state.on = odd;
      if (odd) tell(ask, state, gained);
      else ask.clear(value);
    },
  };
}
