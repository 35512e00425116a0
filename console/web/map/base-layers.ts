import { canvas, geoJSON, type LatLngBoundsExpression, type Layer, type Map as LeafletMap, type RendererOptions } from "leaflet";
import type { CityPlan } from "../../../shared/city-plan.ts";

/** Leaflet's typings want mutable GeoJSON; the plan is the same shape, read only. */
type Shape = Parameters<typeof geoJSON>[0];

export const boundsOf = (plan: CityPlan): LatLngBoundsExpression => [
  [plan.bounds[1], plan.bounds[0]],
  [plan.bounds[3], plan.bounds[2]],
];

const metresPerPixel = (map: LeafletMap): number => {
  // Web Mercator: 40,075,016.686 m round the equator on 256 px at zoom 0.
  const latitude = (map.getCenter().lat * Math.PI) / 180;
  return (40_075_016.686 * Math.cos(latitude)) / (256 * 2 ** map.getZoom());
};
/** Wide enough to be the map's spine from afar, true to scale from near. */
const streamPixels = (map: LeafletMap, metres: number): number => Math.max(metres / metresPerPixel(map), 4 + metres * 0.15);

/** Draws the plan in the theme's quiet tones; returns the way to take it away. */
export function drawBase(map: LeafletMap, plan: CityPlan, ink: (name: string) => string): () => void {
  const padded: RendererOptions = { padding: 0.5 };
  const renderer = canvas(padded);
  const quiet = { renderer, interactive: false } as const;
  const layers: Layer[] = [
    geoJSON(plan.layers.hill as Shape, { ...quiet, style: () => ({ ...quiet, color: ink("--contour"), weight: 1, fill: false }) }),
    geoJSON(plan.layers.block as Shape, {
      ...quiet,
      style: () => ({ ...quiet, stroke: false, fill: true, fillColor: ink("--block"), fillOpacity: 1 }),
    }),
    geoJSON(plan.layers.road as Shape, {
      ...quiet,
      style: (feature) => {
        const rank: unknown = feature?.properties.class;
        return { ...quiet, color: ink(rank === 3 ? "--road" : "--road2"), weight: rank === 1 ? 2.4 : rank === 2 ? 1.5 : 0.6 };
      },
    }),
  ];
  const stream = geoJSON(plan.layers.stream as Shape, { ...quiet, style: { ...quiet, color: ink("--water"), lineCap: "round" } });
  layers.push(stream);
  const widen = () => stream.setStyle((feature) => ({ weight: streamPixels(map, Number(feature?.properties.width)) }));
  for (const layer of layers) layer.addTo(map);
  widen();
  map.on("zoomend", widen);
  return () => {
    map.off("zoomend", widen);
    for (const layer of layers) layer.remove();
    renderer.remove();
  };
}
