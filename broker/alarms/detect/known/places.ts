import type { Watched } from "../../observed.ts";

/** Who lies where, from birth documents alone. Answers are kept as long as the list of devices is the same one. */

/** It does not say where it is: it is where its birth document says. */
export const staysPut = ({ contract, kind }: Watched): boolean =>
  !(contract.kinds[kind]?.metrics ?? []).some((metric) => contract.metrics[metric]?.kind === "position");

/** Gauges of one stream, upstream first. */
const courses = new WeakMap<readonly Watched[], readonly Watched[]>();
const chainageOf = ({ meta }: Watched): number => meta.constants?.chainage ?? 0;
export function downTheStream(gauges: readonly Watched[]): readonly Watched[] {
  const known = courses.get(gauges);
  if (known !== undefined) return known;
  const sorted = gauges.filter(({ meta }) => meta.constants?.chainage !== undefined).sort((a, b) => chainageOf(a) - chainageOf(b));
  courses.set(gauges, sorted);
  return sorted;
}

export interface Around {
  readonly upper: Watched | undefined;
  readonly lower: Watched | undefined;
  /** Of the way from the upper to the lower one. */
  readonly share: number;
}
/** The gauges before and behind a place on the stream, itself left out. */
export function gaugesAround(gauges: readonly Watched[], place: Watched): Around {
  const at = chainageOf(place);
  let upper: Watched | undefined;
  let lower: Watched | undefined;
  for (const gauge of downTheStream(gauges)) {
    if (gauge.id === place.id) continue;
    if (chainageOf(gauge) < at) upper = gauge;
    else lower ??= gauge;
  }
  const from = upper === undefined ? at : chainageOf(upper);
  const to = lower === undefined ? at : chainageOf(lower);
  return { upper, lower, share: to > from ? (at - from) / (to - from) : 0 };
}

/** The two nearest gauges, on both sides where there are: who differs from both is the one that is wrong. */
export function witnessesOf(gauges: readonly Watched[], place: Watched): readonly Watched[] {
  const course = downTheStream(gauges);
  const own = course.findIndex(({ id }) => id === place.id);
  if (own < 0) return [];
  return course
    .map((gauge, at) => ({ gauge, far: Math.abs(at - own) }))
    .filter(({ far }) => far > 0)
    .sort((a, b) => a.far - b.far)
    .slice(0, 2)
    .map(({ gauge }) => gauge);
}

const fed = new WeakMap<readonly Watched[], Map<string, Watched | undefined>>();
/** The approach one crossing upstream on the same street: it drives the same way and lies behind, no further than this. */
const reachMetres = 900;
const metresPerDegree = 111_195;

interface Spot {
  readonly lat: number;
  readonly lon: number;
}
/** Straight, on a plane: within a city. */
export function metresBetween(a: Spot, b: Spot): number {
  const north = (a.lat - b.lat) * metresPerDegree;
  const east = (a.lon - b.lon) * metresPerDegree * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}

export function aheadOf(approaches: readonly Watched[], place: Watched): Watched | undefined {
  const known = fed.get(approaches) ?? new Map<string, Watched | undefined>();
  fed.set(approaches, known);
  if (!known.has(place.id)) known.set(place.id, findBehind(approaches, place));
  return known.get(place.id);
}

function findBehind(approaches: readonly Watched[], place: Watched): Watched | undefined {
  const heading = place.meta.constants?.heading;
  if (heading === undefined) return undefined;
  const angle = (heading * Math.PI) / 180;
  let best: Watched | undefined;
  let nearest = reachMetres;
  for (const other of approaches) {
    const turn = Math.abs(((heading - (other.meta.constants?.heading ?? heading + 180) + 540) % 360) - 180);
    if (other.id === place.id || turn > 35) continue;
    const north = (place.meta.lat - other.meta.lat) * metresPerDegree;
    const east = (place.meta.lon - other.meta.lon) * metresPerDegree * Math.cos((place.meta.lat * Math.PI) / 180);
    const along = north * Math.cos(angle) + east * Math.sin(angle);
    const aside = Math.abs(east * Math.cos(angle) - north * Math.sin(angle));
    if (along < 60 || aside > along / 2 || along >= nearest) continue;
    nearest = along;
    best = other;
  }
  return best;
}
