import type { SignalTiming } from "../../shared/signal-advice.ts";
import { bestSplit, type CrossingLoad, leastGreens, meanDelay, type RoadLoad, ratioOf, type Timing } from "./best-timing.ts";
import type { Corridor } from "./corridors.ts";
import type { Demand } from "./counts.ts";
import type { Crossing } from "./crossings.ts";
import { offsetsFor, type Wave } from "./offsets.ts";
import { progressionOn } from "./progression.ts";
import { saturationFlow, websterCycle } from "./signal-theory.ts";

export interface CorridorParts {
  /** What the controller runs; undefined while it flashes. */
  running(signal: string): SignalTiming | undefined;
  /** Its own plan of the hour; undefined where nobody coordinates at this hour. */
  design(signal: string): SignalTiming | undefined;
  demand(approach: string): Demand | undefined;
  /** km/h when nobody waits. */
  freeSpeed(approach: string): number;
}
/** One crossing of a corridor: what it runs, what would be better; delays in s/veh. */
export interface Proposal {
  readonly crossing: Crossing;
  readonly present: SignalTiming;
  readonly proposed: SignalTiming;
  readonly delayPresent: number;
  readonly delayProposed: number;
  /** veh/h through it. */
  readonly flow: number;
}
interface Known {
  readonly crossing: Crossing;
  readonly present: SignalTiming;
  readonly flow: number;
}
type TimingOf = (signal: string) => SignalTiming | undefined;

const longest = 180;
const shortest = 70;
const step = 5;

/**
 * Splits and offsets of least delay for the signals of one main road. By day each keeps the cycle of its plan of the hour, which its neighbours were
 * tuned to; at night, when nobody coordinates, the road gets a common cycle. Only crossings whose approaches all have been counted.
 */
export function adviseCorridor({ crossings, links }: Corridor, parts: CorridorParts): readonly Proposal[] {
  const known = crossings.flatMap((crossing) => knownOf(crossing, parts) ?? []);
  if (known.length === 0) return [];
  const waves = links.flatMap((link): Wave[] => {
    const demand = parts.demand(link.approach);
    const both = parts.running(link.from) && parts.running(link.to);
    return demand === undefined || both === undefined ? [] : [{ ...link, flow: demand.flow, freeSpeed: parts.freeSpeed(link.approach) }];
  });
  const loadsAt = createLoads(parts, waves);
  const loads = known.map((one) => loadsAt(one, parts.running));
  const present = known.map((one, k) => delayOf(loads[k], one.present));
  let best: { readonly timings: ReadonlyMap<string, SignalTiming>; readonly delays: readonly number[]; readonly total: number } | undefined;
  for (const cycleOf of choices(known, loads, parts)) {
    const splits = new Map(known.map((one, k) => [one.crossing.signal, splitAt(loads[k], cycleOf(one.crossing.signal), one.present)]));
    const offsets = offsetsFor([...splits.keys()], splits, waves);
    const timings = new Map([...splits].map(([signal, timing]) => [signal, { ...timing, offset: offsets.get(signal) ?? 0 }]));
    const delays = known.map((one) =>
      delayOf(
        loadsAt(one, (signal) => timings.get(signal) ?? parts.running(signal)),
        timings.get(one.crossing.signal),
      ),
    );
    const total = known.reduce((sum, { flow }, k) => sum + flow * (delays[k] ?? 0), 0);
    if (best === undefined || total < best.total) best = { timings, delays, total };
  }
  return known.map((one, k) => ({
    ...one,
    proposed: best?.timings.get(one.crossing.signal) ?? one.present,
    delayPresent: present[k] ?? 0,
    delayProposed: best?.delays[k] ?? present[k] ?? 0,
  }));
}

/** A road without detectors may hold anybody: nothing is taken from it. */
function knownOf(crossing: Crossing, { running, demand }: CorridorParts): Known | undefined {
  const { signal, approaches } = crossing;
  const present = running(signal);
  const bothRoads = approaches.some(({ main }) => main) && approaches.some(({ main }) => !main);
  if (present === undefined || !bothRoads || approaches.some(({ device }) => demand(device) === undefined)) return undefined;
  return { crossing, present, flow: approaches.reduce((sum, { device }) => sum + (demand(device)?.flow ?? 0), 0) };
}
const delayOf = (load: CrossingLoad | undefined, timing: Timing | undefined): number =>
  load === undefined || timing === undefined ? 0 : meanDelay(load, timing);
const splitAt = (load: CrossingLoad | undefined, cycle: number, present: Timing): Timing => (load === undefined ? present : bestSplit(load, cycle));

/** The cycles to choose from: each crossing's own of the hour, or what the busiest one would choose alone (Webster), some seconds less and more. */
function choices(known: readonly Known[], loads: readonly CrossingLoad[], { design }: CorridorParts): ((signal: string) => number)[] {
  const presents = new Map(known.map(({ crossing, present }) => [crossing.signal, present.cycle]));
  if (known.some(({ crossing }) => design(crossing.signal) !== undefined))
    return [(signal) => design(signal)?.cycle ?? presents.get(signal) ?? longest];
  let floor = shortest;
  let wanted = shortest;
  for (const load of loads) {
    const least = leastGreens(load);
    floor = Math.max(floor, load.lost + least.main + least.cross);
    wanted = Math.max(wanted, websterCycle(load.lost, ratioOf(load.main) + ratioOf(load.cross)) ?? longest);
  }
  const round = (cycle: number): number => Math.min(longest, Math.max(Math.ceil(floor / step) * step, Math.round(cycle / step) * step));
  const now = Math.max(...presents.values());
  return [...new Set([round(now), round(wanted), round(wanted * 0.85), round(wanted * 1.15)])].map((cycle) => () => cycle);
}

/** The load of a crossing when these timings run: the platoons of its main road meet green as the timings let them. */
function createLoads({ demand, design }: CorridorParts, waves: readonly Wave[]) {
  const waveOf = new Map(waves.map((wave) => [wave.approach, wave]));
  function progressionAt(device: string, timingOf: TimingOf): number {
    const wave = waveOf.get(device);
    const [up, down] = wave === undefined ? [] : [timingOf(wave.from), timingOf(wave.to)];
    if (wave === undefined || up === undefined || down === undefined) return 1;
    const [designUp, designDown] = [design(wave.from), design(wave.to)];
    return progressionOn(wave, { up, down }, designUp && designDown && { up: designUp, down: designDown });
  }
  return ({ crossing: { approaches }, present }: Known, timingOf: TimingOf): CrossingLoad => {
    const road = (main: boolean): RoadLoad => {
      const own = approaches.filter((one) => one.main === main);
      return {
        approaches: own.map(({ device, lanes }) => {
          const { flow = 0, heavy = 0 } = demand(device) ?? {};
          return { flow, saturation: saturationFlow(lanes, heavy), progression: main ? progressionAt(device, timingOf) : 1 };
        }),
        lanes: Math.max(1, ...own.map(({ lanes }) => lanes)),
      };
    };
    return { main: road(true), cross: road(false), lost: Math.max(0, present.cycle - present.main - present.cross) };
  };
}
