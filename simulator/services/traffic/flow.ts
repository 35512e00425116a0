import { normal, type Rng, uniform } from "../../random.ts";
import { roads } from "./parameters.ts";

/** Equations of queues, delay and what a detector makes of them; vehicles, seconds and metres unless said. */

/** A flow ratio this high makes a queue that red alone does not explain. */
const highestRatio = 0.95;

/** Uniform delay of HCM 6th, chapter 19 (d1), s: cycle C, share of green g/C, degree of saturation X. */
export const uniformDelay = (cycle: number, green: number, x: number): number =>
  (0.5 * cycle * (1 - green) * (1 - green)) / (1 - Math.min(1, x) * green);

/** Incremental delay of HCM 6th (d2), s, with k = 0.5 and I = 1: what random arrivals add; capacity in veh/h, analysis period in hours. */
export const incrementalDelay = (x: number, capacity: number, hours = 0.25): number =>
  900 * hours * (x - 1 + Math.sqrt((x - 1) * (x - 1) + (4 * x) / (capacity * hours)));

/** Vehicles that stand when red ends and until the queue has cleared (back of queue): q r / (1 - q/s), q and s in veh/s. */
export const backOfQueue = (flow: number, red: number, saturation: number): number => (flow * red) / (1 - Math.min(highestRatio, flow / saturation));

/** Passenger-car equivalents of heavy vehicles in saturation flow (KHCM 2013). */
export const heavyFactor = (share: number): number => 1 / (1 + roads.heavyEquivalent * share);

/** What a signal shows to an approach during a minute: its cycle, the share of green, the share of stops that coordination leaves. */
export interface Light {
  readonly cycle: number;
  readonly green: number;
  readonly progression: number;
}
/**
 * Mean delay at red of `count` vehicles. One vehicle stops with the probability (1 - g/C) / (1 - y) and then waits a uniform part of red:
 * the mean is d1 times the share of stops that coordination leaves. Few are drawn one by one, many by the central limit.
 */
export function drawDelay(rng: Rng, count: number, { cycle, green, progression }: Light, ratio: number): number {
  const red = cycle * (1 - green);
  const stop = Math.min(1, (progression * (1 - green)) / (1 - Math.min(ratio, green, highestRatio)));
  if (count <= 3) {
    let sum = 0;
    for (let n = 0; n < count; n++) if (uniform(rng) < stop) sum += red * uniform(rng);
    return sum / count;
  }
  const mean = (stop * red) / 2;
  const variance = (stop * red * red) / 3 - mean * mean;
  return Math.min(red, Math.max(0, mean + Math.sqrt(variance / count) * normal(rng)));
}

/** Seconds that all vehicles together spent on a stretch during a window, and how many left it. */
export interface Stretch {
  readonly vehicles: number;
  readonly spent: number;
  readonly seconds: number;
  readonly metres: number;
  readonly lanes: number;
}
/**
 * Edie's definitions (1963): density = time spent / (length x window), flow = distance / (length x window), speed = flow / density. So flow = k v
 * holds for every window; occupancy = density x effective length. Nobody passed = no speed.
 */
export function detect({ vehicles, spent, seconds, metres, lanes }: Stretch): { occ: number; speed?: number } {
  const density = Math.min(1 / roads.spacing, spent / (metres * lanes * seconds));
  const occ = density * roads.effectiveLength;
  if (vehicles === 0) return { occ };
  return { occ, speed: (3.6 * vehicles) / (seconds * lanes * density) };
}

/** Free speed less what parked cars, buses and people take from it, the more the fuller the road, m/s; flow in veh/h. */
export const drivingSpeed = ({ freeSpeed, lanes }: { readonly freeSpeed: number; readonly lanes: number }, flow: number): number =>
  freeSpeed * (1 - roads.friction * Math.min(1, flow / (roads.busyLane * lanes)));
