import type { Position } from "../../shared/city-plan.ts";

/** Metres east and north of the city's centre. */
export type Point = readonly [number, number];

const centre = { lat: 37.7, lon: 127.05 };
/** Length of a degree on WGS 84 at 37.7 N (series of the meridian and parallel arcs). */
const metresPerLat = 110_991;
const metresPerLon = 88_190;

const round = (value: number, per: number): number => Math.round(value * per) / per;

/** Five decimals: about a metre, which is finer than a line on the map. */
export const toPosition = ([x, y]: Point): Position => [round(centre.lon + x / metresPerLon, 1e5), round(centre.lat + y / metresPerLat, 1e5)];
/** Six decimals, for what stands at a spot. */
export const toLatLon = ([x, y]: Point): { lat: number; lon: number } => ({
  lat: round(centre.lat + y / metresPerLat, 1e6),
  lon: round(centre.lon + x / metresPerLon, 1e6),
});
export const toPoint = (place: { readonly lat: number; readonly lon: number }): Point => [
  (place.lon - centre.lon) * metresPerLon,
  (place.lat - centre.lat) * metresPerLat,
];

export const distance = (a: Point, b: Point): number => Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]));
export const between = (a: Point, b: Point, share: number): Point => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];

export function lengthOf(path: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < path.length; i++) sum += distance(path[i - 1] as Point, path[i] as Point);
  return sum;
}

/** The pairs of neighbours of a ring that does not repeat its first point. */
function* sidesOf(ring: readonly Point[]): Generator<readonly [Point, Point]> {
  for (let i = 0; i < ring.length; i++) yield [ring[i] as Point, ring[(i + 1) % ring.length] as Point];
}

/** Signed area of a ring, positive when counter-clockwise, and its centroid (shoelace formula). */
export function areaOf(ring: readonly Point[]): { area: number; centroid: Point } {
  let twice = 0;
  let x = 0;
  let y = 0;
  for (const [a, b] of sidesOf(ring)) {
    const cross = a[0] * b[1] - b[0] * a[1];
    twice += cross;
    x += (a[0] + b[0]) * cross;
    y += (a[1] + b[1]) * cross;
  }
  return { area: twice / 2, centroid: twice === 0 ? (ring[0] ?? [0, 0]) : [x / (3 * twice), y / (3 * twice)] };
}

/** Even-odd rule. */
export function contains(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (const [a, b] of sidesOf(ring)) {
    if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
  }
  return inside;
}

/** The ring with points added so that no side is longer than `step`. */
export function densify(ring: readonly Point[], step: number): Point[] {
  const dense: Point[] = [];
  for (const [a, b] of sidesOf(ring)) {
    const parts = Math.max(1, Math.ceil(distance(a, b) / step));
    for (let k = 0; k < parts; k++) dense.push(between(a, b, k / parts));
  }
  return dense;
}

/** Leaves out points that lie closer than `tolerance` to the line without them (Douglas and Peucker, 1973). */
export function simplify(path: readonly Point[], tolerance: number): Point[] {
  const first = path[0];
  const last = path[path.length - 1];
  if (first === undefined || last === undefined || path.length < 3) return [...path];
  const chord = distance(first, last);
  let far = 0;
  let at = 0;
  for (let i = 1; i < path.length - 1; i++) {
    const p = path[i] as Point;
    const off =
      chord === 0 ? distance(p, first) : Math.abs((last[0] - first[0]) * (p[1] - first[1]) - (last[1] - first[1]) * (p[0] - first[0])) / chord;
    if (off > far) {
      far = off;
      at = i;
    }
  }
  if (far <= tolerance) return [first, last];
  return [...simplify(path.slice(0, at + 1), tolerance).slice(0, -1), ...simplify(path.slice(at), tolerance)];
}
