import type { Map as LeafletMap } from "leaflet";
import { useEffect, useState } from "preact/hooks";
import { onNewLetters } from "./text-width.ts";

const turns = "zoom zoomend moveend viewreset resize";

/** Another figure whenever what lies on the map has to be placed anew. */
export function useMapTurn(map: LeafletMap): number {
  const [turn, again] = useState(0);
  useEffect(() => {
    const moved = () => again((count) => count + 1);
    map.on(turns, moved);
    const stop = onNewLetters(moved);
    return () => {
      stop();
      map.off(turns, moved);
    };
  }, [map]);
  return turn;
}
