import type { UnansweredCondition } from "../../../../shared/alarm-rule.ts";
import { text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { durationWords, labelOf, valueWords } from "../known/words.ts";

interface UnansweredState {
  /** Since when the rule stands and the device is not as it should be; 0 = it does not, or it is. */
  since: number;
  on: boolean;
}

/** A rule stands, and the device is not as it should be by now. Looked at once a minute, and whenever the device speaks. */
export function unansweredEvaluator({ rule, metric, is, seconds }: UnansweredCondition<string>): Evaluator<UnansweredState> {
  function judge(state: UnansweredState, ask: Ask): void {
    const { t, device, world } = ask;
    const stands = world.stands(`${device.service}/${rule}`, device.id);
    const value = world.value(device.id, metric)?.value;
    if (!stands || (typeof value === "string" && is.includes(value))) {
      state.since = 0;
      if (state.on) ask.clear(value);
      state.on = false;
      return;
    }
    if (state.since === 0) state.since = t;
    if (state.on || t - state.since < seconds * 1000) return;
    state.on = true;
    tell(ask);
  }
  function tell(ask: Ask): void {
    const { contract, id } = ask.device;
    const known = ask.world.value(id, metric);
    const label = labelOf(contract, metric);
    const shown = known === undefined ? text("모름", "unknown") : valueWords(contract, metric, known.value);
    const long = durationWords(seconds);
    ask.raise({
      metric,
      ...(known === undefined ? {} : { value: known.value }),
      evidence: () => ({
        condition: text(`${label.ko} ${shown.ko}: ${long.ko}이 지나도 그대로임`, `${label.en} ${shown.en}: still so after ${long.en}`),
        inputs: known === undefined ? [] : [{ device: id, metric, t: known.t, value: known.value }],
        baseline: null,
        neighbours: [],
        verdict: null,
      }),
    });
  }
  return { begin: () => ({ since: 0, on: false }), reading: judge, minute: judge };
}
