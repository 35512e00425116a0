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

/** Sides longer than about this are cut by a street; inside a block lanes run about so far apart. */
const blockSide = 430;
const laneGap = 150;
/** Share of blocks left open as parks. */
const parkShare = 0.04;
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

/** Lanes of a block: some run through, the ones across end at one of them or at the rim. */
function layLanes(rng: Rng, { s, t }: Lot, size: readonly [number, number], onLane: (from: Point, to: Point) => void): void {
  const places = (from: number, to: number, long: number): number[] => {
    const count = Math.round(((to - from) * long) / laneGap) - 1;
    return Array.from({ length: Math.max(0, count) }, (_, k) => from + ((to - from) * (k + 1 + 0.3 * (uniform(rng) - 0.5))) / (count + 1));
  };
  const through = places(s[0], s[1], size[0]);
  for (const at of through) onLane([at, t[0]], [at, t[1]]);
  for (const at of places(t[0], t[1], size[1])) {
    const end = through[Math.floor(uniform(rng) * through.length * 2)];
    const west = uniform(rng) < 0.5;
    onLane([end !== undefined && !west ? end : s[0], at], [end !== undefined && west ? end : s[1], at]);
  }
}

interface Spot {
  readonly point: Point;
  readonly chainage: number;
  /** Metres beyond the limit, negative on the water's side. */
  readonly over: number;
}
/** Where the side between two spots meets the limit. */
function crossingOf(a: Spot, b: Spot): number {
  return a.chainage + (a.over / (a.over - b.over)) * (b.chainage - a.chainage);
}

/** The part of a ring on one bank, at least `clear` metres from the water's edge (below 0: up to its middle); the new side follows the stream. */
export function onBank(ring: readonly Point[], bank: 1 | -1, clear: number, course: StreamCourse): Point[] {
  const limit = (chainage: number): number => (clear < 0 ? 0 : course.width(chainage) / 2 + clear);
  const edgeAt = (chainage: number): Point => course.at(chainage, bank * limit(chainage));
  const spots = densify(ring, 30).map((point): Spot => {
    const { chainage, offset } = course.locate(point);
    return { point, chainage, over: bank * offset - limit(chainage) };
  });
  const start = spots.findIndex((spot, k) => spot.over >= 0 && (spots.at(k - 1)?.over ?? 0) < 0);
  if (start < 0) return (spots[0]?.over ?? -1) >= 0 ? [...ring] : [];
  const kept: Point[] = [];
  let left: number | undefined;
  let before = spots.at(start - 1);
  for (const spot of [...spots.slice(start), ...spots.slice(0, start + 1)]) {
    const enters = before !== undefined && spot.over >= 0 && before.over < 0;
    const leaves = before !== undefined && spot.over < 0 && before.over >= 0;
    if (before !== undefined && enters) kept.push(...follow(left, crossingOf(before, spot)).map(edgeAt));
    if (before !== undefined && leaves) left = crossingOf(before, spot);
    if (spot.over >= 0) kept.push(spot.point);
    before = spot;
  }
  return kept.slice(0, -1);
}

/** Chainages along the stream from where the ring left the bank to where it comes back, both ends included. */
function follow(from: number | undefined, to: number): number[] {
  if (from === undefined) return [to];
  const parts = Math.max(1, Math.ceil(Math.abs(to - from) / 60));
  return Array.from({ length: parts + 1 }, (_, k) => from + ((to - from) * k) / parts);
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
      if (uniform(rng) < parkShare) continue;
      layLanes(rng, part, size, lane);
      if (nearStream(ring)) for (const bank of [1, -1] as const) addBlock(onBank(ring, bank, riparian + 12, course));
      else addBlock(ring);
    }
  };
  for (let i = 0; i < lattice.columns.length - 1; i++) {
    for (let j = 0; j < lattice.rows.length - 1; j++) if (lattice.builtCell(i, j)) fill(i, j);
  }
  return { blocks, lanes };
}
