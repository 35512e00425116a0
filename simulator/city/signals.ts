import { lengthOf, type Point, toLatLon } from "./plane.ts";
import type { StreetGraph, StreetLink, StreetNode } from "./street-graph.ts";
import type { Edge, StreetLattice } from "./street-lattice.ts";

interface Crossing {
  readonly i: number;
  readonly j: number;
  readonly at: Point;
}
interface Way {
  readonly from: number;
  readonly to: number;
  readonly metres: number;
  /** Along a row, towards the east; otherwise along a column, towards the north. */
  readonly eastward: boolean;
}

/** Whether vehicles get from one end of the stretch to the other. */
const open = (edge: Edge, level: 1 | 2): boolean => edge.built && (level === 1 || !edge.wet);

interface Line {
  readonly count: number;
  crossing(k: number): number | undefined;
  stretch(k: number): Edge;
}

/** Every pair of neighbouring crossings that a street joins; a street may pass a place without a crossing, as a bridge does. */
function waysAlong({ count, crossing, stretch }: Line, eastward: boolean, level: 1 | 2): Way[] {
  const ways: Way[] = [];
  let from: number | undefined;
  let metres = 0;
  for (let k = 0; k < count; k++) {
    const here = crossing(k);
    if (here !== undefined) {
      if (from !== undefined) ways.push({ from, to: here, metres, eastward });
      from = here;
      metres = 0;
    }
    const edge = stretch(k);
    if (open(edge, level)) metres += lengthOf(edge.path);
    else from = undefined;
  }
  return ways;
}

function waysOf(lattice: StreetLattice, index: ReadonlyMap<string, number>): Way[] {
  const count = lattice.columns.length;
  return [
    ...lattice.rows.flatMap((level, j) =>
      waysAlong({ count, crossing: (k) => index.get(`${k},${j}`), stretch: (k) => lattice.alongRow(k, j) }, true, level),
    ),
    ...lattice.columns.flatMap((level, i) =>
      waysAlong({ count, crossing: (k) => index.get(`${i},${k}`), stretch: (k) => lattice.alongColumn(i, k) }, false, level),
    ),
  ];
}

/** Grows outward from the middle along streets, nearest first, so that the chosen ones hang together. */
function chooseSignals(crossings: readonly Crossing[], ways: readonly Way[], wanted: number): Set<number> {
  const neighbours = crossings.map((): number[] => []);
  for (const { from, to } of ways) {
    neighbours[from]?.push(to);
    neighbours[to]?.push(from);
  }
  const far = crossings.map(({ at }) => at[0] * at[0] + at[1] * at[1]);
  const nearest = (candidates: Iterable<number>): number | undefined => {
    let best: number | undefined;
    for (const k of candidates) if (best === undefined || (far[k] ?? 0) < (far[best] ?? 0)) best = k;
    return best;
  };
  const chosen = new Set<number>();
  const frontier = new Set<number>();
  let next = nearest(crossings.keys());
  while (next !== undefined && chosen.size < wanted) {
    chosen.add(next);
    frontier.delete(next);
    for (const k of neighbours[next] ?? []) if (!chosen.has(k)) frontier.add(k);
    next = nearest(frontier);
  }
  return chosen;
}

/** Signalised intersections with the streets between them, numbered from the north-west, row by row. */
export function createStreetGraph(lattice: StreetLattice, wanted: number): StreetGraph {
  const crossings: Crossing[] = [];
  const index = new Map<string, number>();
  for (let j = lattice.rows.length - 1; j >= 0; j--) {
    for (let i = 0; i < lattice.columns.length; i++) {
      const at = lattice.crossing(i, j);
      const inTown = lattice.builtCell(i, j) || lattice.builtCell(i - 1, j) || lattice.builtCell(i, j - 1) || lattice.builtCell(i - 1, j - 1);
      if (!inTown || lattice.inCorridor(at)) continue;
      index.set(`${i},${j}`, crossings.length);
      crossings.push({ i, j, at });
    }
  }
  const chosen = chooseSignals(crossings, waysOf(lattice, index), wanted);
  const kept = crossings.filter((_, k) => chosen.has(k));
  const nodes: StreetNode[] = kept.map(({ at }, k) => ({ id: `tx-${String(k + 1).padStart(4, "0")}`, ...toLatLon(at) }));
  const ways = waysOf(lattice, new Map(kept.map(({ i, j }, k) => [`${i},${j}`, k])));
  return { nodes, links: ways.flatMap((way) => linksOf(way, kept, lattice)).sort((a, b) => a.to - b.to || (a.side < b.side ? -1 : 1)) };
}

/** Both directions of a street; the main road of a crossing is the one of higher class, the column where both are equal. */
function linksOf(way: Way, kept: readonly Crossing[], lattice: StreetLattice): StreetLink[] {
  const end = kept[way.to];
  const start = kept[way.from];
  if (end === undefined || start === undefined) return [];
  const level = way.eastward ? lattice.rows[end.j] : lattice.columns[end.i];
  const main = ({ i, j }: Crossing): boolean => {
    const [column, row] = [lattice.columns[i] ?? 2, lattice.rows[j] ?? 2];
    return way.eastward ? row < column : column <= row;
  };
  // Main roads have three or four lanes each way, collectors one or two: the inner ones of every city are the wider.
  const central = Math.abs(end.at[0]) + Math.abs(end.at[1]) < 4200;
  const lanes = level === 1 ? (central ? 4 : 3) : central ? 2 : 1;
  const metres = Math.round(way.metres);
  return [
    { from: way.from, to: way.to, metres, lanes, main: main(end), side: way.eastward ? "w" : "s" },
    { from: way.to, to: way.from, metres, lanes, main: main(start), side: way.eastward ? "e" : "n" },
  ];
}
