import { createRng, type Rng, uniform } from "../random.ts";
import type { CityDesign } from "./city-design.ts";
import { distance, type Point } from "./plane.ts";
import type { StreamCourse } from "./stream-course.ts";

export type RoadClass = 1 | 2;
/** Streets keep this far from the water's edge, except those that cross it. */
export const riparian = 75;
/** The town ends at least so far inside the map. */
const rimMargin = 60;

/** One stretch of a main street from a crossing to the next, sampled. */
export interface Edge {
  readonly path: readonly Point[];
  /** Shown on the map: it lies in the town, or leads out of it. */
  readonly built: boolean;
  /** Meets the stream's corridor: only main roads go on, over a bridge. */
  readonly wet: boolean;
}
/** The main streets: columns run south to north, rows west to east. */
export interface StreetLattice {
  readonly columns: readonly RoadClass[];
  readonly rows: readonly RoadClass[];
  /** Number of the quarter between main roads that line k begins or lies in. */
  quarter(k: number): number;
  /** Point within a cell; s runs east and t north, both 0..1. */
  inCell(i: number, j: number, s: number, t: number): Point;
  crossing(i: number, j: number): Point;
  builtCell(i: number, j: number): boolean;
  inCorridor(point: Point): boolean;
  /** Stretch of column i between rows j and j + 1; of row j between columns i and i + 1. Outside the lattice it leads to the map's rim. */
  alongColumn(i: number, j: number): Edge;
  alongRow(i: number, j: number): Edge;
}

/** Uneven distances between streets, ends fixed. */
function spread(rng: Rng, lines: number, reach: number): number[] {
  const gaps = Array.from({ length: lines - 1 }, () => 0.72 + 0.56 * uniform(rng));
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  let at = -reach;
  return [at, ...gaps.map((gap) => (at += (gap / total) * 2 * reach))];
}

/** Turns the square town by a few degrees and bends it gently, as a valley does. */
const bent =
  (bend: number) =>
  (u: number, v: number): Point => [
    u * 0.995 + v * 0.1 * bend + bend * (330 * Math.sin(v / 1900 + 0.6) + 130 * Math.sin(u / 1500 + v / 2300)),
    v * 0.995 - u * 0.1 * bend + bend * (290 * Math.sin(u / 2100 + 2) + 130 * Math.sin(v / 1400 - u / 2600)),
  ];

export function createStreetLattice(design: CityDesign, scale: number, steepness: (point: Point) => number, course: StreamCourse): StreetLattice {
  const rng = createRng(0, `${design.id}/streets`);
  const lines = Math.max(3, Math.round(design.lines * Math.sqrt(scale)));
  const every = Math.max(2, Math.round(3 * Math.sqrt(scale)));
  const classes: RoadClass[] = Array.from({ length: lines }, (_, k) => (k % every === 1 ? 1 : 2));
  const us = spread(rng, lines, design.reach);
  const vs = spread(rng, lines, design.reach);
  const gap = (2 * design.reach) / (lines - 1);
  const wobble = us.map(() => vs.map(() => [0.22 * gap * (uniform(rng) - 0.5), 0.22 * gap * (uniform(rng) - 0.5)] as const));
  const warp = bent(design.bend);

  /** Beyond the last line the streets go straight on, 400 m a step. */
  const line = (at: readonly number[], k: number): number => {
    if (k < 0) return (at[0] ?? 0) + 400 * k;
    return k < lines ? (at[k] ?? 0) : (at[lines - 1] ?? 0) + 400 * (k - lines + 1);
  };
  /** Crossings of minor streets are a little out of line; main roads run through. */
  const flat = (i: number, j: number): Point => {
    const [du, dv] = wobble[i]?.[j] ?? [0, 0];
    return [line(us, i) + (classes[i] === 2 ? du : 0), line(vs, j) + (classes[j] === 2 ? dv : 0)];
  };
  const inCell = (i: number, j: number, s: number, t: number): Point => {
    const [a, b, c, d] = [flat(i, j), flat(i + 1, j), flat(i, j + 1), flat(i + 1, j + 1)];
    const mix = (k: 0 | 1): number => (1 - t) * ((1 - s) * a[k] + s * b[k]) + t * ((1 - s) * c[k] + s * d[k]);
    return warp(mix(0), mix(1));
  };
  const onMap = ([x, y]: Point): boolean => Math.abs(x) < design.half[0] - rimMargin && Math.abs(y) < design.half[1] - rimMargin;
  const buildable = (i: number, j: number): boolean =>
    steepness(inCell(i, j, 0.5, 0.5)) < 0 && [0, 1].every((s) => [0, 1].every((t) => onMap(inCell(i, j, s, t))));
  const built = new Set<number>();
  for (let i = 0; i < lines - 1; i++) {
    for (let j = 0; j < lines - 1; j++) if (buildable(i, j)) built.add(i * lines + j);
  }
  const builtCell = (i: number, j: number): boolean => i >= 0 && j >= 0 && i < lines - 1 && j < lines - 1 && built.has(i * lines + j);
  const inCorridor = (point: Point): boolean => {
    const { chainage, offset } = course.locate(point);
    return Math.abs(offset) < course.width(chainage) / 2 + riparian;
  };
  const edge = (at: (share: number) => Point, beside: boolean): Edge => {
    const parts = Math.max(2, Math.ceil(distance(at(0), at(1)) / 90));
    const path = Array.from({ length: parts + 1 }, (_, k) => at(k / parts));
    return { path, built: beside, wet: path.some(inCorridor) };
  };
  /** Every other main road goes on over the hills to the next town. */
  const leaves = (k: number): boolean => classes[k] === 1 && Math.floor(k / every) % 2 === 0;
  return {
    columns: classes,
    rows: classes,
    quarter: (k) => Math.floor((k - 1) / every),
    inCell,
    crossing: (i, j) => warp(...(flat(i, j) as [number, number])),
    builtCell,
    inCorridor,
    alongColumn: (i, j) => edge((t) => inCell(i, j, 0, t), builtCell(i - 1, j) || builtCell(i, j) || leaves(i)),
    alongRow: (i, j) => edge((s) => inCell(i, j, s, 0), builtCell(i, j - 1) || builtCell(i, j) || leaves(j)),
  };
}
