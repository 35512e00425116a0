import type { Position } from "../../../shared/city-plan.ts";

/** A part of the plan as a picture: its middle, metres across, and its size in px. */
export interface Crop {
  readonly lat: number;
  readonly lon: number;
  readonly across: number;
  readonly width: number;
  readonly height: number;
}
/** Metres of one degree of latitude. */
const degree = 111_320;
const shrink = (lat: number): number => Math.cos((lat * Math.PI) / 180);

/** Where a place stands in the picture. */
export function placeIn({ lat, lon, across, width, height }: Crop): (at: Position) => readonly [number, number] {
  const scale = width / across;
  return ([x, y]) => [width / 2 + (x - lon) * degree * shrink(lat) * scale, height / 2 - (y - lat) * degree * scale];
}

/** Edges lie on a grid as wide as this, in metres: the picture stands still while what is in it moves. */
const gridStep = 1000;
/** Room for a mark at the edge, and for its name. */
const pad = 1.12;

/** The smallest picture of that size that holds all of them; undefined without any. */
export function cropAround(points: readonly Position[], width: number, height: number, least = 1500): Crop | undefined {
  if (points.length === 0 || width <= 0 || height <= 0) return undefined;
  const step = gridStep / degree;
  const edges = (values: readonly number[], size: number): readonly [number, number] => [
    Math.floor(Math.min(...values) / size) * size,
    Math.ceil(Math.max(...values) / size) * size,
  ];
  const [south, north] = edges(
    points.map(([, y]) => y),
    step,
  );
  const lat = (south + north) / 2;
  const [west, east] = edges(
    points.map(([x]) => x),
    step / shrink(Math.round(lat)),
  );
  const across = Math.max(least, (east - west) * degree * shrink(lat) * pad, (((north - south) * degree * width) / height) * pad);
  return { lat, lon: (west + east) / 2, across, width, height };
}
