import type { HeldCondition } from "../../../../shared/alarm-rule.ts";
import type { Value } from "../../../../shared/reading.ts";
import { text } from "../../../../shared/text.ts";
import type { Ask, Calm, Evaluator } from "../evaluator.ts";
import { type Evidenced, evidence } from "../known/evidence.ts";
import { dueOf, isDue, isOverdue, justAfter, type Proof, unproven, witness } from "../known/proof.ts";
import { isUsable } from "../known/usable.ts";
import { durationWords, joined, saidWords } from "../known/words.ts";

interface HeldState extends Proof {
  /** Steps that were told; 0 = only the rule's own priority. */
  told: number;
  value: Value;
}
interface Witness {
  readonly device: string;
  readonly t: number;
  readonly value: Value;
}
const fits = (is: boolean | readonly string[], value: Value | undefined): boolean =>
  typeof is === "boolean" ? value === is : typeof value === "string" && is.includes(value);

/** A flag or state that stays as it is for longer than it should, perhaps only while another one says something. Longer may be graver. */
export function heldEvaluator(condition: HeldCondition<string, string>): Evaluator<HeldState> {
  const { metric, is, seconds, steps = [] } = condition;
  const only = condition.while;

  /** What the other one says, as far as it is fresh. */
  function other(ask: Ask): Witness | undefined {
    if (only === undefined) return undefined;
    const { device, world, t } = ask;
    const { at } = only;
    if (at === undefined) return said(world.value(device.id, only.metric), device.id);
    const mine = device.meta.constants?.[at.same];
    if (mine === undefined) return undefined;
    for (const { id, kind, meta, stale } of world.beside(device)) {
      if (kind !== at.kind || meta.constants?.[at.same] !== mine) continue;
      const value = world.value(id, only.metric);
      return value !== undefined && t - value.t <= stale * 1000 ? said(value, id) : undefined;
    }
    return undefined;
  }
  const said = (value: { readonly t: number; readonly value: Value } | undefined, device: string): Witness | undefined =>
    value === undefined ? undefined : { device, ...value };
  const fulfilled = (state: HeldState, ask: Ask): boolean => fits(is, state.value) && (only === undefined || fits(only.is, other(ask)?.value));

  function judge(state: HeldState, ask: Ask): void {
    const { t, device } = ask;
    const due = dueOf(state, condition, seconds);
    if (isDue(due, t, state, device)) {
      state.on = state.holds;
      state.told = 0;
      if (state.on) tell(state, ask, grown(state, t));
      else ask.clear(state.value);
    } else if (due > t) ask.wake(justAfter(due));
    else if (state.on && state.holds && !isOverdue(t, state.seen, device)) {
      const step = grown(state, t);
      if (step > state.told) tell(state, ask, step);
    }
    const next = state.on && state.holds ? steps[state.told] : undefined;
    if (next !== undefined && state.since + next.seconds * 1000 > t) ask.wake(justAfter(state.since + next.seconds * 1000));
  }
  /** Steps that so long a time has reached. */
  const grown = ({ since }: HeldState, t: number): number => steps.filter((step) => t >= since + step.seconds * 1000).length;
  function tell(state: HeldState, ask: Ask, told: number): void {
    state.told = told;
    const { value, since } = state;
    const step = steps[told - 1];
    const limit = step?.seconds ?? seconds;
    ask.raise({
      ...(step === undefined ? {} : { priority: step.priority }),
      metric,
      value,
      limit,
      evidence: () => evidenceOf(ask, { value, since, limit }),
    });
  }
  function evidenceOf(ask: Ask, { value, since, limit }: { value: Value; since: number; limit: number }): Evidenced {
    const { contract, id } = ask.device;
    const said = saidWords(contract, metric, value);
    const [lasted, allowed] = [durationWords((ask.t - since) / 1000), durationWords(limit)];
    const seen = other(ask);
    return evidence(
      joined(
        text(`${said.ko} ${lasted.ko} 지속 (기준 ${allowed.ko})`, `${said.en} for ${lasted.en} (limit ${allowed.en})`),
        only && seen && saidWords(contract, only.metric, seen.value),
      ),
      { device: id, metric, t: since, value },
      only && seen && { ...seen, metric: only.metric },
    );
  }

  /** Another word, or the other flag, than what would have to hold. */
  function ordinary({ on, holds, value }: HeldState): readonly Calm[] | undefined {
    if (on || holds || fits(is, value)) return undefined;
    if (typeof value === "string") return typeof is === "boolean" ? undefined : [{ metric, word: value }];
    return typeof is === "boolean" && typeof value === "boolean" ? [{ metric, low: Number(value), high: Number(value) }] : undefined;
  }

  return {
    calm: ordinary,
    begin: () => ({ ...unproven(), told: 0, value: false }),
    reading(state, ask, m, q) {
      const value = m[metric];
      if (value === undefined) return;
      const idle = !state.on && !state.holds && !fits(is, value);
      if (!idle && !isUsable(ask, metric, q)) return;
      state.value = value;
      if (idle) return;
      witness(state, ask.t, fulfilled(state, ask), ask.device.stale);
      judge(state, ask);
    },
    wake(state, ask) {
      if (!ask.trusted(metric)) return;
      // what the other device says may have changed since this one last spoke
      const now = fulfilled(state, ask);
      if (now !== state.holds) {
        state.holds = now;
        state.since = ask.t;
      }
      judge(state, ask);
    },
  };
}
