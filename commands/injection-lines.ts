import { isoIn } from "../console/server/local-iso.ts";
import { durationOf } from "../shared/scenario/duration.ts";
import type { ClearedInjection, InjectionState } from "../shared/scenario/injection.ts";

const shown = 4;

/** Injections for people, a line each. Times are the city's own, as on its clock. */
export function injectionLines(injections: readonly (InjectionState | ClearedInjection)[], zone: string): readonly string[] {
  if (injections.length === 0) return ["nothing is injected"];
  const iso = isoIn(zone);
  return injections.map((one) => {
    const { id, kind, targets, t, lasts, state, reason } = one;
    const long = lasts === null ? "until cleared" : `for ${durationOf(lasts)}`;
    const where = `${targets.slice(0, shown).join(" ")}${targets.length > shown ? ` and ${targets.length - shown} more` : ""}`;
    const cleared = "cleared" in one && one.cleared !== null ? `  cleared at ${iso(one.cleared.t)} by ${one.cleared.by}` : "";
    return `${id.padEnd(20)} ${state.padEnd(8)} ${kind.padEnd(18)} ${iso(t)} ${long}  ${where}${reason === null ? "" : `  ${reason}`}${cleared}`;
  });
}

/** What has ended, and that a story goes on where `all` has left it alone. */
export function clearedLines(
  { injections, staying = 0 }: { readonly injections: readonly (InjectionState | ClearedInjection)[]; readonly staying?: number },
  zone: string,
): readonly string[] {
  if (staying === 0) return injectionLines(injections, zone);
  const stay = `${staying} of the story ${staying === 1 ? "stays" : "stay"}; --story ends ${staying === 1 ? "it" : "them"}, too`;
  return [...(injections.length === 0 ? ["nothing is injected beside the story"] : injectionLines(injections, zone)), stay];
}
