import type { LimitCondition } from "../../../../shared/alarm-rule.ts";
import { text } from "../../../../shared/text.ts";
import type { Watched } from "../../observed.ts";
import type { Ask, Calm, Evaluator } from "../evaluator.ts";
import { type Evidenced, evidence } from "../known/evidence.ts";
import { dueOf, isDue, justAfter, type Proof, unproven, witness } from "../known/proof.ts";
import { isUsable } from "../known/usable.ts";
import { durationWords, joined, labelOf, saidWords, valueWords } from "../known/words.ts";
import { boundOf } from "./bound.ts";

interface Step extends Proof {
  /** Consecutive readings beyond its limit. */
  run: number;
}
interface LimitState {
  readonly steps: readonly Step[];
  /** Step that was told, counted from 1; 0 = none. */
  told: number;
  value: number;
  /** That was told last as beyond its limit; absent in what the version before has left. */
  grave?: number;
  /** No step stands, holds or counts: nothing happens before the first limit is passed. */
  idle: boolean;
}
/** Differences of decimals that a deadband must not stumble over (6.2 - 6.1 is not 0.1). */
const rounding = 1e-9;

/** A number beyond a limit. Each step has its own samples and delays, so that one wrong reading neither raises an alarm nor steps it up. */
export function limitEvaluator(condition: LimitCondition<string>): Evaluator<LimitState> {
  const { metric, side, deadband, samples = 1 } = condition;
  const sign = side === "above" ? 1 : -1;
  const only = condition.while;

  const excused = (ask: Ask): boolean => {
    if (only === undefined) return false;
    const other = ask.world.value(ask.device.id, only.metric)?.value;
    return typeof other !== "number" || other < only.atLeast;
  };
  /** Almost always: so it is asked first, and nothing else. */
  function isBelowAll(value: number, ask: Ask): boolean {
    const mildest = condition.steps[0];
    const bound = mildest && boundOf(mildest.limit, ask.device);
    return bound !== undefined && sign * (value - bound) < -rounding;
  }
  function witnessStep(step: Step, passed: boolean, ask: Ask): void {
    const { stale } = ask.device;
    if (!passed) step.run = 0;
    else step.run = ask.t - step.seen > stale * 1000 ? 1 : step.run + 1;
    witness(step, ask.t, step.on ? passed : step.run >= samples, stale);
  }
  /** What the value says of each step; true when no step has anything to wait for. */
  function weigh({ steps }: LimitState, ask: Ask, value: number): boolean {
    const free = excused(ask);
    let idle = true;
    for (let k = 0; k < steps.length; k++) {
      const step = steps[k];
      const bound = boundOf(condition.steps[k]?.limit ?? Number.NaN, ask.device);
      if (step === undefined || bound === undefined) continue;
      witnessStep(step, !free && sign * (value - bound) >= (step.on ? -deadband : 0) - rounding, ask);
      if (step.run > 0 || step.holds || step.on) idle = false;
    }
    return idle;
  }
  /** Turns what is due; answers the highest step that stands, and asks to be woken for the next. */
  function turn(state: LimitState, ask: Ask): number {
    let top = 0;
    let next = Number.POSITIVE_INFINITY;
    for (let k = 0; k < state.steps.length; k++) {
      const step = state.steps[k];
      if (step === undefined) continue;
      const due = dueOf(step, condition);
      if (isDue(due, ask.t, step, ask.device)) step.on = step.holds;
      else if (due > ask.t) next = Math.min(next, due);
      if (step.on) top = k + 1;
    }
    if (next < Number.POSITIVE_INFINITY) ask.wake(justAfter(next));
    return top;
  }
  function judge(state: LimitState, ask: Ask): void {
    const top = turn(state, ask);
    if (top === state.told) return;
    const isMilder = top < state.told;
    state.told = top;
    const step = condition.steps[top - 1];
    const limit = step && boundOf(step.limit, ask.device);
    const { value } = state;
    if (step === undefined || limit === undefined) ask.clear(value);
    else {
      const { priority, name } = step;
      const said = { priority, metric, limit, ...(name === undefined ? {} : { step: name }) };
      // it may be below this limit too, whose off-delay still runs: then what was true is what raised it
      if (isMilder && sign * (value - limit) < -rounding) ask.raise({ ...said, value: state.grave ?? value });
      else {
        state.grave = value;
        ask.raise({ ...said, value, evidence: () => evidenceOf(ask, value, limit) });
      }
    }
  }
  function evidenceOf(ask: Ask, value: number, limit: number): Evidenced {
    const { contract, id } = ask.device;
    const label = labelOf(contract, metric);
    const [now, bound, back] = [value, limit, deadband].map((number) => valueWords(contract, metric, number).en);
    const compared = `${now} ${side === "above" ? "≥" : "≤"} ${bound}`;
    const held = condition.on === undefined ? undefined : durationWords(condition.on);
    const other = only && ask.world.value(id, only.metric);
    return evidence(
      joined(
        text(`${label.ko} ${compared}`, `${label.en} ${compared}`),
        samples > 1 ? text(`${samples}회 연속`, `${samples} readings running`) : undefined,
        held && text(`${held.ko} 지속`, `for ${held.en}`),
        only && other && saidWords(contract, only.metric, other.value),
        text(`불감대 ${back}`, `deadband ${back}`),
      ),
      { device: id, metric, t: ask.world.value(id, metric)?.t ?? ask.t, value },
      other && only && { device: id, metric: only.metric, t: other.t, value: other.value },
    );
  }

  /** So far below the mildest limit that no rounding matters. */
  function ordinary({ idle }: LimitState, device: Watched): readonly Calm[] | undefined {
    const mildest = condition.steps[0];
    const bound = mildest && boundOf(mildest.limit, device);
    if (!idle || bound === undefined) return undefined;
    const away = Math.max(10 * rounding, Math.abs(bound) * 1e-12);
    return side === "above" ? [{ metric, high: bound - away }] : [{ metric, low: bound + away }];
  }

  return {
    calm: ordinary,
    begin: () => ({ steps: condition.steps.map(() => ({ ...unproven(), run: 0 })), told: 0, value: 0, idle: true }),
    reading(state, ask, m, q) {
      const value = m[metric];
      if (typeof value !== "number" || (state.idle && isBelowAll(value, ask)) || !isUsable(ask, metric, q)) return;
      state.value = value;
      state.idle = weigh(state, ask, value);
      judge(state, ask);
    },
    wake(state, ask) {
      if (ask.trusted(metric)) judge(state, ask);
    },
  };
}
