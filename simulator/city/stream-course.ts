import type { CityDesign } from "./city-design.ts";
import { between, distance, type Point } from "./plane.ts";

const step = 40;
/** The course goes on this far outside the map, so that what ends there is cut cleanly. */
const overhang = 900;
/** Every so many points are looked at before the neighbourhood of the nearest one is searched. */
const stride = 8;

interface OnStream {
  /** Metres below the upper end inside the map. */
  readonly chainage: number;
  /** Metres from the middle, left bank positive when looking downstream. */
  readonly offset: number;
}
export interface StreamCourse {
  /** Length inside the map, metres. */
  readonly length: number;
  at(chainage: number, offset: number): Point;
  locate(point: Point): OnStream;
  /** Width of the water at a chainage. */
  width(chainage: number): number;
}

/**
 * Sine-generated curve: the heading swings as a sine of the way travelled (Langbein and Leopold, USGS Professional Paper 422-H, 1966);
 * a second, slower sine keeps one meander from being the copy of the next.
 */
function trace({ stream, half }: CityDesign): Point[] {
  const heading = (s: number): number =>
    stream.heading +
    stream.deflection *
      (0.82 * Math.sin((2 * Math.PI * s) / stream.meander + stream.phase) + 0.3 * Math.sin((2 * Math.PI * s) / (stream.meander * 0.43) + 1));
  const path: Point[] = [];
  let [x, y]: Point = [stream.enters - overhang * Math.sin(stream.heading), half[1] + overhang * Math.cos(stream.heading)];
  for (let s = 0; y > -half[1] - overhang && s < 60_000; s += step) {
    path.push([x, y]);
    x += step * Math.sin(heading(s));
    y -= step * Math.cos(heading(s));
  }
  return path;
}

/** Where the point lies relative to one leg of the course: share of the leg, and square of the distance. */
function onLeg(a: Point, b: Point, [x, y]: Point): { share: number; square: number } {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const share = Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)));
  const ex = x - a[0] - share * dx;
  const ey = y - a[1] - share * dy;
  return { share, square: ex * ex + ey * ey };
}

export function createStreamCourse(design: CityDesign): StreamCourse {
  const path = trace(design);
  const inside = ([x, y]: Point): boolean => Math.abs(y) <= design.half[1] && Math.abs(x) <= design.half[0];
  const first = path.findIndex(inside);
  let last = first;
  while (last + 1 < path.length && inside(path[last + 1] as Point)) last += 1;
  const length = (last - first) * step;
  const [upper, lower] = design.stream.width;

  const leg = (index: number): readonly [Point, Point] => {
    const k = Math.min(path.length - 2, Math.max(0, index));
    return [path[k] as Point, path[k + 1] as Point];
  };
  return {
    length,
    width: (chainage) => upper + (lower - upper) * Math.min(1, Math.max(0, chainage / length)),
    at(chainage, offset) {
      const k = Math.min(path.length - 2, Math.max(0, Math.floor(chainage / step) + first));
      const [a, b] = leg(k);
      const [c, d] = leg(k + 1);
      const share = chainage / step + first - k;
      const [x, y] = between(a, b, share);
      // The normal turns smoothly from leg to leg; the left bank lies to the left of the way the water goes.
      const [tx, ty] = between([b[0] - a[0], b[1] - a[1]], [d[0] - c[0], d[1] - c[1]], Math.min(1, Math.max(0, share)));
      const size = distance([0, 0], [tx, ty]);
      return [x - (ty / size) * offset, y + (tx / size) * offset];
    },
    locate(point) {
      let near = 0;
      let least = Number.POSITIVE_INFINITY;
      const look = (k: number): void => {
        const [a, b] = leg(k);
        const { square } = onLeg(a, b, point);
        if (square < least) {
          least = square;
          near = k;
        }
      };
      for (let k = 0; k < path.length - 1; k += stride) look(k);
      const around = near;
      for (let k = Math.max(0, around - stride); k < Math.min(path.length - 1, around + stride); k++) look(k);
      const [a, b] = leg(near);
      const { share, square } = onLeg(a, b, point);
      const left = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0;
      return { chainage: (near + share - first) * step, offset: left ? Math.sqrt(square) : -Math.sqrt(square) };
    },
  };
}
