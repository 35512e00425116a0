import { type InjectionState, prefixIn } from "../../shared/scenario/injection.ts";
import type { Run, RunView } from "./run.ts";

/** A drill hides what is true until it ends, from everybody. */
export const hidden = (run: Run): boolean => run.parts.drill && !run.over();
export function shown(run: Run): RunView {
  const view = run.view();
  return hidden(run) ? { ...view, steps: [], expectations: [], truths: [] } : view;
}
/** Nor does the list of injections give a drill away. */
export function seen(all: readonly InjectionState[], runs: readonly Run[]): readonly InjectionState[] {
  const veiled = new Set(runs.filter(hidden).map(({ parts }) => parts.prefix));
  return all.filter(({ id }) => !veiled.has(prefixIn(id) ?? ""));
}
