import type { InjectionState } from "../shared/scenario/injection.ts";
import type { Run } from "./run.ts";

/** A drill hides what is true until it ends, from everybody. */
export const hidden = (run: Run): boolean => run.parts.drill && run.running();
export function shown(run: Run): ReturnType<Run["view"]> {
  const view = run.view();
  return hidden(run) ? { ...view, steps: [], expectations: [], truths: [] } : view;
}
/** Nor does the list of injections give a drill away. */
export const seen = (all: readonly InjectionState[], run: Run | undefined): readonly InjectionState[] =>
  run !== undefined && hidden(run) ? all.filter(({ id }) => !id.startsWith(`${run.parts.prefix}.`)) : all;
