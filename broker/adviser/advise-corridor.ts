import type { SignalTiming } from "../../shared/signal-advice.ts";
import { bestTiming, type CrossingLoad, leastGreens, meanDelay, type RoadLoad } from "./best-timing.ts";
import type { Corridor } from "./corridors.ts";
import type { Demand } from "./counts.ts";
import type { Crossing } from "./crossings.ts";
import { offsetsFor, type Wave } from "./offsets.ts";
import { progressionOn } from "./progression.ts";
import type { Running } from "./running.ts";
import { saturationFlow, websterCycle } from "./signal-theory.ts";

export interface CorridorParts {
  running(signal: string): Running | undefined;
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

const longest = 180;
const shortest = 70;
const step = 5;

/** Common cycle, splits and offsets of least delay for the signals of one main road; only crossings whose approaches all have been counted. */
export function adviseCorridor({ crossings, links }: Corridor, parts: CorridorParts): readonly Proposal[] {
  const known = crossings.filter((one) => isCounted(one, parts));
  if (known.length === 0) return [];
  const waves = links.flatMap((link): Wave[] => {
    const demand = parts.demand(link.approach);
    const both = parts.running(link.from) && parts.running(link.to);
    return demand === undefined || both === undefined ? [] : [{ ...link, flow: demand.flow, freeSpeed: parts.freeSpeed(link.approach) }];
  });
  const timingNow = (signal: string): SignalTiming | undefined => parts.running(signal)?.timing;
  const loadsNow = known.map((one) => loadOf(one, parts, waves, timingNow));
  const present = known.map((one, k) => delayOf(loadsNow[k], timingNow(one.signal)));
  let best: { readonly timings: ReadonlyMap<string, SignalTiming>; readonly delays: readonly number[]; readonly total: number } | undefined;
  for (const cycle of cyclesFor(known, loadsNow)) {
    const splits = new Map(known.map((one, k) => [one.signal, bestTiming(loadsNow[k] as CrossingLoad, cycle)]));
    const signals = known.map(({ signal }) => signal);
    const offsets = offsetsFor(signals, splits, waves);
    const timings = new Map([...splits].map(([signal, timing]) => [signal, { ...timing, offset: offsets.get(signal) ?? 0 }]));
    const at = (signal: string): SignalTiming | undefined => timings.get(signal) ?? timingNow(signal);
    const delays = known.map((one) => delayOf(loadOf(one, parts, waves, at), timings.get(one.signal)));
    const total = known.reduce((sum, one, k) => sum + flowOf(one, parts) * (delays[k] ?? 0), 0);
    if (best === undefined || total < best.total) best = { timings, delays, total };
  }
  return known.map((crossing, k) => {
    const now = timingNow(crossing.signal) as SignalTiming;
    const flow = flowOf(crossing, parts);
    return {
      crossing,
      present: now,
      proposed: best?.timings.get(crossing.signal) ?? now,
      delayPresent: present[k] ?? 0,
      delayProposed: best?.delays[k] ?? present[k] ?? 0,
      flow,
    };
  });
}

/** A road without detectors may hold anybody: nothing is taken from it. */
const isCounted = ({ signal, approaches }: Crossing, { running, demand }: CorridorParts): boolean =>
  running(signal) !== undefined &&
  approaches.some(({ main }) => main) &&
  approaches.some(({ main }) => !main) &&
  approaches.every(({ device }) => demand(device) !== undefined);
const flowOf = ({ approaches }: Crossing, { demand }: CorridorParts): number =>
  approaches.reduce((sum, { device }) => sum + (demand(device)?.flow ?? 0), 0);
const delayOf = (load: CrossingLoad | undefined, timing: SignalTiming | undefined): number =>
  load === undefined || timing === undefined ? 0 : meanDelay(load, timing);

/** What the busiest crossing would choose alone (Webster), and some seconds more and less; none shorter than people need anywhere. */
function cyclesFor(crossings: readonly Crossing[], loads: readonly CrossingLoad[]): readonly number[] {
  let floor = shortest;
  let wanted = shortest;
  for (const [k] of crossings.entries()) {
    const load = loads[k];
    if (load === undefined) continue;
    const least = leastGreens(load);
    floor = Math.max(floor, load.lost + least.main + least.cross);
    const ratio = (road: RoadLoad): number => road.approaches.reduce((most, { flow, saturation }) => Math.max(most, flow / saturation), 0);
    wanted = Math.max(wanted, websterCycle(load.lost, ratio(load.main) + ratio(load.cross)) ?? longest);
  }
  const round = (cycle: number): number => Math.min(longest, Math.max(Math.ceil(floor / step) * step, Math.round(cycle / step) * step));
  return [...new Set([round(wanted), round(wanted * 0.85), round(wanted * 1.15)])];
}

function loadOf(
  { signal, approaches }: Crossing,
  { running, demand }: CorridorParts,
  waves: readonly Wave[],
  timingOf: (signal: string) => SignalTiming | undefined,
): CrossingLoad {
  const own = running(signal);
  const [up, down] = [own?.timing, timingOf(signal)];
  const progressionOf = (device: string): number => {
    const wave = waves.find(({ approach }) => approach === device);
    const [before, at] = wave === undefined ? [] : [running(wave.from), timingOf(wave.from)];
    if (wave === undefined || own === undefined || before === undefined || at === undefined || down === undefined) return 1;
    return progressionOn(wave, before, own, { up: at, down });
  };
  const road = (main: boolean): RoadLoad => {
    const mine = approaches.filter((one) => one.main === main);
    return {
      approaches: mine.map(({ device, lanes }) => {
        const { flow = 0, heavy = 0 } = demand(device) ?? {};
        return { flow, saturation: saturationFlow(lanes, heavy), progression: main ? progressionOf(device) : 1 };
      }),
      lanes: Math.max(1, ...mine.map(({ lanes }) => lanes)),
    };
  };
  const lost = up === undefined ? 0 : Math.max(0, up.cycle - up.main - up.cross);
  return { main: road(true), cross: road(false), lost };
}
