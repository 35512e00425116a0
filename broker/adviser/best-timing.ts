import { type ApproachLoad, controlDelay, walkTime, websterCycle } from "./signal-theory.ts";

/** One road of a crossing: what its approaches want, its lanes each way. */
export interface RoadLoad {
  readonly approaches: readonly ApproachLoad[];
  readonly lanes: number;
}
export interface CrossingLoad {
  readonly main: RoadLoad;
  readonly cross: RoadLoad;
  /** Yellow, all red and start-up of a whole cycle, s. */
  readonly lost: number;
}
export interface Timing {
  readonly cycle: number;
  readonly main: number;
  readonly cross: number;
}

/** Practical clamp in Korea, s. */
const shortest = 60;
const longest = 180;

const ratioOf = ({ approaches }: RoadLoad): number => approaches.reduce((most, { flow, saturation }) => Math.max(most, flow / saturation), 0);

/** Mean control delay over all vehicles, s/veh. */
export function meanDelay({ main, cross }: CrossingLoad, timing: Timing): number {
  let vehicles = 0;
  let waited = 0;
  for (const [road, green] of [
    [main, timing.main],
    [cross, timing.cross],
  ] as const)
    for (const load of road.approaches) {
      vehicles += load.flow;
      waited += load.flow * controlDelay(load, timing.cycle, green);
    }
  return vehicles > 0 ? waited / vehicles : 0;
}

/** People cross the main road while the other one has green, and the other way round. */
export const leastGreens = ({ main, cross }: CrossingLoad): { main: number; cross: number } => ({
  main: walkTime(cross.lanes),
  cross: walkTime(main.lanes),
});

/**
 * Greens of least delay: Webster's cycle and split by critical flow ratios, then the whole seconds around them by HCM delay; never shorter than people
 * need. `cycle` given: the street's common cycle stays and only the split is sought.
 */
export function bestTiming(load: CrossingLoad, cycle?: number): Timing {
  const least = leastGreens(load);
  const [y1, y2] = [ratioOf(load.main), ratioOf(load.cross)];
  const floor = Math.max(shortest, load.lost + least.main + least.cross);
  const webster = Math.min(longest, Math.max(floor, Math.round(websterCycle(load.lost, y1 + y2) ?? longest)));
  const cycles = cycle === undefined ? around(webster, 20, 4, floor, longest) : [Math.max(floor, cycle)];
  let best: Timing | undefined;
  let bestDelay = Number.POSITIVE_INFINITY;
  for (const length of cycles) {
    const timing = bestSplit(load, length, y1 + y2 > 0 ? y1 / (y1 + y2) : 0.5);
    const delay = meanDelay(load, timing);
    if (delay >= bestDelay) continue;
    best = timing;
    bestDelay = delay;
  }
  return best ?? { cycle: floor, main: least.main, cross: floor - load.lost - least.main };
}

/** From the split by flow ratios second by second to where delay no longer falls: it has one valley. */
function bestSplit(load: CrossingLoad, cycle: number, share: number): Timing {
  const least = leastGreens(load);
  const green = cycle - load.lost;
  const [low, high] = [least.main, green - least.cross];
  const at = (main: number): Timing => ({ cycle, main, cross: green - main });
  let main = Math.min(high, Math.max(low, Math.round(green * share)));
  let delay = meanDelay(load, at(main));
  for (const way of [1, -1])
    for (;;) {
      const next = main + way;
      const then = next < low || next > high ? Number.POSITIVE_INFINITY : meanDelay(load, at(next));
      if (then >= delay) break;
      main = next;
      delay = then;
    }
  return at(main);
}

/** Whole numbers near a middle, within bounds. */
function around(middle: number, reach: number, step: number, low: number, high: number): number[] {
  const centre = Math.min(high, Math.max(low, middle));
  const all: number[] = [];
  for (let at = centre - reach; at <= centre + reach; at += step) if (at >= low && at <= high) all.push(at);
  return all.length > 0 ? all : [low];
}
