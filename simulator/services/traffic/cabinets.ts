import { distance, type Point } from "../../city/plane.ts";
import { cabinets } from "./parameters.ts";

/**
 * Number of the roadside cabinet that each crossing hangs on: neighbours of one district, in groups of almost equal size.
 * The outermost crossing without a cabinet takes its nearest; so no leftovers lie scattered in the end.
 */
export function cabinetsOf(points: readonly Point[], districts: readonly string[]): number[] {
  const cabinetOf = points.map(() => -1);
  let next = 0;
  for (const district of new Set(districts)) {
    const open = points.flatMap((_, k) => (districts[k] === district ? [k] : []));
    for (let groups = Math.max(1, Math.round(open.length / cabinets.crossings)); groups > 0; groups--) {
      for (const k of takeGroup(open, Math.ceil(open.length / groups), points)) cabinetOf[k] = next;
      next += 1;
    }
  }
  return cabinetOf;
}

/** Takes `size` neighbours out of `open`. */
function takeGroup(open: number[], size: number, points: readonly Point[]): number[] {
  const at = (k: number): Point => points[k] ?? [0, 0];
  const mean = (axis: 0 | 1): number => open.reduce((sum, k) => sum + at(k)[axis], 0) / open.length;
  const middle: Point = [mean(0), mean(1)];
  const outermost = open.reduce((far, k) => (distance(at(k), middle) > distance(at(far), middle) ? k : far), open[0] ?? 0);
  const group = [...open].sort((a, b) => distance(at(a), at(outermost)) - distance(at(b), at(outermost)) || a - b).slice(0, size);
  for (const k of group) open.splice(open.indexOf(k), 1);
  return group;
}
