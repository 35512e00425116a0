import { text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";

interface BatteryState {
  low: boolean;
  /** Consecutive readings at or below the limit. */
  run: number;
}

/** Share of a full one. A winter night takes some 15 % of what is shown and gives it back, hence the distance. */
const lowAt = 0.15;
const fineAt = 0.25;
const samples = 3;

/** Somebody has to bring a battery within the next weeks. */
export function batteryEvaluator(): Evaluator<BatteryState> {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  function tell(ask: Ask, value: number): void {
    ask.raise({
      metric: "batt",
      value,
      limit: lowAt,
      evidence: () => ({
        condition: text(`배터리 ${percent(value)} ≤ ${percent(lowAt)}`, `battery ${percent(value)} ≤ ${percent(lowAt)}`),
        inputs: [{ device: ask.device.id, metric: "batt", t: ask.t, value }],
        baseline: null,
        neighbours: [],
        verdict: null,
      }),
    });
  }
  return {
    begin: () => ({ low: false, run: 0 }),
    calm: ({ low, run }) => (low || run > 0 ? undefined : [{ metric: "batt", low: lowAt + 1e-9 }]),
    reading(state, ask, m) {
      const value = m.batt;
      if (typeof value !== "number") return;
      if (state.low) {
        if (value < fineAt) return;
        state.low = false;
        state.run = 0;
        ask.clear(value);
        return;
      }
      state.run = value <= lowAt ? state.run + 1 : 0;
      if (state.run < samples) return;
      state.low = true;
      tell(ask, value);
    },
  };
}
