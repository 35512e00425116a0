import type { RateCondition } from "../../../../shared/alarm-rule.ts";
import type { Quality, Value } from "../../../../shared/reading.ts";
import { type Text, text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { type Evidenced, evidence } from "../known/evidence.ts";
import { dueOf, isDue, justAfter, type Proof, unproven, witness } from "../known/proof.ts";
import { isUsable } from "../known/usable.ts";
import { durationWords, joined, labelOf, valueWords } from "../known/words.ts";
import { type Distant, distantFrom } from "./away.ts";
import { boundOf } from "./bound.ts";

interface Point {
  readonly t: number;
  readonly value: number;
}
interface RateState extends Proof {
  /** The last two readings: with the present one they give the middle. */
  readonly last: [number, number];
  /** Readings in `last`; begins anew after a gap. */
  count: number;
  /** Candidates for the window's extreme, oldest first; each is further in the direction of movement than the one before. */
  readonly window: Point[];
  value: number;
}
/** Points that a window keeps at most: what is newer than the last one by less than this share of it is left out. */
const pointsInWindow = 64;

const nearestWords = ({ place, metres }: Distant): Text =>
  text(`가장 가까운 허용 장소 ${place.meta.name.ko}에서 ${metres} m`, `${metres} m from the nearest allowed place, ${place.meta.name.en}`);

/** Differences of decimals that must not fall short of a round limit (1.4 - 1.1 is not 0.3). */
const rounding = 1e-9;
const middle = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/**
 * Moves by so much within a while of event time: the present value against the extreme of the sliding window, which a monotone queue keeps in bounded
 * memory. Judged on the middle of three consecutive readings, so that one wrong reading is no movement, neither by itself nor when it comes back.
 */
export function rateEvaluator(condition: RateCondition<string>): Evaluator<RateState> {
  const { metric, side, by, within, awayFrom } = condition;
  const sign = side === "rising" ? 1 : -1;
  const spacing = (within * 1000) / pointsInWindow;

  /** How far it has moved within the window; NaN = one reading is no movement. */
  function moved({ window }: RateState, { t, value }: Point): number {
    while (window.length > 0 && t - (window[0]?.t ?? t) > within * 1000) window.shift();
    while (window.length > 0 && sign * ((window.at(-1)?.value ?? value) - value) >= 0) window.pop();
    const newest = window.at(-1);
    if (newest === undefined || t - newest.t >= spacing) window.push({ t, value });
    return sign * (value - (window[0]?.value ?? value));
  }
  const high = (value: number, ask: Ask): boolean => {
    if (condition.from === undefined) return true;
    const from = boundOf(condition.from, ask.device);
    return from !== undefined && value >= from;
  };
  function judge(state: RateState, ask: Ask): void {
    const due = dueOf(state, condition);
    if (!isDue(due, ask.t, state, ask.device)) {
      if (due > ask.t) ask.wake(justAfter(due));
      return;
    }
    state.on = state.holds;
    const { value } = state;
    const from = state.window[0] ?? { t: ask.t, value };
    if (state.on) ask.raise({ metric, value, limit: by, evidence: () => evidenceOf(ask, value, from) });
    else ask.clear(value);
  }
  function evidenceOf(ask: Ask, value: number, from: Point): Evidenced {
    const { contract, id } = ask.device;
    const label = labelOf(contract, metric);
    const [was, now, step] = [from.value, value, by].map((number) => valueWords(contract, metric, number).en);
    const [took, span] = [durationWords((ask.t - from.t) / 1000), durationWords(within)];
    const way = side === "rising" ? text("상승", "rose") : text("하강", "fell");
    const place = awayFrom && ask.world.value(id, awayFrom.position);
    const far = awayFrom && place && distantFrom(awayFrom, ask, place.value);
    return evidence(
      joined(
        text(
          `${label.ko} ${took.ko} 만에 ${was} → ${now} ${way.ko} (기준: ${span.ko} 안에 ${step})`,
          `${label.en} ${way.en} ${was} → ${now} in ${took.en} (limit: ${step} within ${span.en})`,
        ),
        far && nearestWords(far),
      ),
      { device: id, metric, t: from.t, value: from.value },
      { device: id, metric, t: ask.t, value },
      awayFrom && place && { device: id, metric: awayFrom.position, t: place.t, value: place.value },
    );
  }
  /** Forgets how it moved. */
  function beginAnew(state: RateState): void {
    state.count = 0;
    state.window.length = 0;
  }
  /** Whether this reading may be part of the movement: not of one at a place, nor of one whose place nobody knows, which proves nothing either way. */
  function whereabouts(ask: Ask, m: Readonly<Record<string, Value>>, q: Readonly<Record<string, Quality>>): "away" | "there" | "unknown" {
    if (awayFrom === undefined) return "away";
    const place = m[awayFrom.position];
    const far = place === undefined || !isUsable(ask, awayFrom.position, q) ? undefined : distantFrom(awayFrom, ask, place);
    if (far === undefined) return "unknown";
    return far.outside ? "away" : "there";
  }

  return {
    begin: () => ({ ...unproven(), last: [0, 0], count: 0, window: [], value: 0 }),
    reading(state, ask, m, q) {
      const value = m[metric];
      if (typeof value !== "number" || !isUsable(ask, metric, q)) return;
      const { t, device } = ask;
      const where = whereabouts(ask, m, q);
      if (where !== "away") beginAnew(state);
      if (where === "unknown") return;
      if (where === "there") {
        state.value = value;
        witness(state, t, false, device.stale);
        judge(state, ask);
        return;
      }
      const { last } = state;
      if (t - state.seen > device.stale * 1000) state.count = 0;
      const [before, previous] = last;
      last[0] = previous;
      last[1] = value;
      state.count += 1;
      if (state.count < 3) {
        state.seen = t;
        return;
      }
      state.value = middle(before, previous, value);
      const way = moved(state, { t, value: state.value });
      witness(state, t, high(state.value, ask) && way >= (state.on ? by / 2 : by) - rounding, device.stale);
      judge(state, ask);
    },
    wake(state, ask) {
      if (ask.trusted(metric)) judge(state, ask);
    },
  };
}
