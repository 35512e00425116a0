import { text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { durationWords } from "../words.ts";

interface ClockState {
  wrong: boolean;
  /** Late readings one after the other, each about as late as the one before. */
  run: number;
  /** By how much the last one was late, ms, and its time. */
  by: number;
  t: number;
}

/** A reading that came through a slow line is some seconds late. */
const leastMs = 60_000;
const samples = 3;
/** So many intervals without a late reading, and it is over. */
const fineAfter = 3;

/**
 * Readings that come after their time again and again, always by about the same: the device's clock is behind its timeline. What a gateway has kept
 * for us is late as well, but comes all at once, each reading by one interval less than the one before. (A clock that runs ahead by more than a
 * minute is refused at the door and shows as silence.)
 */
export function clockEvaluator(): Evaluator<ClockState> {
  function tell(ask: Ask, by: number): void {
    const late = durationWords(by / 1000);
    ask.raise({
      value: Math.round(by / 1000),
      evidence: () => ({
        condition: text(
          `잇단 측정 ${samples}건이 약 ${late.ko} 늦은 시각을 달고 옴`,
          `${samples} readings in a row carry a time some ${late.en} in the past`,
        ),
        inputs: [{ device: ask.device.id, metric: "t", t: ask.t, value: ask.t }],
        baseline: null,
        neighbours: [],
        verdict: {
          what: "sensor",
          because: text("한꺼번에 밀려온 것이 아니라 매번 같은 만큼 늦습니다", "not a backlog: each is late by the same"),
        },
      }),
    });
  }
  return {
    begin: () => ({ wrong: false, run: 0, by: 0, t: 0 }),
    late(state, ask, by) {
      if (by < leastMs) return;
      const interval = ask.device.every * 1000;
      const steady = Math.abs(by - state.by) < Math.max(10_000, interval / 2) && ask.t - state.t < 2 * interval;
      state.run = steady ? state.run + 1 : 1;
      state.by = by;
      state.t = ask.t;
      ask.wake(ask.t + by + fineAfter * interval);
      if (state.run < samples || state.wrong) return;
      state.wrong = true;
      tell(ask, by);
    },
    wake(state, ask) {
      if (state.wrong) ask.clear();
      state.wrong = false;
      state.run = 0;
    },
  };
}
