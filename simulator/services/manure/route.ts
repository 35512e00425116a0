import { distance, type Point, toPoint } from "../../city/plane.ts";
import type { StreetGraph } from "../../city/street-graph.ts";

/** Plain data: corners of a way, metres on the city's plane. */
export type Way = Point[];

const nearest = (nodes: readonly Point[], at: Point): number => {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  nodes.forEach((node, i) => {
    const far = distance(node, at);
    if (far < least) [best, least] = [i, far];
  });
  return best;
};

/** From spot to spot along streets, the shortest way; straight where there are no streets. */
export function routeBetween(streets: StreetGraph, from: Point, to: Point): Way {
  const spots = streets.nodes.map(toPoint);
  const [start, end] = [nearest(spots, from), nearest(spots, to)];
  const nodes = start < 0 || start === end ? [] : shortest(streets, start, end);
  return [from, ...nodes.map((node) => spots[node] as Point), to];
}

/** Crossings from one to another (Dijkstra, 1959); none when there is no way. */
function shortest({ nodes, links }: StreetGraph, start: number, end: number): number[] {
  const far = nodes.map(() => Number.POSITIVE_INFINITY);
  const before = nodes.map(() => -1);
  const open = new Set([start]);
  far[start] = 0;
  const reach = (from: number): number => far[from] ?? Number.POSITIVE_INFINITY;
  while (open.size > 0) {
    const here = [...open].reduce((best, node) => (reach(node) < reach(best) ? node : best));
    open.delete(here);
    if (here === end) break;
    for (const { from, to, metres } of links) {
      if (from !== here || reach(here) + metres >= reach(to)) continue;
      far[to] = reach(here) + metres;
      before[to] = here;
      open.add(to);
    }
  }
  const passed: number[] = [];
  for (let node = before[end] === -1 ? -1 : end; node >= 0; node = before[node] ?? -1) passed.unshift(node);
  return passed;
}

/** The point so many metres along. */
export function pointAlong(way: Way, metres: number): Point {
  let rest = metres;
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1] as Point, way[i] as Point];
    const long = distance(a, b);
    if (rest <= long && long > 0) return [a[0] + ((b[0] - a[0]) * rest) / long, a[1] + ((b[1] - a[1]) * rest) / long];
    rest -= long;
  }
  return way.at(-1) ?? [0, 0];
}

/** The part of it between so many and so many metres. */
export function partOf(way: Way, from: number, to: number): Way {
  const part: Way = [pointAlong(way, from)];
  let passed = 0;
  for (let i = 1; i < way.length; i++) {
    passed += distance(way[i - 1] as Point, way[i] as Point);
    if (passed > from && passed < to) part.push(way[i] as Point);
  }
  part.push(pointAlong(way, to));
  return part;
}

/** So many metres to the left (+) or right (-) of a point, seen towards another. */
export function asideOf(at: Point, towards: Point, metres: number): Point {
  const long = distance(at, towards);
  if (long === 0) return [at[0] + metres, at[1]];
  return [at[0] - ((towards[1] - at[1]) / long) * metres, at[1] + ((towards[0] - at[0]) / long) * metres];
}

/** How far a point lies from the line. */
export function offLine(way: Way, [x, y]: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1] as Point, way[i] as Point];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const long = dx * dx + dy * dy;
    const share = long === 0 ? 0 : Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / long));
    least = Math.min(least, distance([x, y], [a[0] + dx * share, a[1] + dy * share]));
  }
  return Number.isFinite(least) ? least : 0;
}
