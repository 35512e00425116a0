import type { InactivityCondition } from "../../../../shared/alarm-rule.ts";
import { text } from "../../../../shared/text.ts";
import type { Ask, Evaluator } from "../evaluator.ts";
import { type Evidenced, evidence } from "../known/evidence.ts";
import { isOverdue, justAfter } from "../known/proof.ts";
import { isUsable } from "../known/usable.ts";
import { durationWords, instantWords, joined, labelOf } from "../known/words.ts";

/** Epoch ms and ms; 0 = never, none. */
interface QuietState {
  /** The clock runs since the last movement, or since the home was first heard. */
  since: number;
  /** What was counted then. */
  count: number;
  seen: number;
  /** Nobody listened for so long: neither quiet nor moved. */
  unseen: number;
  /** Away since; and the stretches of being away before. */
  awayAt: number;
  away: number;
  told: number;
  /** A wake is on its way for then; what is due later waits for it, since every movement puts it off. */
  asked: number;
}

/**
 * Nothing has moved for so long. Being away stops the clock, but only for a while: whoever is away for longer is not believed to be out, and the whole
 * time since the last movement counts. Time in which the hub was silent counts as neither.
 */
export function inactivityEvaluator(condition: InactivityCondition<string, string>): Evaluator<QuietState> {
  const { activity, away, steps, awayExpires } = condition;
  const longestAway = awayExpires * 1000;

  const awayOf = ({ awayAt, away: before }: QuietState, t: number): number => before + (awayAt > 0 ? t - awayAt : 0);
  function quietAt(state: QuietState, t: number): number {
    const out = awayOf(state, t);
    return t - state.since - state.unseen - (out > longestAway ? 0 : out);
  }
  /** When the clock will show `quiet` ms if nothing moves and nothing else changes. */
  function reaches(state: QuietState, quiet: number, t: number): number {
    const plain = state.since + state.unseen + quiet;
    const out = awayOf(state, t);
    if (out > longestAway) return plain;
    if (state.awayAt === 0) return plain + out;
    // just after the away has expired everything counts at once
    return Math.max(plain, state.awayAt + longestAway - state.away);
  }
  function moved(state: QuietState, ask: Ask, count: number): void {
    if (state.told > 0) ask.clear(count);
    state.since = ask.t;
    state.count = count;
    state.unseen = 0;
    state.away = 0;
    state.awayAt = 0;
    state.told = 0;
  }
  function judge(state: QuietState, ask: Ask): void {
    const { t, device } = ask;
    if (isOverdue(t, state.seen, device)) return;
    const before = state.told;
    const quiet = quietAt(state, t);
    for (let next = steps[state.told]; next !== undefined && quiet >= next.seconds * 1000; next = steps[state.told]) state.told += 1;
    const step = steps[state.told - 1];
    if (state.told > before && step !== undefined) {
      const { priority, seconds } = step;
      ask.raise({ priority, metric: activity, value: 0, step: durationWords(seconds), evidence: () => evidenceOf(state, ask, quiet, seconds) });
    }
    const next = steps[state.told];
    const due = next === undefined ? 0 : reaches(state, next.seconds * 1000, t);
    if (due < t || (state.asked > t && state.asked <= due)) return;
    state.asked = justAfter(due);
    ask.wake(state.asked);
  }
  function evidenceOf(state: QuietState, ask: Ask, quiet: number, seconds: number): Evidenced {
    const { contract, id } = ask.device;
    const out = awayOf(state, ask.t);
    const label = labelOf(contract, activity);
    const [lasted, limit, longest] = [durationWords(quiet / 1000), durationWords(seconds), durationWords(awayExpires)];
    const [gone, deaf] = [durationWords(out / 1000), durationWords(state.unseen / 1000)];
    return evidence(
      joined(
        text(`${label.ko} 없음 ${lasted.ko} (기준 ${limit.ko})`, `no ${label.en.toLowerCase()} for ${lasted.en} (limit ${limit.en})`),
        text(`마지막 움직임 ${instantWords(state.since)}`, `last movement ${instantWords(state.since)}`),
        out > longestAway
          ? text(`외출 ${gone.ko}: ${longest.ko}을 넘어 인정하지 않음`, `away for ${gone.en}: over ${longest.en}, not believed`)
          : undefined,
        out > 0 && out <= longestAway ? text(`외출 ${gone.ko} 제외`, `${gone.en} away not counted`) : undefined,
        state.unseen > 0 ? text(`수신 공백 ${deaf.ko} 제외`, `${deaf.en} of silence not counted`) : undefined,
      ),
      { device: id, metric: activity, t: state.since, value: state.count },
      { device: id, metric: activity, t: state.seen, value: 0 },
      state.awayAt > 0 ? { device: id, metric: away, t: state.awayAt, value: true } : undefined,
    );
  }

  return {
    begin: () => ({ since: 0, count: 0, seen: 0, unseen: 0, awayAt: 0, away: 0, told: 0, asked: 0 }),
    reading(state, ask, m, q) {
      const count = m[activity];
      if (typeof count !== "number" || !isUsable(ask, activity, q)) return;
      const { t, device } = ask;
      const gap = t - state.seen;
      if (state.since === 0) state.since = t;
      else if (gap > device.stale * 1000) {
        state.unseen += gap;
        if (state.awayAt > 0) state.awayAt += gap;
      }
      state.seen = t;
      if (count > 0) moved(state, ask, count);
      const out = m[away];
      if (out === true && state.awayAt === 0) state.awayAt = t;
      else if (out === false && state.awayAt > 0) {
        state.away = awayOf(state, t);
        state.awayAt = 0;
      }
      judge(state, ask);
    },
    wake: judge,
  };
}
