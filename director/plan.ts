import { secondsOf } from "../shared/scenario/duration.ts";
import type { Injection } from "../shared/scenario/injection.ts";
import { completeArgs } from "../shared/scenario/injection-args.ts";
import type { Scenario } from "../shared/scenario/scenario.ts";
import type { InjectionKindRow } from "../shared/scenario/scenario-port.ts";
import { type Selectable, select } from "../shared/scenario/selector.ts";
import type { Text } from "../shared/text.ts";
import type { Stage } from "./stage.ts";
import { struckBy, targetsOf } from "./struck.ts";
import { type Coming, unfold } from "./unfold.ts";
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
  return comings.map((coming) => {
    const { step } = coming;
    const kind = step.inject === undefined ? undefined : stage.kinds.find(({ id }) => id === step.inject);
    const chosen = step.on === undefined ? [] : select(stage.devices, step.on, scenario.seed);
    const devices = kind === undefined ? chosen : struckBy(kind, chosen);
    const t = coming.at === null ? null : from + coming.at * 1000;
    const injection = kind === undefined ? null : injectionOf(coming, kind, devices, { t, lasts: lastsOf(coming, kind, comings), prefix });
    const args = injection?.args ?? step.with ?? {};
    return { coming, t, devices, injection, words: stepWords(coming, devices, injection?.lasts ?? null, args, stage) };
  });
}

function injectionOf(
  { id, step }: Coming,
  kind: InjectionKindRow,
  devices: readonly Selectable[],
  { t, lasts, prefix }: { readonly t: number | null; readonly lasts: number | null; readonly prefix: string },
): Injection {
  const args = completeArgs(kind, step.with ?? {});
  return { id: `${prefix}.${id}`, kind: kind.id, targets: [...targetsOf(kind, devices)], t, lasts, args: args.ok ? args.value : (step.with ?? {}) };
}

/** What a step of the file clears at a known time lasts until then: so its end is exact, whatever the machine. */
function lastsOf({ index, at, step }: Coming, kind: InjectionKindRow, comings: readonly Coming[]): number | null {
  const own = step.for === undefined ? kind.lasts : secondsOf(step.for);
  const name = comings.find((one) => one.index === index)?.id;
  const ends = comings.flatMap((one) => (one.step.clear === name && one.at !== null && at !== null && one.at > at ? one.at - at : []));
  return ends.length === 0 ? own : Math.min(...ends, own ?? Number.POSITIVE_INFINITY);
}
