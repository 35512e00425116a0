import { walkTime } from "../../shared/walk-time.ts";
import { type ApproachLoad, controlDelay } from "./signal-theory.ts";

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

/** Critical flow ratio of the road. */
export const ratioOf = ({ approaches }: RoadLoad): number => approaches.reduce((most, { flow, saturation }) => Math.max(most, flow / saturation), 0);

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
 * Greens of least delay in a cycle: from Webster's split by critical flow ratios second by second to where HCM delay no longer falls (it has one valley);
 * never shorter than people need, so that the cycle is lengthened where it leaves no room for them.
 */
export function bestSplit(load: CrossingLoad, wanted: number): Timing {
  const least = leastGreens(load);
  const cycle = Math.max(wanted, load.lost + least.main + least.cross);
  const [y1, y2] = [ratioOf(load.main), ratioOf(load.cross)];
  const share = y1 + y2 > 0 ? y1 / (y1 + y2) : 0.5;
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
