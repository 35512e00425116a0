import { createRng, type Rng, uniform } from "../random.ts";
import type { Block } from "./blocks.ts";
import type { Place } from "./ground.ts";
import { contains, type Point, toLatLon, toPoint } from "./plane.ts";

const cellSide = 500;
/** How far from its middle a block is used, as a share of the way to the rim. */
const inner = 0.95;

/** A point inside the block, nearer to its middle than to the streets. */
function pointIn(rng: Rng, { ring, middle }: Block): Point {
  const from = contains(ring, middle) ? middle : (ring[0] as Point);
  for (let attempt = 0; attempt < 20; attempt++) {
    const corner = ring[Math.floor(uniform(rng) * ring.length)] as Point;
    const next = ring[Math.floor(uniform(rng) * ring.length)] as Point;
    const [a, b] = [inner * uniform(rng), inner * uniform(rng)];
    const point: Point = [
      from[0] + (a * (corner[0] - from[0]) + b * (next[0] - from[0])) / 1.5,
      from[1] + (a * (corner[1] - from[1]) + b * (next[1] - from[1])) / 1.5,
    ];
    if (contains(ring, point)) return point;
  }
  return from;
}

/** Systematic sampling by area along the blocks in their order, which goes cell by cell: every part of the town gets its share. */
export function createPlaces(blocks: readonly Block[], districtOf: (point: Point) => string): (name: string, count: number) => readonly Place[] {
  const total = blocks.reduce((sum, { area }) => sum + area, 0);
  return (name, count) => {
    const rng = createRng(0, `places/${name}`);
    const stride = total / Math.max(1, count);
    const places: Place[] = [];
    const taken = new Set<string>();
    let next = stride * uniform(rng);
    let covered = 0;
    for (const block of blocks) {
      covered += block.area;
      while (next < covered && places.length < count) {
        next += stride;
        let point = pointIn(rng, block);
        let spot = toLatLon(point);
        while (taken.has(`${spot.lat},${spot.lon}`)) {
          point = [point[0] + 2 * uniform(rng) - 1, point[1] + 2 * uniform(rng) - 1];
          spot = toLatLon(point);
        }
        taken.add(`${spot.lat},${spot.lon}`);
        places.push({ ...spot, district: districtOf(point) });
      }
    }
    return places;
  };
}

/** The centre of the 500 m cell that holds the place; its district stays that of the place. */
export function cellOf(place: Place): Place {
  const [x, y] = toPoint(place);
  const middle = (value: number): number => (Math.floor(value / cellSide) + 0.5) * cellSide;
  return { ...toLatLon([middle(x), middle(y)]), district: place.district };
}
