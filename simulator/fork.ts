import type { Outcome, OutcomeSums } from "../shared/scenario/outcome.ts";
import type { Engine } from "./engine.ts";
import type { Input } from "./inputs.ts";

const minuteMs = 60_000;

/** Those of a run's inputs that a fork from `after` lives with: injections always, commands as asked. */
export function forkInputs(list: readonly Input[], after: number, commands: "all" | "none" | readonly string[]): readonly Input[] {
  const kept = typeof commands === "string" ? undefined : new Set(commands);
  return list.filter((input) => {
    if (input.t <= after) return false;
    return !("op" in input) || commands === "all" || kept?.has(input.id) === true;
  });
}

/** Lives to `to` in silence, and sums up what it was like, once a minute. */
export function outcomeOf(engine: Engine, to: number): Outcome {
  const from = engine.now();
  const begin = flat(engine.outcomes());
  const t: number[] = [];
  const sums: Record<string, number[]> = Object.fromEntries(Object.keys(begin).map((name) => [name, []]));
  while (engine.now() < to) {
    engine.advance(Math.min(to, Math.floor(engine.now() / minuteMs) * minuteMs + minuteMs), () => undefined);
    t.push(engine.now());
    for (const [name, sum] of Object.entries(flat(engine.outcomes()))) sums[name]?.push(sum - (begin[name] ?? 0));
  }
  return { from, to: engine.now(), t, sums };
}

const flat = (sums: OutcomeSums): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(sums).flatMap(([service, measures]) => Object.entries(measures).map(([name, sum]) => [`${service}/${name}`, sum])),
  );
