import { computed, type ReadonlySignal } from "@preact/signals";
import type { Map as LeafletMap } from "leaflet";
import { useId, useMemo } from "preact/hooks";
import { isStale, liveCell } from "../live/state.ts";
import { metresPerPixel } from "./base-layers.ts";
import type { Gauge } from "./gauges.ts";
import { isWet, rainReach } from "./rain.ts";
import { useMapTurn } from "./use-map-turn.ts";

/** What the gauge says of the rain now; undefined: it measures none, it is dry, or nobody knows. */
export function rainAt({ row, rain }: Gauge): number | undefined {
  if (rain === undefined) return undefined;
  const now = liveCell(rain).value;
  return isWet(now) && !isStale(row) ? now : undefined;
}

/** Ids of the gauges where it rains: the same text while it is the same ones, however the figures change. */
export const useWet = (gauges: readonly Gauge[]): ReadonlySignal<string> =>
  useMemo(
    () =>
      computed(() =>
        gauges
          .filter((gauge) => rainAt(gauge) !== undefined)
          .map(({ row }) => row.id)
          .join(" "),
      ),
    [gauges],
  );

/** Strokes on the ground round each gauge that measures rain, and nothing while it is dry. The figure stands with the gauge. */
export function RainMarks({ map, gauges }: { readonly map: LeafletMap; readonly gauges: readonly Gauge[] }) {
  useMapTurn(map);
  const hatch = useId();
  const wet = new Set(useWet(gauges).value.split(" "));
  const spots = gauges.filter(({ row }) => wet.has(row.id)).map(({ row }) => ({ id: row.id, at: map.latLngToLayerPoint([row.lat, row.lon]) }));
  if (spots.length === 0) return null;
  const reach = rainReach / metresPerPixel(map);
  return (
    <svg class="map-rain" width="1" height="1" aria-hidden="true">
      <defs>
        <pattern id={hatch} width="14" height="14" patternUnits="userSpaceOnUse">
          <path d="M4.5 1.5l-2 5M11.5 8.5l-2 5" />
        </pattern>
      </defs>
      {spots.map(({ id, at }) => (
        <circle key={id} cx={at.x} cy={at.y} r={reach} fill={`url(#${hatch})`} />
      ))}
    </svg>
  );
}
