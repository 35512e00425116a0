import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Area, Line, Position } from "../../../shared/city-plan.ts";
import { plan } from "../live/room.ts";
import { type Crop, placeIn } from "./crop.ts";
import "./map-crop.css";

/** A line that runs on beyond the edge is drawn so far, in px. */
const margin = 60;

/** A part of the city's plan, and on it what is given: streets and water, without names. */
export function PlanPicture({ crop, children }: { readonly crop: Crop; readonly children: ComponentChildren }) {
  const layers = plan.value?.layers;
  const { lat, lon, across, width, height } = crop;
  const drawn = useMemo(() => {
    const place = placeIn(crop);
    const isNear = (points: readonly (readonly [number, number])[]) =>
      points.some(([x, y]) => x > -margin && x < width + margin && y > -margin && y < height + margin);
    const path = (points: readonly Position[]): string => {
      const placed = points.map(place);
      return isNear(placed) ? `M${placed.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}` : "";
    };
    const lines = (features: readonly { readonly geometry: Line }[] = []) => features.map(({ geometry }) => path(geometry.coordinates)).join("");
    const areas = (features: readonly { readonly geometry: Area }[] = []) =>
      features.flatMap(({ geometry }) => geometry.coordinates.map((ring) => path(ring))).join("");
    return {
      block: areas(layers?.block.features),
      small: lines(layers?.road.features.filter(({ properties }) => properties.class === 3)),
      large: lines(layers?.road.features.filter(({ properties }) => properties.class !== 3)),
      stream: lines(layers?.stream.features),
    };
  }, [layers, lat, lon, across, width, height]);
  // From afar local streets would be one grey.
  const isNear = across < 4000;
  return (
    <>
      <rect width={width} height={height} fill="var(--land)" />
      <path d={drawn.block} fill="var(--block)" />
      <path d={drawn.stream} fill="none" stroke="var(--water)" stroke-width={isNear ? 5 : 4} />
      <path d={drawn.small} fill="none" stroke="var(--road)" stroke-width={isNear ? 1 : 0.5} />
      <path d={drawn.large} fill="none" stroke="var(--road2)" stroke-width={isNear ? 2.2 : 1.3} />
      {children}
    </>
  );
}

export interface MapCropProps {
  readonly lat: number;
  readonly lon: number;
  /** Drawn as what is silent. */
  readonly isSilent?: boolean;
}
/** The streets round a place: where it is, without names. */
export function MapCrop({ lat, lon, isSilent = false }: MapCropProps) {
  const crop = { lat, lon, across: 1500, width: 188, height: 76 };
  const { width, height } = crop;
  return (
    <svg class="map-crop" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <PlanPicture crop={crop}>
        {isSilent ? (
          <circle cx={width / 2} cy={height / 2} r="7" fill="var(--bg1)" stroke="var(--cy)" stroke-width="1.8" stroke-dasharray="3 2" />
        ) : (
          <path d={`M${width / 2} ${height / 2 - 7}l7 7l-7 7l-7-7z`} fill="var(--bg1)" stroke="var(--ink)" stroke-width="1.8" />
        )}
      </PlanPicture>
    </svg>
  );
}
