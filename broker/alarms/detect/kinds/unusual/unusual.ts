import type { UnusualCondition } from "../../../../../shared/alarm-rule.ts";
import { type Text, text } from "../../../../../shared/text.ts";
import type { Ask, Evaluator } from "../../evaluator.ts";
import { durationWords, labelOf, valueWords } from "../../known/words.ts";
import { type Look, look } from "./look.ts";
import { gapLimit, newPortrait, type Portrait, type View } from "./portrait.ts";

interface UnusualState {
  readonly portrait: Portrait;
  on: boolean;
}

const ways: Readonly<Record<View, Text>> = {
  spike: text("앞의 값에서 크게 벗어남", "far from what came before"),
  hour: text("한 시간 동안 벗어남", "away for an hour"),
  shift: text("여러 시간 동안 벗어남", "away for hours"),
  drift: text("며칠에 걸쳐 벗어남", "away over days"),
  movement: text("움직임이 평소와 다름", "moves otherwise than usual"),
  rhythm: text("하루의 흐름이 평소와 다름", "another rhythm of the day"),
  gap: text("값이 오지 않음", "nothing comes"),
};

/** Unlike its own past. The first two days teach; then a value is judged by what was known before it, and learned. */
export function unusualEvaluator({ metric }: UnusualCondition<string>): Evaluator<UnusualState> {
  function tell(state: UnusualState, ask: Ask, value: number, seen: Look): void {
    const { contract, id } = ask.device;
    const { expected, spread, view, by } = seen;
    const band = spread / Math.max(by, 1e-9);
    const [label, shown, usual, way] = [
      labelOf(contract, metric),
      valueWords(contract, metric, value),
      valueWords(contract, metric, expected),
      ways[view],
    ];
    state.on = true;
    ask.raise({
      metric,
      value: round(value),
      evidence: () => ({
        condition: text(`${label.ko} ${shown.ko} (평소 ${usual.ko}): ${way.ko}`, `${label.en} ${shown.en} (usually ${usual.en}): ${way.en}`),
        inputs: [{ device: id, metric, t: ask.t, value: round(value) }],
        baseline: { middle: round(expected), low: round(expected - band), high: round(expected + band), from: "weeks" },
        neighbours: [],
        verdict: null,
      }),
    });
  }
  return {
    begin: () => ({ portrait: newPortrait(), on: false }),
    reading(state, ask, m) {
      const value = m[metric];
      if (typeof value !== "number" || !ask.trusted(metric)) return;
      const { portrait } = state;
      const seen = look(portrait, ask.t, value);
      if (portrait.odd !== 0 && !state.on) tell(state, ask, value, seen);
      else if (portrait.odd === 0 && state.on) {
        state.on = false;
        ask.clear(round(value));
      }
      const limit = gapLimit(portrait);
      if (Number.isFinite(limit)) ask.wake(ask.t + limit + 1);
    },
    wake(state, ask) {
      const { portrait } = state;
      if (state.on || ask.t - portrait.t <= gapLimit(portrait)) return;
      state.on = true;
      const silent = durationWords((ask.t - portrait.t) / 1000);
      const label = labelOf(ask.device.contract, metric);
      ask.raise({
        metric,
        value: round(portrait.last),
        evidence: () => ({
          condition: text(`${label.ko}: ${silent.ko} 동안 값이 오지 않음`, `${label.en}: nothing for ${silent.en}`),
          inputs: [{ device: ask.device.id, metric, t: portrait.t, value: round(portrait.last) }],
          baseline: null,
          neighbours: [],
          verdict: null,
        }),
      });
    },
    learned: ({ portrait }) => (Number.isFinite(gapLimit(portrait)) ? "weeks" : "learning"),
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
