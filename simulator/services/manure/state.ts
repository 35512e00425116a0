import type { Point } from "../../city/plane.ts";
import { type Rng, uniform } from "../../random.ts";
import type { Played } from "../incidents.ts";
import type { Way } from "./route.ts";

type Phase = "idle" | "fetching" | "loading" | "carrying" | "unloading" | "returning";

/** A tank with what is in it. */
export interface Tank {
  readonly id: string;
  readonly role: "farm" | "plant" | "field";
  readonly district: string;
  readonly at: Point;
  readonly radius: number;
  /** t that it holds, is in it, and comes in on a dry day. */
  readonly holds: number;
  readonly daily: number;
  tons: number;
  /** The room has ordered a truck, and none has set out. */
  ordered: boolean;
  /** Extra inflow, t per hour. */
  extra: number;
}
/** What a driver does beside the trip, on the way with a load. */
interface Astray {
  readonly how: "dump" | "detour";
  /** kg still to be let out, and where: metres along the truck's way. */
  left: number;
  readonly spotAt: number;
}
/** What waits for the next way with a load: kg to dump and metres aside (+ left, - right), a closed road's metres aside, kg to drip; 0 = nothing. */
interface Marked {
  dump: number;
  aside: number;
  round: number;
  drip: number;
}
export interface Truck {
  readonly id: string;
  readonly home: Point;
  readonly rng: Rng;
  phase: Phase;
  /** Departures of the day, the next first, each to a farm; filled by the day's plan. */
  plan: { at: number; farm: string }[];
  /** Tanks of the trip, "" = none. */
  farm: string;
  to: string;
  /** Number of the trip, for its slip. */
  trips: number;
  /** The declared route, the way that is really driven, and metres along it. */
  route: Way;
  way: Way;
  along: number;
  at: Point;
  /** m/s at this step; its own pace, km/h. */
  moves: number;
  readonly pace: number;
  load: number;
  /** kg that it is to have loaded. */
  target: number;
  /** Somebody handles hoses and papers until then, before pumping and after it. */
  busyUntil: number;
  pumped: boolean;
  astray: Astray | null;
  readonly marked: Marked;
  /** kg/s that its valve loses. */
  dripping: number;
  /** It receives no satellite. */
  blind: boolean;
  /** When the driver answers; 0 = nobody has called. */
  answersAt: number;
  /** Error of its position, m. */
  gps: Point;
}
/** Plain data. */
export interface ManureState {
  readonly seed: number;
  begun: boolean;
  readonly tanks: Tank[];
  readonly trucks: Truck[];
  /** Local day that has been planned. */
  planned: number;
  readonly rng: Rng;
  readonly incidents: Played[];
  /** kg. */
  dumped: number;
  overflowed: number;
}

export const within = (rng: Rng, [low, high]: readonly [number, number]): number => low + (high - low) * uniform(rng);
export const tankOf = ({ tanks }: ManureState, id: string): Tank | undefined => tanks.find((tank) => tank.id === id);
export const truckOf = ({ trucks }: ManureState, id: string): Truck | undefined => trucks.find((truck) => truck.id === id);
export const isAtTank = (tank: Tank, [x, y]: Point, more = 0): boolean => {
  const [dx, dy] = [x - tank.at[0], y - tank.at[1]];
  const reach = tank.radius + more;
  return dx * dx + dy * dy <= reach * reach;
};
