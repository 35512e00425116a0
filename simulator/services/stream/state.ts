import type { Rng } from "../../random.ts";
import type { Played } from "../incidents.ts";
import type { Catchment } from "./basin.ts";
import type { Disturbance } from "./disturbance.ts";
import type { Float } from "./float-switch.ts";
import type { Gate } from "./gate.ts";
import type { DisplayWord } from "./path.ts";
import type { Rating } from "./rating.ts";
import type { GateOrder } from "./room-order.ts";

export interface Gauge {
  readonly id: string;
  readonly rng: Rng;
  readonly rating: Rating;
  readonly design: number;
  readonly bankfull: number;
  readonly datum: number;
  readonly reference: number;
  flow: number;
  level: number;
  /** Just below the bridge: the same, but where the opening is blocked. */
  tail: number;
  rain: number;
  wave: number;
  /** The next loss of the echo that is known (0 = none), and until when the last one lasts. */
  loses: number;
  lostUntil: number;
  /** The water has come up to the sensor. */
  drowned: boolean;
}
/** A gate on the path, between the gauge of index `reach - 1` and the next one at `share` of the way. */
export interface Barrier {
  readonly id: string;
  readonly rng: Rng;
  readonly reach: number;
  readonly share: number;
  readonly sill: number;
  /** Second of the minute at which the float is read. */
  readonly reads: number;
  gate: Gate;
  float: Float;
  order: GateOrder;
  display: DisplayWord;
  /** Somebody stands in the gap until then; the next may come at `candidate`. */
  personUntil: number;
  candidate: number;
  faultAt: number;
  /** It does not move, whatever is wanted of it. */
  jammed: boolean;
  /** Who will stay in the gap when it next closes, for so many ms, and until when once that has come (0 = it has not). */
  lingerer: { readonly ms: number; until: number } | null;
  /** People on the path behind it: those who went in, less the share of them that has left by now. */
  inside: number;
}
/** Plain data. */
export interface StreamState {
  begun: boolean;
  /** One per gauge, upstream first. */
  readonly catchments: Catchment[];
  readonly gauges: Gauge[];
  readonly barriers: Barrier[];
  readonly gaugeOf: Record<string, number>;
  readonly barrierOf: Record<string, number>;
  /** How wet the last rain before the run has left the basin. */
  readonly wetness: number;
  readonly incidents: Played[];
  /** What incidents do to the water, until the last of it has gone. */
  disturbance: Disturbance | null;
  /** Person-minutes on paths under water, and minutes of gates that stood open there. */
  onFloodedPath: number;
  openUnderWater: number;
}

/** EL of the water beside the gate, without waves: the float floats in a tube. */
export function waterAt({ gauges }: Pick<StreamState, "gauges">, { reach, share }: Pick<Barrier, "reach" | "share">): number {
  const upper = gauges[reach - 1];
  const lower = gauges[reach] ?? upper;
  if (upper === undefined || lower === undefined) return 0;
  return (1 - share) * (upper.datum + upper.tail) + share * (lower.datum + lower.level);
}
