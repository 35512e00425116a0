import { secondsOf } from "../../shared/scenario/duration.ts";
import type { Injection } from "../../shared/scenario/injection.ts";
import { completeArgs } from "../../shared/scenario/injection-args.ts";
import type { Scenario } from "../../shared/scenario/scenario.ts";
import type { InjectionKindRow } from "../../shared/scenario/scenario-port.ts";
import { type Selectable, select } from "../../shared/scenario/selector.ts";
import type { Text } from "../../shared/text.ts";
import type { Stage } from "../stage.ts";
import { struckBy, targetsOf } from "./struck.ts";
import { type Coming, stepId, unfold } from "./unfold.ts";
import { stepWords } from "./words.ts";

/** One coming of a step with everything resolved that can be known beforehand. */
export interface Planned {
  readonly coming: Coming;
  /** City time; null: it follows a scripted act, which comes when there is something to act on. */
  readonly t: number | null;
  /** What it strikes, commands or acts on. */
  readonly devices: readonly Selectable[];
  /** Of an injection; `t` of it is null as long as its own is. */
  readonly injection: Injection | null;
  readonly words: Text;
}

/** @param prefix ids of this plan's injections begin with it; a city that has lived through the same scenario already needs another one. */
export function planOf(scenario: Scenario, stage: Stage, from: number, prefix: string): readonly Planned[] {
  const comings = unfold(scenario);
  const clearings = clearingsOf(comings);
  const aims = new Map<number, Aim>();
  return comings.map((coming) => {
    const aim = aims.get(coming.index) ?? aimOf(coming, scenario.seed, stage);
    aims.set(coming.index, aim);
    const { kind, devices, targets, args } = aim;
    const t = coming.at === null ? null : from + coming.at * 1000;
    const lasts = kind === undefined ? null : lastsOf(coming, kind, clearings);
    const injection = kind === undefined ? null : { id: `${prefix}.${coming.id}`, kind: kind.id, targets, t, lasts, args };
    return { coming, t, devices, injection, words: aim.words(lasts) };
  });
}

/** What every coming of a step has in common: one may come ten thousand times, at a thousand devices. */
interface Aim {
  readonly kind: InjectionKindRow | undefined;
  readonly devices: readonly Selectable[];
  readonly targets: string[];
  readonly args: Injection["args"];
  words(lasts: number | null): Text;
}
function aimOf(coming: Coming, seed: number, stage: Stage): Aim {
  const { step } = coming;
  const kind = step.inject === undefined ? undefined : stage.kinds.find(({ id }) => id === step.inject);
  const chosen = step.on === undefined ? [] : select(stage.devices, step.on, seed);
  const devices = kind === undefined ? chosen : struckBy(kind, chosen);
  const complete = kind === undefined ? undefined : completeArgs(kind, step.with ?? {});
  const args = complete?.ok ? complete.value : (step.with ?? {});
  const known = new Map<number | null, Text>();
  return {
    ...{ kind, devices, args, targets: kind === undefined ? [] : [...targetsOf(kind, devices)] },
    words(lasts) {
      const words = known.get(lasts) ?? stepWords(coming, devices, lasts, args, stage);
      known.set(lasts, words);
      return words;
    },
  };
}

/** Times at which a step of this name is cleared. */
function clearingsOf(comings: readonly Coming[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const { step, at } of comings) {
    if (step.clear === undefined || at === null) continue;
    const times = found.get(step.clear);
    if (times === undefined) found.set(step.clear, [at]);
    else times.push(at);
  }
  return found;
}

/** What a step of the file clears at a known time lasts until then: so its end is exact, whatever the machine. */
function lastsOf({ index, at, step }: Coming, kind: InjectionKindRow, clearings: ReadonlyMap<string, readonly number[]>): number | null {
  const own = step.for === undefined ? kind.lasts : secondsOf(step.for);
  const ends = (clearings.get(stepId(step, index)) ?? []).flatMap((end) => (at !== null && end > at ? end - at : []));
  return ends.length === 0 ? own : Math.min(...ends, own ?? Number.POSITIVE_INFINITY);
}
