import { onBank } from "./blocks.ts";
import type { CityDesign } from "./city-design.ts";
import { areaOf, contains, distance, lengthOf, type Point, simplify } from "./plane.ts";
import type { StreamCourse } from "./stream-course.ts";
import type { StreetLattice } from "./street-lattice.ts";

export interface DistrictArea {
  readonly id: string;
  readonly ring: readonly Point[];
}

/** The outline of a set of cells along their streets: the longest loop of the sides that no two cells share. */
function outline(cells: readonly (readonly [number, number])[], lattice: StreetLattice): Point[] {
  const name = (i: number, j: number): string => `${i},${j}`;
  const sides = new Map<string, { to: string; path: readonly Point[] }[]>();
  const own = new Set(cells.map(([i, j]) => name(i, j)));
  const add = (from: string, to: string, path: readonly Point[]): void => {
    sides.set(from, [...(sides.get(from) ?? []), { to, path }]);
  };
  for (const [i, j] of cells) {
    const [sw, se, ne, nw] = [name(i, j), name(i + 1, j), name(i + 1, j + 1), name(i, j + 1)];
    if (!own.has(name(i, j - 1))) add(sw, se, lattice.alongRow(i, j).path);
    if (!own.has(name(i + 1, j))) add(se, ne, lattice.alongColumn(i + 1, j).path);
    if (!own.has(name(i, j + 1))) add(ne, nw, [...lattice.alongRow(i, j + 1).path].reverse());
    if (!own.has(name(i - 1, j))) add(nw, sw, [...lattice.alongColumn(i, j).path].reverse());
  }
  let longest: Point[] = [];
  for (const start of sides.keys()) {
    const loop: Point[] = [];
    for (let at = start, side = sides.get(at)?.pop(); side !== undefined; at = side.to, side = sides.get(at)?.pop())
      loop.push(...side.path.slice(0, -1));
    if (lengthOf(loop) > lengthOf(longest)) longest = loop;
  }
  return longest;
}

/** Districts end at main roads and at the stream: a quarter between main roads belongs to the nearest heart on its own bank. */
export function createDistricts(design: CityDesign, lattice: StreetLattice, course: StreamCourse): DistrictArea[] {
  const cells = new Map<string, [number, number][]>(design.districts.map(({ id }) => [id, []]));
  const quarters = new Map<string, [number, number][]>();
  const quarterOf = (i: number, j: number): string => `${lattice.quarter(i)},${lattice.quarter(j)}`;
  for (let i = 0; i < lattice.columns.length - 1; i++) {
    for (let j = 0; j < lattice.rows.length - 1; j++) quarters.set(quarterOf(i, j), [...(quarters.get(quarterOf(i, j)) ?? []), [i, j]]);
  }
  const middleOf = (i: number, j: number): Point => {
    const middles = (quarters.get(quarterOf(i, j)) ?? []).map(([m, n]) => lattice.inCell(m, n, 0.5, 0.5));
    const mean = (k: 0 | 1): number => middles.reduce((sum, point) => sum + point[k], 0) / middles.length;
    return [mean(0), mean(1)];
  };
  const claim = (i: number, j: number, bank: "left" | "right"): void => {
    const middle = middleOf(i, j);
    const [nearest] = design.districts.filter((one) => one.bank === bank).sort((a, b) => distance(a.heart, middle) - distance(b.heart, middle));
    if (nearest !== undefined) cells.get(nearest.id)?.push([i, j]);
  };
  for (let i = 0; i < lattice.columns.length - 1; i++) {
    for (let j = 0; j < lattice.rows.length - 1; j++) {
      const corners = [0, 0.25, 0.5, 0.75, 1].flatMap((s) => [0, 0.25, 0.5, 0.75, 1].map((t) => lattice.inCell(i, j, s, t)));
      const left = corners.map((point) => course.locate(point).offset >= 0);
      if (left.includes(true)) claim(i, j, "left");
      if (left.includes(false)) claim(i, j, "right");
    }
  }
  return design.districts.map(({ id, bank }) => {
    const ring = onBank(outline(cells.get(id) ?? [], lattice), bank === "left" ? 1 : -1, -1, course);
    return { id, ring: simplify([...ring, ring[0] as Point], 3).slice(0, -1) };
  });
}

/** The district that holds a point; outside all of them the one whose middle is nearest. */
export function districtFinder(districts: readonly DistrictArea[]): (point: Point) => string {
  const middles = districts.map(({ ring }) => areaOf(ring).centroid);
  return (point) => {
    const holder = districts.find(({ ring }) => contains(ring, point));
    if (holder !== undefined) return holder.id;
    let best = 0;
    middles.forEach((middle, k) => {
      if (distance(middle, point) < distance(middles[best] as Point, point)) best = k;
    });
    return districts[best]?.id ?? "";
  };
}
