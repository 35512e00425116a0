import type { Value } from "../../../../shared/reading.ts";
import type { Watched } from "../../observed.ts";
import { metresBetween, staysPut } from "../known/places.ts";

interface Box {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}
const boxes = new WeakMap<readonly Watched[], Box>();

/** Where the devices that stay where they are lie; kept as long as the list of devices is the same one. */
function boxOf(devices: readonly Watched[]): Box {
  const known = boxes.get(devices);
  if (known !== undefined) return known;
  let box: Box = { south: Number.POSITIVE_INFINITY, north: Number.NEGATIVE_INFINITY, west: Number.POSITIVE_INFINITY, east: Number.NEGATIVE_INFINITY };
  for (const { meta } of devices.filter(staysPut)) {
    const { lat, lon } = meta;
    box = {
      ...{ south: Math.min(box.south, lat), north: Math.max(box.north, lat) },
      ...{ west: Math.min(box.west, lon), east: Math.max(box.east, lon) },
    };
  }
  boxes.set(devices, box);
  return box;
}
const held = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** How far outside of the city a position is, km; undefined: it is none, or nobody else is there. */
export function outsideBy(devices: readonly Watched[], value: Value | undefined): number | undefined {
  const { south, north, west, east } = boxOf(devices);
  if (!Array.isArray(value) || south > north) return undefined;
  const [lat = 0, lon = 0] = value;
  return metresBetween({ lat: held(lat, south, north), lon: held(lon, west, east) }, { lat, lon }) / 1000;
}

/** One number for a place, the same within a metre. */
export function placeNumber(value: Value | undefined): number | undefined {
  if (!Array.isArray(value)) return undefined;
  const [lat = 0, lon = 0] = value;
  return Math.round((lat + 90) * 1e5) * 1e8 + Math.round((lon + 180) * 1e5);
}
