import { geoJSON, type LatLngBounds, type Layer, type Map as LeafletMap, latLngBounds, type RendererOptions } from "leaflet";
import type { CityPlan } from "../../../shared/city-plan.ts";
import { fadingContours, roadsBeyond, streamBeyond } from "./beyond-plan.ts";
import { lastingCanvas } from "./lasting-canvas.ts";
import type { Ground } from "./leaflet-map.ts";

/** Leaflet's typings want mutable GeoJSON; the plan is the same shape, read only. */
type Shape = Parameters<typeof geoJSON>[0];
const shapeOf = (features: readonly unknown[]): Shape => ({ type: "FeatureCollection", features }) as Shape;

export const groundOf = (plan: CityPlan): LatLngBounds => latLngBounds([plan.bounds[1], plan.bounds[0]], [plan.bounds[3], plan.bounds[2]]);

/** What is built of the city: the map shows this whole, and hills and roads run on to its edge. */
export function builtOf(plan: CityPlan): LatLngBounds {
  const built = latLngBounds([]);
  for (const { geometry } of plan.layers.block.features)
    for (const ring of geometry.coordinates) for (const [lon, lat] of ring) built.extend([lat, lon]);
  return built.isValid() ? built : groundOf(plan);
}

export function districtBounds(plan: CityPlan, id: string): LatLngBounds | undefined {
  const area = plan.layers.district.features.find((feature) => feature.properties.id === id);
  const bounds = latLngBounds([]);
  for (const ring of area?.geometry.coordinates ?? []) for (const [lon, lat] of ring) bounds.extend([lat, lon]);
  return bounds.isValid() ? bounds : undefined;
}

export const metresPerPixel = (map: LeafletMap): number => {
  // Web Mercator: 40,075,016.686 m round the equator on 256 px at zoom 0.
  const latitude = (map.getCenter().lat * Math.PI) / 180;
  return (40_075_016.686 * Math.cos(latitude)) / (256 * 2 ** map.getZoom());
};
/** Wide enough to be the map's spine from afar, true to scale from near. */
export const streamPixels = (map: LeafletMap, metres: number): number => Math.max(metres / metresPerPixel(map), 4 + metres * 0.15);

/** Draws the plan in the theme's quiet tones; returns the way to take it away. */
export function drawBase({ map, isGone }: Ground, plan: CityPlan, ink: (name: string) => string): () => void {
  // Its own pane, under everything that is alive.
  const padded: RendererOptions = { padding: 0.5, pane: "ground" };
  const renderer = lastingCanvas(padded);
  const quiet = { renderer, interactive: false, pane: "ground" } as const;
  const layers: Layer[] = [
    geoJSON(shapeOf(fadingContours(plan)), {
      ...quiet,
      style: (feature) => ({ ...quiet, color: ink("--contour"), opacity: Number(feature?.properties.strength), weight: 1, fill: false }),
    }),
    geoJSON(plan.layers.block as Shape, {
      ...quiet,
      style: () => ({ ...quiet, stroke: false, fill: true, fillColor: ink("--block"), fillOpacity: 1 }),
    }),
    geoJSON(shapeOf(roadsBeyond(plan)), {
      ...quiet,
      style: (feature) => {
        const rank: unknown = feature?.properties.class;
        return { ...quiet, color: ink(rank === 3 ? "--road" : "--road2"), weight: rank === 1 ? 2.4 : rank === 2 ? 1.5 : 0.6 };
      },
    }),
  ];
  const stream = geoJSON(shapeOf(streamBeyond(plan)), { ...quiet, style: { ...quiet, color: ink("--water"), lineCap: "round" } });
  layers.push(stream);
  const widen = () => stream.setStyle((feature) => ({ weight: streamPixels(map, Number(feature?.properties.width)) }));
  for (const layer of layers) layer.addTo(map);
  widen();
  map.on("zoomend", widen);
  return () => {
    if (isGone()) return;
    map.off("zoomend", widen);
    for (const layer of layers) layer.remove();
    renderer.remove();
  };
}

/** The edge of one district, in ink: that it is chosen must be seen. */
export function outlineDistrict({ map, isGone }: Ground, plan: CityPlan, id: string, color: string): () => void {
  const features = plan.layers.district.features.filter((feature) => feature.properties.id === id);
  const style = { pane: "outline", color, weight: 1.5, fill: false, interactive: false } as const;
  const layer = geoJSON({ type: "FeatureCollection", features } as Shape, { ...style, style });
  layer.addTo(map);
  return () => {
    if (!isGone()) layer.remove();
  };
}

/** The district at a place: even-odd rule over its rings. */
export function districtAt(plan: CityPlan, lon: number, lat: number): string | undefined {
  const inside = (ring: readonly (readonly [number, number])[]): boolean => {
    let odd = false;
    for (const [at, [x1, y1]] of ring.entries()) {
      const [x0, y0] = ring.at(at - 1) ?? [x1, y1];
      if (y1 > lat !== y0 > lat && lon < ((x0 - x1) * (lat - y1)) / (y0 - y1) + x1) odd = !odd;
    }
    return odd;
  };
  return plan.layers.district.features.find(({ geometry }) => geometry.coordinates.filter(inside).length % 2 === 1)?.properties.id;
}
