import { distance } from "fastest-levenshtein";

/** So many names are listed in full; of more only the nearest are. */
const listed = 16;

/** The known name that was probably meant; undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: { name: string; far: number } | undefined;
  for (const one of known) {
    const far = distance(name.toLowerCase(), one.toLowerCase());
    if (best === undefined || far < best.far) best = { name: one, far };
  }
  return best !== undefined && best.far <= Math.max(2, Math.floor(Math.max(name.length, best.name.length) * 0.4)) ? best.name : undefined;
}

/** `there is no <what> "<name>"`, with the nearest known name and what is possible. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const meant = near === undefined ? "" : `, did you mean "${near}"?`;
  if (known.length === 0) return `there is no ${what} "${name}"${meant}; there is none at all`;
  const some = known.length <= listed ? known : nearestOf(name, known, 6);
  return `there is no ${what} "${name}"${meant}; ${known.length <= listed ? "known" : `the nearest of ${known.length}`}: ${some.join(", ")}`;
}

/** Each name is measured once: a file may ask for thousands that are not there, among thousands that are. */
function nearestOf(name: string, known: readonly string[], count: number): readonly string[] {
  return known
    .map((one) => ({ one, far: distance(name, one) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, count)
    .map(({ one }) => one);
}
