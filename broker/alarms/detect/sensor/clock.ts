import { type Text, text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { type Evidenced, evidence } from "../known/evidence.ts";
import { durationWords } from "../known/words.ts";

interface ClockState {
  wrong: boolean;
  way: "behind" | "ahead";
  /** Messages one after the other that are off the same way, each by about as much as the one before; and how many of them were refused for it. */
  run: number;
  refused: number;
  /** By how much the last one was off, ms, and when it came by its timeline. */
  by: number;
  t: number;
}

/** A reading that came through a slow line is some seconds late. */
const leastBehindMs = 60_000;
/** Nothing arrives before it was measured; but a clock that is set now and then is some seconds off. */
const leastAheadMs = 10_000;
const samples = 3;
/** So many intervals without one, and it is over. */
const fineAfter = 3;

/**
 * Readings whose time is off again and again, always by about the same. Behind: they come after their time; what a gateway has kept for us is late as well,
 * but comes all at once, each reading by one interval less than the one before. Ahead: they come before it; by more than a minute they are refused at the
 * door, and all that is heard of them is that.
 */
export function clockEvaluator(): Evaluator<ClockState> {
  function note(state: ClockState, ask: Ask, way: ClockState["way"], by: number, refused: boolean): void {
    const interval = ask.device.every * 1000;
    const steady = way === state.way && Math.abs(by - state.by) < Math.max(10_000, interval / 2) && ask.t - state.t < 2 * interval;
    state.run = steady ? state.run + 1 : 1;
    state.refused = (steady ? state.refused : 0) + Number(refused);
    state.way = way;
    state.by = by;
    state.t = ask.t;
    ask.wake(ask.t + (way === "behind" ? by : 0) + fineAfter * interval);
    if (state.run < samples || state.wrong) return;
    state.wrong = true;
    ask.raise({ value: Math.round(by / 1000), evidence: () => evidenceOf(state, ask) });
  }
  function evidenceOf({ way, by, refused }: ClockState, { device, t }: Ask): Evidenced {
    const isAhead = way === "ahead";
    return {
      ...evidence(
        isAhead ? aheadWords(durationWords(by / 1000), refused) : behindWords(durationWords(by / 1000)),
        isAhead ? { device: device.id, metric: "ahead", t, value: Math.round(by / 1000) } : { device: device.id, metric: "t", t, value: t },
        refused > 0 ? { device: device.id, metric: "refused", t, value: refused } : undefined,
      ),
      verdict: {
        what: "sensor",
        because: isAhead
          ? text("측정하기 전에 도착할 수는 없습니다", "nothing arrives before it was measured")
          : text("한꺼번에 밀려온 것이 아니라 매번 같은 만큼 늦습니다", "not a backlog: each is late by the same"),
      },
    };
  }
  return {
    begin: () => ({ wrong: false, way: "behind", run: 0, refused: 0, by: 0, t: 0 }),
    late(state, ask, by) {
      if (by >= leastBehindMs) note(state, ask, "behind", by, false);
    },
    ahead(state, ask, by, refused) {
      if (by >= leastAheadMs) note(state, ask, "ahead", by, refused);
    },
    wake(state, ask) {
      if (state.wrong) ask.clear();
      state.wrong = false;
      state.run = 0;
    },
  };
}

const behindWords = (late: Text): Text =>
  text(`잇단 측정 ${samples}건이 약 ${late.ko} 늦은 시각을 달고 옴`, `${samples} readings in a row carry a time some ${late.en} in the past`);
const aheadWords = (early: Text, refused: number): Text =>
  refused === 0
    ? text(`잇단 측정 ${samples}건이 약 ${early.ko} 앞선 시각을 달고 옴`, `${samples} readings in a row carry a time some ${early.en} in the future`)
    : text(
        `잇단 ${samples}건이 약 ${early.ko} 앞선 시각을 달고 옴: ${refused}건 거부`,
        `${samples} in a row carry a time some ${early.en} in the future: ${refused} refused`,
      );
