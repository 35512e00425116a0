import { durationOf } from "./duration.ts";
import type { InjectionKind } from "./injection.ts";

/** Seconds: a decline at home goes on for twelve weeks, and nothing for longer. */
export const longestInjection = 100 * 86_400;

/** Why an injection cannot last so many seconds, whichever way it is asked for; undefined: it can. */
export function lastingFault({ id, lasts }: Pick<InjectionKind, "lasts"> & { readonly id: string }, seconds: number): string | undefined {
  if (seconds >= 1 && seconds <= longestInjection) return undefined;
  const bound = seconds < 1 ? "a second at least" : `${durationOf(longestInjection)} at most`;
  return `"${id}" lasts ${bound}${lasts === null ? "" : `, usually ${durationOf(lasts)}`}`;
}
