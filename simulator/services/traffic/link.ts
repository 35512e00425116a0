import { poisson, type Rng, uniform } from "../../random.ts";
import { backOfQueue, drawDelay, type Light } from "./flow.ts";
import type { Approach } from "./network.ts";
import { roads } from "./parameters.ts";

/** A link and the approach at its end; plain data. Vehicles are whole. */
export interface LinkState {
  readonly rng: Rng;
  /** Logarithm of the approach's slow demand factor. */
  slow: number;
  /** Expected vehicles per hour. */
  demand: number;
  /** From side streets, vehicles per minute. */
  source: number;
  /** Shares that go straight on, right, left; and the share of those turning in here who stay until the stop line. */
  readonly turns: [number, number, number];
  stays: number;
  /** On their way, by the minute (modulo the ring) in which they reach the stop line. */
  readonly coming: number[];
  /** At the stop line, beyond what one green serves. */
  queue: number;
  /** All on the link. */
  stock: number;
  /** Part of a vehicle that the green has already served. */
  credit: number;
  /** At the start of this minute: vehicles that still fit. */
  room: number;
  // Since the last reading: vehicles past the stop line, heavy ones, seconds that all spent on the link, longest queue, seconds.
  volume: number;
  heavy: number;
  spent: number;
  back: number;
  seconds: number;
}

export const createLink = (rng: Rng): LinkState => ({
  rng,
  ...{ slow: 0, demand: 0, source: 0, turns: [0, 0, 0], stays: 1 },
  ...{ coming: new Array<number>(roads.longestMinutes).fill(0), queue: 0, stock: 0, credit: 0, room: 0 },
  ...{ volume: 0, heavy: 0, spent: 0, back: 0, seconds: 0 },
});

/** Vehicles that reach the stop line in this minute: from the last crossing, and out of side streets as far as they find room; `more` of them than usual. */
export function arrive(link: LinkState, storage: number, minute: number, more = 0): { arrived: number; entered: number } {
  const slot = minute % roads.longestMinutes;
  const platoon = link.coming[slot] ?? 0;
  link.coming[slot] = 0;
  const entered = Math.min(Math.max(0, storage - link.stock), poisson(link.rng, link.source) + more);
  link.queue += platoon + entered;
  link.stock += entered;
  link.room = storage - link.stock;
  return { arrived: platoon + entered, entered };
}

/** What is true of an approach for one minute: green as a share of the minute, saturation flow in veh/s. */
export interface Service {
  readonly green: number;
  readonly saturation: number;
  readonly minute: number;
}
/**
 * Lets vehicles go as green allows; each chooses its way, and one whose link ahead is full blocks its lane. Returns how many left the network.
 * Store-and-forward (Gazis and Potts 1963): capacity is spread over the cycle, red within it is in delay and back of queue.
 */
export function discharge(
  link: LinkState,
  approach: Approach,
  links: readonly LinkState[],
  network: readonly Approach[],
  service: Service,
): Discharged {
  link.credit += service.saturation * service.green * 60;
  let allowed = Math.floor(link.credit);
  const served = link.queue > allowed;
  let open = approach.lanes;
  const out = { passed: 0, left: 0 };
  while (out.passed < allowed && link.queue > out.passed && open > 0) {
    const ahead = chooseWay(link, approach, links);
    const into = links[ahead];
    if (into !== undefined && into.room <= 0) {
      allowed = out.passed + Math.floor(((allowed - out.passed) * (open - 1)) / open);
      open -= 1;
      continue;
    }
    out.passed += 1;
    if (into === undefined) out.left += 1;
    else enter(into, service.minute + (network[ahead]?.minutes ?? 1));
  }
  link.credit = served ? link.credit - Math.floor(link.credit) : 0;
  link.queue -= out.passed;
  link.stock -= out.passed;
  return out;
}
export interface Discharged {
  passed: number;
  left: number;
}

/** The link that the next vehicle turns into; -1: it leaves the network, for another town or a side street. */
function chooseWay(link: LinkState, { ahead }: Approach, links: readonly LinkState[]): number {
  let rest = uniform(link.rng);
  for (const turn of [0, 1, 2] as const) {
    const into = ahead[turn];
    const share = link.turns[turn] * (links[into]?.stays ?? 0);
    if (rest < share) return into;
    rest -= share;
  }
  return -1;
}
function enter(link: LinkState, minute: number): void {
  const slot = minute % roads.longestMinutes;
  link.coming[slot] = (link.coming[slot] ?? 0) + 1;
  link.stock += 1;
  link.room -= 1;
}

export interface Minute {
  readonly arrived: number;
  readonly passed: number;
  /** Vehicles at the stop line before this minute's arrivals. */
  readonly waited: number;
  readonly light: Light;
  readonly saturation: number;
  /** m/s between the signals. */
  readonly speed: number;
  /** Share of heavy vehicles. */
  readonly heavy: number;
}
/** Adds one minute to the reading that is being taken; returns the vehicle-seconds that were lost at the stop line. */
export function record(link: LinkState, approach: Approach, { arrived, passed, waited, light, saturation, speed, heavy }: Minute): number {
  const flow = arrived / 60;
  for (let n = 0; n < passed; n++) if (uniform(link.rng) < heavy) link.heavy += 1;
  const atRed = passed === 0 ? 0 : drawDelay(link.rng, passed, light, flow / saturation);
  link.seconds += 60;
  link.volume += passed;
  const delay = passed * atRed + 30 * (waited + link.queue);
  link.spent += passed * (approach.metres / speed) + delay;
  const standing = link.queue + light.progression * backOfQueue(flow, light.cycle * (1 - light.green), saturation);
  link.back = Math.max(link.back, Math.min(approach.longestQueue, standing));
  return delay;
}
