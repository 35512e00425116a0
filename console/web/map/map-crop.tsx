import { useMemo } from "preact/hooks";
import type { Area, Line, Position } from "../../../shared/city-plan.ts";
import { plan } from "../live/room.ts";
import "./map-crop.css";

const width = 188;
const height = 76;
/** Metres across the picture. */
const across = 1500;
/** Metres of one degree of latitude. */
const degree = 111_320;

export interface MapCropProps {
  readonly lat: number;
  readonly lon: number;
  /** Drawn as what is silent. */
  readonly isSilent?: boolean;
}
/** The streets round a place: where it is, without names. */
export function MapCrop({ lat, lon, isSilent = false }: MapCropProps) {
  const layers = plan.value?.layers;
  const drawn = useMemo(() => {
    const scale = width / across;
    const place = ([x, y]: Position): readonly [number, number] => [
      width / 2 + (x - lon) * degree * Math.cos((lat * Math.PI) / 180) * scale,
      height / 2 - (y - lat) * degree * scale,
    ];
    const isNear = (points: readonly (readonly [number, number])[]) =>
      points.some(([x, y]) => x > -60 && x < width + 60 && y > -60 && y < height + 60);
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
  }, [layers, lat, lon]);
  return (
    <svg class="map-crop" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect width={width} height={height} fill="var(--land)" />
      <path d={drawn.block} fill="var(--block)" />
      <path d={drawn.stream} fill="none" stroke="var(--water)" stroke-width="5" />
      <path d={drawn.small} fill="none" stroke="var(--road)" />
      <path d={drawn.large} fill="none" stroke="var(--road2)" stroke-width="2.2" />
      {isSilent ? (
        <circle cx={width / 2} cy={height / 2} r="7" fill="var(--bg1)" stroke="var(--cy)" stroke-width="1.8" stroke-dasharray="3 2" />
      ) : (
        <path d={`M${width / 2} ${height / 2 - 7}l7 7l-7 7l-7-7z`} fill="var(--bg1)" stroke="var(--ink)" stroke-width="1.8" />
      )}
    </svg>
  );
}
