import type { CityPlan, Line, Position } from "../../../shared/city-plan.ts";

/** What is drawn where the plan ends: the city lies in a country, but nobody has measured that. */

/** Degrees within which a line ends at the edge of the plan, and by which a road is then drawn on. */
const edge = 0.0006;
const beyond = 0.5;

interface Piece<P> {
  readonly type: "Feature";
  readonly properties: P;
  readonly geometry: Line;
}
const piece = <P>(properties: P, coordinates: readonly Position[]): Piece<P> => ({
  type: "Feature",
  properties,
  geometry: { type: "LineString", coordinates },
});

function leaves(plan: CityPlan, [lon, lat]: Position): boolean {
  const [west, south, east, north] = plan.bounds;
  return lon - west < edge || east - lon < edge || lat - south < edge || north - lat < edge;
}

/** Roads that leave the plan run straight on, out of the frame. */
export function roadsBeyond(plan: CityPlan): Piece<{ readonly class: 1 | 2 | 3 }>[] {
  const on = (end: Position, before: Position): Position => {
    const long = Math.hypot(end[0] - before[0], end[1] - before[1]) || 1;
    return [end[0] + ((end[0] - before[0]) / long) * beyond, end[1] + ((end[1] - before[1]) / long) * beyond];
  };
  return plan.layers.road.features.map(({ properties, geometry }) => {
    const points = [...geometry.coordinates];
    const [first, second] = points;
    const last = points.at(-1);
    const previous = points.at(-2);
    if (first && second && leaves(plan, first)) points.unshift(on(first, second));
    if (last && previous && leaves(plan, last)) points.push(on(last, previous));
    return piece(properties, points);
  });
}

/** The stream meanders on as it came: its own course, turned about the point where it leaves. */
export function streamBeyond(plan: CityPlan): Piece<{ readonly width: number }>[] {
  const course = plan.layers.stream.features;
  const first = course[0];
  const last = course.at(-1);
  const ends = [
    { point: first?.geometry.coordinates[0], width: first?.properties.width ?? 0 },
    { point: last?.geometry.coordinates.at(-1), width: last?.properties.width ?? 0 },
  ];
  const turned = ends.flatMap(({ point, width }) =>
    point && leaves(plan, point)
      ? course.map(({ geometry }) =>
          piece(
            { width },
            geometry.coordinates.map(([lon, lat]): Position => [2 * point[0] - lon, 2 * point[1] - lat]),
          ),
        )
      : [],
  );
  return [...course.map(({ properties, geometry }) => piece({ width: properties.width }, geometry.coordinates)), ...turned];
}

/** Hills fade out in steps towards the edge, by shares of the plan's size. */
const fades = [0.08, 0.055, 0.03] as const;

function fadeAt(plan: CityPlan, [lon, lat]: Position): number {
  const [west, south, east, north] = plan.bounds;
  const near = Math.min((lon - west) / (east - west), (east - lon) / (east - west), (lat - south) / (north - south), (north - lat) / (north - south));
  return 1 - fades.filter((share) => near < share).length / (fades.length + 1);
}

/** Contours in pieces of the same strength. */
export const fadingContours = (plan: CityPlan): Piece<{ readonly strength: number }>[] =>
  plan.layers.hill.features.flatMap(({ geometry: { coordinates } }) => {
    const pieces: { strength: number; points: Position[] }[] = [];
    for (const [at, point] of coordinates.entries()) {
      const strength = fadeAt(plan, point);
      const before = coordinates[at - 1];
      const running = pieces.at(-1);
      if (running?.strength === strength) running.points.push(point);
      else pieces.push({ strength, points: before ? [before, point] : [point] });
    }
    return pieces.map(({ strength, points }) => piece({ strength }, points));
  });
