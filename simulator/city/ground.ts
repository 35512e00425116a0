import type { CityPlan } from "../../shared/city-plan.ts";
import type { StreetGraph } from "./street-graph.ts";

export const cityNames = ["default", "small"] as const;
export type CityName = (typeof cityNames)[number];

export interface Place {
  readonly lat: number;
  readonly lon: number;
  readonly district: string;
}

/** The ground that services are placed on: the same for every seed. */
export interface Ground {
  readonly city: CityName;
  /** Multiplier of sites; the stream's gauges and gates stay as they are. */
  readonly scale: number;
  readonly plan: CityPlan;
  readonly streets: StreetGraph;
  /** Well spread places in built-up blocks, the same for the same name and count; about half a block from streets. */
  places(name: string, count: number): readonly Place[];
  /** Centre of the 500 m cell that holds the place: what may be known of a home. */
  cell(place: Place): Place;
  /** A point on the stream's path: km below the upper end, and metres to the left (+) or right (-) bank. */
  alongStream(chainage: number, offset: number): Place;
  /** Length of the stream inside the city, km. */
  readonly streamLength: number;
}
