import { between, distance, lengthOf, type Point, simplify } from "./plane.ts";

interface Field {
  readonly from: Point;
  readonly to: Point;
  readonly step: number;
  height(point: Point): number;
}

const key = ([x, y]: Point): string => `${Math.round(x * 10)},${Math.round(y * 10)}`;

/** Joins pieces that share an end. */
function chain(pieces: readonly (readonly [Point, Point])[]): Point[][] {
  const ends = new Map<string, number[]>();
  pieces.forEach(([a, b], index) => {
    for (const end of [key(a), key(b)]) ends.set(end, [...(ends.get(end) ?? []), index]);
  });
  const used = new Set<number>();
  const grow = (path: Point[]): void => {
    for (;;) {
      const tip = path[path.length - 1] as Point;
      const next = (ends.get(key(tip)) ?? []).find((index) => !used.has(index));
      if (next === undefined) return;
      used.add(next);
      const [a, b] = pieces[next] as readonly [Point, Point];
      path.push(key(a) === key(tip) ? b : a);
    }
  };
  const paths: Point[][] = [];
  pieces.forEach(([a, b], index) => {
    if (used.has(index)) return;
    used.add(index);
    const path = [a, b];
    grow(path);
    path.reverse();
    grow(path);
    paths.push(path);
  });
  return paths;
}

/** Contour lines by marching triangles: two per grid cell, so that no cell is ambiguous. */
export function contourLines(field: Field, levels: readonly number[]): { height: number; path: Point[] }[] {
  const columns = Math.floor((field.to[0] - field.from[0]) / field.step);
  const rows = Math.floor((field.to[1] - field.from[1]) / field.step);
  const spot = (i: number, j: number): Point => [field.from[0] + i * field.step, field.from[1] + j * field.step];
  const heights = Array.from({ length: rows + 1 }, (_, j) => Array.from({ length: columns + 1 }, (_, i) => field.height(spot(i, j))));
  const at = (i: number, j: number): number => heights[j]?.[i] ?? 0;

  return levels.flatMap((level) => {
    const pieces: [Point, Point][] = [];
    const triangle = (corners: readonly (readonly [number, number])[]): void => {
      const cuts: Point[] = [];
      for (let k = 0; k < 3; k++) {
        const [i, j] = corners[k] as readonly [number, number];
        const [m, n] = corners[(k + 1) % 3] as readonly [number, number];
        const [low, high] = [at(i, j), at(m, n)];
        if (low < level !== high < level) cuts.push(between(spot(i, j), spot(m, n), (level - low) / (high - low)));
      }
      const [a, b] = cuts;
      if (a !== undefined && b !== undefined && distance(a, b) > 0) pieces.push([a, b]);
    };
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        triangle([
          [i, j],
          [i + 1, j],
          [i + 1, j + 1],
        ]);
        triangle([
          [i, j],
          [i + 1, j + 1],
          [i, j + 1],
        ]);
      }
    }
    return chain(pieces)
      .filter((path) => lengthOf(path) > 4 * field.step)
      .map((path) => ({ height: level, path: simplify(path, field.step / 16) }));
  });
}
