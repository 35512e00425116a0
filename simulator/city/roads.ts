import { stretches } from "./blocks.ts";
import type { CityDesign } from "./city-design.ts";
import { type Point, simplify } from "./plane.ts";
import type { StreamCourse } from "./stream-course.ts";
import { type Edge, type RoadClass, riparian, type StreetLattice } from "./street-lattice.ts";

export interface Road {
  readonly class: RoadClass;
  readonly path: readonly Point[];
}

/** Main streets as long lines: broken where they leave the town, and at the stream unless they are main roads, which have bridges. */
export function mainRoads(lattice: StreetLattice, design: CityDesign): Road[] {
  const onMap = ([x, y]: Point): boolean => Math.abs(x) <= design.half[0] && Math.abs(y) <= design.half[1];
  const follow = (level: RoadClass, count: number, stretch: (k: number) => Edge): Road[] => {
    const beyond = level === 1 ? 5 : 0;
    const runs: Point[][] = [];
    let run: Point[] = [];
    for (let k = -beyond; k < count - 1 + beyond; k++) {
      const { built, path } = stretch(k);
      if (built) run.push(...(run.length === 0 ? path : path.slice(1)));
      else {
        runs.push(run);
        run = [];
      }
    }
    const free = (point: Point): boolean => onMap(point) && (level === 1 || !lattice.inCorridor(point));
    return [...runs, run].flatMap((points) => stretches(points, free)).map((path) => ({ class: level, path: simplify(path, 2.5) }));
  };
  return [
    ...lattice.columns.flatMap((level, i) => follow(level, lattice.rows.length, (j) => lattice.alongColumn(i, j))),
    ...lattice.rows.flatMap((level, j) => follow(level, lattice.columns.length, (i) => lattice.alongRow(i, j))),
  ];
}

/** The streets on both banks. */
export function riversideRoads(course: StreamCourse, steepness: (point: Point) => number): Road[] {
  return ([1, -1] as const).flatMap((bank) => {
    const parts = Math.floor(course.length / 60);
    const path = Array.from({ length: parts + 1 }, (_, k) => {
      const chainage = (course.length * k) / parts;
      return course.at(chainage, bank * (course.width(chainage) / 2 + riparian - 4));
    });
    return stretches(path, (point) => steepness(point) < 0).map((run) => ({ class: 2 as const, path: simplify(run, 2.5) }));
  });
}
