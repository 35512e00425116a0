import type { Area, CityPlan, Collection, Feature, Line } from "../../shared/city-plan.ts";
import { zone } from "../../shared/zone.ts";
import { createFabric } from "./blocks.ts";
import { type CityDesign, cityDesigns } from "./city-design.ts";
import { contourLines } from "./contours.ts";
import { createDistricts, districtFinder } from "./districts.ts";
import type { CityName, Ground } from "./ground.ts";
import { cellOf, createPlaces } from "./places.ts";
import { type Point, toLatLon, toPosition } from "./plane.ts";
import { mainRoads, riversideRoads } from "./roads.ts";
import { createStreetGraph } from "./signals.ts";
import { createStreamCourse, type StreamCourse } from "./stream-course.ts";
import { createStreetLattice } from "./street-lattice.ts";
import { createTerrain, heightOf } from "./terrain.ts";

const collection = <G, P>(features: readonly Feature<G, P>[]): Collection<G, P> => ({ type: "FeatureCollection", features });
const line = <P>(path: readonly Point[], properties: P): Feature<Line, P> => ({
  type: "Feature",
  geometry: { type: "LineString", coordinates: path.map(toPosition) },
  properties,
});
/** RFC 7946: the outer ring runs counter-clockwise and ends where it began. */
const area = <P>(ring: readonly Point[], properties: P): Feature<Area, P> => ({
  type: "Feature",
  geometry: { type: "Polygon", coordinates: [[...ring, ...ring.slice(0, 1)].map(toPosition)] },
  properties,
});

type RoadProperties = CityPlan["layers"]["road"]["features"][number]["properties"];

/** The stream in reaches of about a kilometre, each with the width of its middle. */
function reaches(course: StreamCourse, { stream }: CityDesign): Feature<Line, { name: CityDesign["name"]; width: number }>[] {
  const count = Math.max(2, Math.round(course.length / 1000));
  const long = course.length / count;
  return Array.from({ length: count }, (_, n) => {
    const parts = Math.ceil(long / 70);
    const path = Array.from({ length: parts + 1 }, (_, k) => course.at((n + k / parts) * long, 0));
    return line(path, { name: stream.name, width: Math.round(course.width((n + 0.5) * long)) });
  });
}

/** The ground of a city: deterministic, the same for every seed; `scale` multiplies the signalised intersections. */
export function buildGround(city: CityName, scale: number): Ground {
  const design = cityDesigns[city];
  const course = createStreamCourse(design);
  const steepness = createTerrain(design, course);
  const lattice = createStreetLattice(design, scale, steepness, course);
  const fabric = createFabric(lattice, steepness, course, design.id);
  const districts = createDistricts(design, lattice, course);
  const districtOf = districtFinder(districts);
  const [x, y] = design.half;
  const hills = contourLines(
    { from: [-x, -y], to: [x, y], step: Math.max(60, x / 50), height: (point) => heightOf(steepness(point)) },
    [60, 85, 110, 135, 160, 185, 210, 235],
  );
  const [west, south] = toPosition([-x, -y]);
  const [east, north] = toPosition([x, y]);
  const plan: CityPlan = {
    id: design.id,
    name: design.name,
    zone,
    bounds: [west, south, east, north],
    districts: design.districts.map(({ id, name, heart }) => ({ id, name, label: toPosition(heart) })),
    landmarks: design.landmarks.map(({ id, name, at }) => ({ id, name, at: toPosition(at) })),
    layers: {
      district: collection(districts.map(({ id, ring }) => area(ring, { id }))),
      block: collection(fabric.blocks.map(({ ring }) => area(ring, {}))),
      road: collection([
        ...fabric.lanes.map((path) => line<RoadProperties>(path, { class: 3 })),
        ...[...riversideRoads(course, steepness), ...mainRoads(lattice, design)]
          .sort((a, b) => b.class - a.class)
          .map((road) => line<RoadProperties>(road.path, { class: road.class })),
      ]),
      stream: collection(reaches(course, design)),
      hill: collection(hills.map(({ height, path }) => line(path, { height }))),
    },
  };
  return {
    city,
    scale,
    plan,
    streets: createStreetGraph(lattice, Math.max(1, Math.round(design.signals * scale))),
    places: createPlaces(fabric.blocks, districtOf),
    cell: cellOf,
    alongStream(chainage, offset) {
      const point = course.at(chainage * 1000, offset);
      return { ...toLatLon(point), district: districtOf(point) };
    },
    streamLength: course.length / 1000,
  };
}
