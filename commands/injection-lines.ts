import { isoIn } from "../console/server/local-iso.ts";
import { durationOf } from "../shared/scenario/duration.ts";
import type { InjectionState } from "../shared/scenario/injection.ts";

/** What was asked: to see how they stand, or to end them. */
type Asked = "list" | "clear";

const shown = 4;

/** The city ends it at its next second, so its answer still calls it active: to whoever asked for the end it is cleared. */
const stateWord = (state: InjectionState["state"], asked: Asked): string =>
  asked === "clear" && (state === "active" || state === "waits") ? "cleared" : state;

/** Injections for people, a line each. Times are the city's own, as on its clock. */
export function injectionLines(injections: readonly InjectionState[], zone: string, asked: Asked): readonly string[] {
  if (injections.length === 0) return ["nothing is injected"];
  const iso = isoIn(zone);
  return injections.map(({ id, kind, targets, t, lasts, state, reason }) => {
    const long = lasts === null ? "until cleared" : `for ${durationOf(lasts)}`;
    const where = `${targets.slice(0, shown).join(" ")}${targets.length > shown ? ` and ${targets.length - shown} more` : ""}`;
    return `${id.padEnd(20)} ${stateWord(state, asked).padEnd(8)} ${kind.padEnd(18)} ${iso(t)} ${long}  ${where}${reason === null ? "" : `  ${reason}`}`;
  });
}
