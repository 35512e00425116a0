import type { Crossing } from "./crossings.ts";

/** A main road's way from the last signal to this one. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** The street is the main road at the last signal, too: else its platoons leave in the other road's green. */
  readonly mainThere: boolean;
  /** The approach at its end. */
  readonly approach: string;
  readonly metres: number;
}
/** Signals that one main road joins, and every link into one of them. A crossing without such neighbours is a corridor of its own. */
export interface Corridor {
  readonly crossings: readonly Crossing[];
  readonly links: readonly Link[];
}

/** The last crossing lies where the approach's link begins, give or take so many metres: streets bend. */
const tolerance = 90;
const metresPerDegree = 111_195;

export function corridorsOf(crossings: readonly Crossing[]): readonly Corridor[] {
  const links = crossings.flatMap((crossing) => linksInto(crossing, crossings));
  const groups = new Map<string, Set<string>>(crossings.map(({ signal }) => [signal, new Set([signal])]));
  for (const { from, to, mainThere } of links) {
    if (!mainThere) continue;
    const [a, b] = [groups.get(from), groups.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    for (const signal of b) {
      a.add(signal);
      groups.set(signal, a);
    }
  }
  const bySignal = new Map(crossings.map((crossing) => [crossing.signal, crossing]));
  return [...new Set(groups.values())].map((group) => ({
    crossings: [...group].sort().flatMap((signal) => bySignal.get(signal) ?? []),
    links: links.filter(({ to }) => group.has(to)),
  }));
}

function linksInto(crossing: Crossing, all: readonly Crossing[]): Link[] {
  return crossing.approaches.flatMap(({ main, metres, heading, device }) => {
    if (!main || metres === undefined) return [];
    const angle = (heading * Math.PI) / 180;
    const wide = metresPerDegree * Math.cos((crossing.lat * Math.PI) / 180);
    const at = { lat: crossing.lat - (metres * Math.cos(angle)) / metresPerDegree, lon: crossing.lon - (metres * Math.sin(angle)) / wide };
    let nearest: { readonly other: Crossing; readonly away: number } | undefined;
    for (const other of all) {
      if (other.timeline !== crossing.timeline || other.signal === crossing.signal) continue;
      const away = Math.hypot((other.lat - at.lat) * metresPerDegree, (other.lon - at.lon) * wide);
      if (away <= tolerance && away < (nearest?.away ?? Number.POSITIVE_INFINITY)) nearest = { other, away };
    }
    if (nearest === undefined) return [];
    return [{ from: nearest.other.signal, to: crossing.signal, mainThere: goesOn(nearest.other, heading), approach: device, metres }];
  });
}
/** The street is the main road there too: one of its main approaches drives the same or the opposite way. */
const goesOn = ({ approaches }: Crossing, heading: number): boolean =>
  approaches.some((one) => one.main && Math.abs(Math.cos(((one.heading - heading) * Math.PI) / 180)) > 0.8);
