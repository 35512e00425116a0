import { control, DomEvent, type FitBoundsOptions, type LatLngBounds, type Map as LeafletMap, map as leafletMap } from "leaflet";
import type { CityPlan } from "../../../shared/city-plan.ts";
import { builtOf, groundOf } from "./base-layers.ts";

/** From below: base, rain, edge of a district, devices, names and gauges. */
const panes = { ground: 200, rain: 300, outline: 350, devices: 420, marks: 620 } as const;
type Pane = keyof typeof panes;

/** Room for the row of layers above and the legend below. */
const fitWhole: FitBoundsOptions = { animate: false, paddingTopLeft: [8, 42], paddingBottomRight: [8, 22] };
const zoomOut = 0.5;

export interface Ground {
  readonly map: LeafletMap;
  pane(name: Pane): HTMLElement;
  /** What was drawn on it goes with it: taking a layer off a map that is gone makes Leaflet draw on a canvas that is gone. */
  isGone(): boolean;
  /** Shows the whole city, and again whenever the frame changes, until somebody moves the map. */
  whole(): void;
  /** Shows one part of it. */
  near(bounds: LatLngBounds): void;
  remove(): void;
}

export function createGround(at: HTMLElement, plan: CityPlan): Ground {
  const map = leafletMap(at, {
    zoomControl: false,
    attributionControl: false,
    // Any zoom: the city fills its frame, whatever the frame's size is.
    zoomSnap: 0,
    fadeAnimation: false,
    zoomAnimation: false,
    inertia: false,
    maxZoom: 18,
    // On a page that scrolls, the wheel is the page's.
    scrollWheelZoom: matchMedia("(min-width: 1280px)").matches,
  });
  for (const [name, order] of Object.entries(panes)) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(order);
  }
  const pane = (name: Pane): HTMLElement => map.getPane(name) ?? at;
  DomEvent.disableClickPropagation(pane("marks"));
  const built = builtOf(plan);
  const limits = groundOf(plan).pad(0.3);
  let touched = false;
  let gone = false;
  const fitCity = () => {
    map.setMinZoom(0);
    map.fitBounds(built, fitWhole);
    map.setMinZoom(map.getZoom() - zoomOut);
  };
  fitCity();
  map.setMaxBounds(limits);
  control.scale({ position: "bottomright", imperial: false, maxWidth: 110 }).addTo(map);
  map.on("dragstart", () => {
    touched = true;
  });
  const seen = new ResizeObserver(() => {
    map.invalidateSize({ animate: false });
    if (!touched) fitCity();
  });
  seen.observe(at);
  return {
    map,
    pane,
    whole() {
      touched = false;
      fitCity();
    },
    near(bounds) {
      touched = true;
      map.fitBounds(bounds, fitWhole);
    },
    isGone: () => gone,
    remove() {
      gone = true;
      seen.disconnect();
      map.remove();
    },
  };
}
