import type { CityDesign } from "./city-design.ts";
import type { Point } from "./plane.ts";
import type { StreamCourse } from "./stream-course.ts";

/** Steepness of the ground: below 0 a plain that can be built on, above it a hillside. Without unit, smooth. */
export function createTerrain(design: CityDesign, course: StreamCourse): (point: Point) => number {
  const ripple = ([x, y]: Point): number =>
    0.05 * Math.sin(x / 640 + 1.3) * Math.sin(y / 710 + 0.4) + 0.035 * Math.sin(x / 290 - y / 410) + 0.03 * Math.sin(x / 380 + y / 330 + 2);
  return (point) => {
    const a = (point[0] / design.plain[0]) * (point[0] / design.plain[0]);
    const b = (point[1] / design.plain[1]) * (point[1] / design.plain[1]);
    // Superellipse: a town that fills its valley floor has nearly straight sides and round corners.
    const rim = Math.sqrt(Math.sqrt(a * a + b * b)) - 1;
    const away = course.locate(point).offset / 750;
    let steep = rim - 0.22 * Math.exp(-away * away);
    for (const { at, radius } of design.knolls) {
      const dx = (point[0] - at[0]) / radius;
      const dy = (point[1] - at[1]) / (radius * 0.8);
      steep = Math.max(steep, 0.62 * Math.exp(-0.5 * (dx * dx + dy * dy)) - 0.38);
    }
    return steep + ripple(point) * design.bend;
  };
}

/** Metres above sea level of a steepness. */
export const heightOf = (steep: number): number => 45 + Math.max(0, steep) * 620;
