import { distance } from "fastest-levenshtein";

/** So many names are listed in full; of more only the nearest are. */
const listed = 16;

/** Of `stream/level` the names of the same service, cut down to what is their own: the service was named, so it was meant. */
function kinOf(name: string, known: readonly string[]) {
  const own = name.slice(0, name.indexOf("/") + 1);
  const isKin = (one: string): boolean => own !== "" && one.startsWith(own);
  const kin = known.filter(isKin).map((one) => one.slice(own.length));
  return { own, rest: name.slice(own.length), kin, others: known.filter((one) => !isKin(one)) };
}

/** The known name that was probably meant, of the service that was named if one of its is near; undefined when none is. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const { own, rest, kin, others } = kinOf(name, known);
  const near = closest(rest, kin);
  if (near !== undefined) return `${own}${near}`;
  return closest(name, others) ?? (own === "" ? ofSomeService(name, known) : undefined);
}

/** `gate-jam` is meant as `stream/gate-jam`: whoever leaves the service out means the only one that has it. */
function ofSomeService(name: string, known: readonly string[]): string | undefined {
  const tailOf = (one: string): string => one.slice(one.indexOf("/") + 1);
  const near = closest(name, known.map(tailOf));
  return near === undefined ? undefined : known.find((one) => tailOf(one) === near);
}

function closest(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let best: { name: string; far: number } | undefined;
  for (const one of known) {
    // no name is nearer than its length is
    if (best !== undefined && Math.abs(one.length - name.length) >= best.far) continue;
    const far = distance(wanted, one.toLowerCase());
    if (best === undefined || far < best.far) best = { name: one, far };
  }
  return best !== undefined && best.far <= Math.max(2, Math.floor(Math.max(name.length, best.name.length) * 0.4)) ? best.name : undefined;
}

/** The nearest first; before all others those of the service that was named. */
function byNearness(name: string, known: readonly string[]): readonly string[] {
  const { own, rest, kin, others } = kinOf(name, known);
  // each is measured once: a file may ask for thousands that are not there, among thousands that are
  const sorted = (wanted: string, names: readonly string[]): readonly string[] =>
    names
      .map((one) => ({ one, far: distance(wanted, one) }))
      .sort((a, b) => a.far - b.far)
      .map(({ one }) => one);
  const first = own === "" ? ofSomeService(name, known) : undefined;
  const all = [...sorted(rest, kin).map((one) => `${own}${one}`), ...sorted(name, others)];
  return first === undefined ? all : [first, ...all.filter((one) => one !== first)];
}

/** A known name as it is; of another the one that was probably meant, so that what is wrong beside the name can be told at once. */
export const meantBy = (name: string, known: readonly string[]): string | undefined => (known.includes(name) ? name : nearest(name, known));

/** `there is no <what> "<name>"`, with the nearest known name and what is possible. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const meant = near === undefined ? "" : `, did you mean "${near}"?`;
  if (known.length === 0) return `there is no ${what} "${name}"${meant}; there is none at all`;
  const some = known.length <= listed ? known : byNearness(name, known).slice(0, 6);
  return `there is no ${what} "${name}"${meant}; ${known.length <= listed ? "known" : `the nearest of ${known.length}`}: ${some.join(", ")}`;
}
