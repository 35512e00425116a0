import { createRng, type Rng, uniform } from "../random.ts";
import { areaOf, densify, distance, lengthOf, type Point } from "./plane.ts";
import type { StreamCourse } from "./stream-course.ts";
import { riparian, type StreetLattice } from "./street-lattice.ts";

/** A built-up block between streets; the ring does not repeat its first point. */
export interface Block {
  readonly ring: readonly Point[];
  readonly area: number;
  readonly middle: Point;
}
/** A rectangle in the coordinates of a lattice cell. */
interface Lot {
  readonly s: readonly [number, number];
  readonly t: readonly [number, number];
}
export interface Fabric {
  readonly blocks: readonly Block[];
  readonly lanes: readonly (readonly Point[])[];
}

/** Sides longer than this are cut by a street; courts inside a block by a lane. */
const blockSide = 330;
const courtSide = 165;
const setback = { 1: 20, 2: 12, lane: 6 } as const;

/** Half-way cuts across the longer side until no side is longer than `most`. Reports each cut as the lot's two ends of it. */
function cut(rng: Rng, lot: Lot, size: readonly [number, number], most: number, onCut: (from: Point, to: Point) => void): Lot[] {
  const width = (lot.s[1] - lot.s[0]) * size[0];
  const depth = (lot.t[1] - lot.t[0]) * size[1];
  const limit = most * (0.8 + 0.5 * uniform(rng));
  if (Math.max(width, depth) <= limit) return [lot];
  const share = 0.4 + 0.2 * uniform(rng);
  if (width >= depth) {
    const at = lot.s[0] + share * (lot.s[1] - lot.s[0]);
    const gap = setback.lane / size[0];
    onCut([at, lot.t[0]], [at, lot.t[1]]);
    return [
      { s: [lot.s[0], at - gap] as const, t: lot.t },
      { s: [at + gap, lot.s[1]] as const, t: lot.t },
    ].flatMap((part) => cut(rng, part, size, most, onCut));
  }
  const at = lot.t[0] + share * (lot.t[1] - lot.t[0]);
  const gap = setback.lane / size[1];
  onCut([lot.s[0], at], [lot.s[1], at]);
  return [
    { s: lot.s, t: [lot.t[0], at - gap] as const },
    { s: lot.s, t: [at + gap, lot.t[1]] as const },
  ].flatMap((part) => cut(rng, part, size, most, onCut));
}

/** The part of a ring on one bank, at least `clear` metres from the water's edge; the new side follows the stream. */
export function onBank(ring: readonly Point[], bank: 1 | -1, clear: number, course: StreamCourse): Point[] {
  const dense = densify(ring, 30);
  const spots = dense.map((point) => {
    const { chainage, offset } = course.locate(point);
    return { point, chainage, over: bank * offset - (clear < 0 ? 0 : course.width(chainage) / 2 + clear) };
  });
  const edgeAt = (chainage: number): Point => course.at(chainage, clear < 0 ? 0 : bank * (course.width(chainage) / 2 + clear));
  const start = spots.findIndex((spot, k) => spot.over >= 0 && (spots[(k + spots.length - 1) % spots.length]?.over ?? 0) < 0);
  if (start < 0) return (spots[0]?.over ?? -1) >= 0 ? [...ring] : [];
  const kept: Point[] = [];
  let left: number | undefined;
  for (let n = 0; n <= spots.length; n++) {
    const spot = spots[(start + n) % spots.length];
    const before = spots[(start + n + spots.length - 1) % spots.length];
    if (spot === undefined || before === undefined) continue;
    const share = before.over / (before.over - spot.over);
    const chainage = before.chainage + share * (spot.chainage - before.chainage);
    if (spot.over >= 0 && before.over < 0) {
      if (left !== undefined) {
        const parts = Math.ceil(Math.abs(chainage - left) / 60);
        for (let k = 0; k < parts; k++) kept.push(edgeAt(left + ((chainage - left) * k) / parts));
      }
      kept.push(edgeAt(chainage));
    }
    if (spot.over < 0 && before.over >= 0) left = chainage;
    if (spot.over >= 0 && n < spots.length) kept.push(spot.point);
  }
  return kept;
}

/** The stretches of a path that lie where `free` says so. */
export function stretches(path: readonly Point[], free: (point: Point) => boolean): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (const point of path) {
    if (free(point)) run.push(point);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  if (run.length > 0) runs.push(run);
  return runs.filter((part) => part.length > 1);
}

/** Blocks and the lanes in and between them, cell by cell of the main streets. */
export function createFabric(lattice: StreetLattice, steepness: (point: Point) => number, course: StreamCourse, name: string): Fabric {
  const rng = createRng(0, `${name}/blocks`);
  const blocks: Block[] = [];
  const lanes: Point[][] = [];

  const addBlock = (ring: readonly Point[]): void => {
    const { area, centroid } = areaOf(ring);
    if (Math.abs(area) > 2500 && steepness(centroid) < 0.02) blocks.push({ ring, area: Math.abs(area), middle: centroid });
  };
  const nearStream = (points: readonly Point[]): boolean => points.some((point) => Math.abs(course.locate(point).offset) < 480);
  const addLane = (a: Point, b: Point): void => {
    const parts = Math.ceil(distance(a, b) / 35);
    const free = (point: Point): boolean => !lattice.inCorridor(point) && steepness(point) < 0.02;
    const path = Array.from({ length: parts + 1 }, (_, k): Point => [a[0] + ((b[0] - a[0]) * k) / parts, a[1] + ((b[1] - a[1]) * k) / parts]);
    for (const run of stretches(path, free)) {
      if (lengthOf(run) > 60) lanes.push([run[0] as Point, run[run.length - 1] as Point]);
    }
  };
  const fill = (i: number, j: number): void => {
    const inCell = (s: number, t: number): Point => lattice.inCell(i, j, s, t);
    const size = [distance(inCell(0, 0.5), inCell(1, 0.5)), distance(inCell(0.5, 0), inCell(0.5, 1))] as const;
    const margin = (line: number, classes: readonly number[], along: number): number => (classes[line] === 1 ? setback[1] : setback[2]) / along;
    const lot: Lot = {
      s: [margin(i, lattice.columns, size[0]), 1 - margin(i + 1, lattice.columns, size[0])],
      t: [margin(j, lattice.rows, size[1]), 1 - margin(j + 1, lattice.rows, size[1])],
    };
    const lane = (from: Point, to: Point): void => addLane(inCell(...from), inCell(...to));
    for (const part of cut(rng, lot, size, blockSide, lane)) {
      const [[w, e], [s, n]] = [part.s, part.t];
      const ring = [inCell(w, s), inCell(e, s), inCell(e, n), inCell(w, n)];
      const park = uniform(rng) < 0.045;
      if (!park) cut(rng, part, size, courtSide, lane);
      if (park) continue;
      if (nearStream(ring)) for (const bank of [1, -1] as const) addBlock(onBank(ring, bank, riparian + 12, course));
      else addBlock(ring);
    }
  };
  for (let i = 0; i < lattice.columns.length - 1; i++) {
    for (let j = 0; j < lattice.rows.length - 1; j++) if (lattice.builtCell(i, j)) fill(i, j);
  }
  return { blocks, lanes };
}
