import type { Text } from "./service.ts";

/** GeoJSON (RFC 7946), as much of it as a plan uses; positions are `[lon, lat]`. */
export type Position = [number, number];
export interface Feature<G, P> {
  readonly type: "Feature";
  readonly geometry: G;
  readonly properties: P;
}
export interface Collection<G, P> {
  readonly type: "FeatureCollection";
  readonly features: readonly Feature<G, P>[];
}
export interface Line {
  readonly type: "LineString";
  readonly coordinates: readonly Position[];
}
export interface Area {
  readonly type: "Polygon";
  readonly coordinates: readonly (readonly Position[])[];
}

export interface District {
  readonly id: string;
  readonly name: Text;
  /** Where its name is written. */
  readonly label: Position;
}

/** A place that everybody knows; what lies around it can be named by it (`near-<id>`). */
interface Landmark {
  readonly id: string;
  readonly name: Text;
  readonly at: Position;
}

/** The map's base: what the city is made of, without a single device on it. */
export interface CityPlan {
  readonly id: string;
  readonly name: Text;
  /** IANA time zone in which the city's people live. */
  readonly zone: string;
  /** west, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly districts: readonly District[];
  readonly landmarks: readonly Landmark[];
  readonly layers: {
    readonly district: Collection<Area, { readonly id: string }>;
    readonly block: Collection<Area, Record<string, never>>;
    /** class 1 arterial, 2 collector, 3 local. */
    readonly road: Collection<Line, { readonly class: 1 | 2 | 3 }>;
    /** width in metres; drawn tapered. Downstream order. */
    readonly stream: Collection<Line, { readonly name: Text; readonly width: number }>;
    /** Contour lines, height in metres. */
    readonly hill: Collection<Line, { readonly height: number }>;
  };
}
