/** The road network that vehicles use: intersections and directed links between them. */
export interface StreetNode {
  /** Site id of the intersection, e.g. `tx-0137`. */
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
}
export interface StreetLink {
  readonly from: number;
  readonly to: number;
  readonly metres: number;
  readonly lanes: number;
  /** On the main road of the `to` intersection. */
  readonly main: boolean;
  /** Compass side of the approach at `to`: n, e, s, w. */
  readonly side: "n" | "e" | "s" | "w";
}
export interface StreetGraph {
  readonly nodes: readonly StreetNode[];
  readonly links: readonly StreetLink[];
}
