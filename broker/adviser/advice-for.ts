import type { SignalAdvice, SignalTiming } from "../../shared/signal-advice.ts";
import { bestTiming, type CrossingLoad, meanDelay, type RoadLoad } from "./best-timing.ts";
import { type Counts, type Demand, demandOf, spanMs } from "./counts.ts";
import type { Crossing } from "./crossings.ts";
import { saturationFlow } from "./signal-theory.ts";

export interface AdviceParts {
  readonly t: number;
  readonly present: SignalTiming;
  readonly counts: Readonly<Record<string, Counts>>;
  /** May be raised: the highest speed of a quarter of an hour that was seen. */
  readonly free: Record<string, number>;
  readonly mode: "auto" | "manual";
  readonly before: SignalAdvice | undefined;
  timingOf(signal: string): SignalTiming | undefined;
}

/** Share of stops that is left to the platoons of a coordinated main road (HCM progression factor) [assumption]. */
const coordinated = 0.64;

/** What the adviser has to say of one crossing at t; undefined while too little has been counted. */
export function adviceFor(crossing: Crossing, { t, present, counts, free, mode, before }: AdviceParts): SignalAdvice | undefined {
  const demands = new Map<string, Demand>();
  for (const { device } of crossing.approaches) {
    const demand = counts[device] && demandOf(counts[device], t);
    if (demand === undefined) return undefined;
    demands.set(device, demand);
    if (demand.speed !== undefined) free[device] = Math.max(free[device] ?? 0, demand.speed);
  }
  const load = loadOf(crossing, demands, present);
  const better = bestTiming(load, present.cycle);
  const proposed: SignalTiming = { ...better, offset: present.offset };
  return {
    device: crossing.signal,
    district: crossing.district,
    mode,
    t,
    flows: Object.fromEntries([...demands].map(([device, { flow }]) => [device, Math.round(flow)])),
    present,
    proposed,
    delayPresent: meanDelay(load, present),
    delayProposed: meanDelay(load, proposed),
    held: null,
    applied: appliedNow(crossing, demands, free, before, t),
  };
}

function loadOf({ approaches }: Crossing, demands: ReadonlyMap<string, Demand>, present: SignalTiming): CrossingLoad {
  const road = (main: boolean): RoadLoad => {
    const own = approaches.filter((one) => one.main === main);
    return {
      approaches: own.map(({ device, lanes }) => {
        const { flow = 0, heavy = 0 } = demands.get(device) ?? {};
        return { flow, saturation: saturationFlow(lanes, heavy) };
      }),
      lanes: Math.max(1, ...own.map(({ lanes }) => lanes)),
      progression: main ? coordinated : 1,
    };
  };
  return { main: road(true), cross: road(false), lost: Math.max(0, present.cycle - present.main - present.cross) };
}

/** What was promised, held against what was measured of the whole quarter after it. */
function appliedNow(
  crossing: Crossing,
  demands: ReadonlyMap<string, Demand>,
  free: Readonly<Record<string, number>>,
  before: SignalAdvice | undefined,
  t: number,
): SignalAdvice["applied"] {
  const applied = before?.applied ?? null;
  if (applied === null || applied.measured !== null || t < applied.t + spanMs) return applied;
  return { ...applied, measured: measuredDelay(crossing, demands, free) };
}

/** Mean seconds that vehicles took longer than when nobody waits; null where lengths or speeds are not known. */
export function measuredDelay({ approaches }: Crossing, demands: ReadonlyMap<string, Demand>, free: Readonly<Record<string, number>>): number | null {
  let vehicles = 0;
  let waited = 0;
  for (const { device, metres } of approaches) {
    const { flow = 0, speed } = demands.get(device) ?? {};
    const best = free[device];
    if (metres === undefined || speed === undefined || best === undefined || best <= 0) return null;
    vehicles += flow;
    waited += flow * Math.max(0, (3.6 * metres) / speed - (3.6 * metres) / best);
  }
  return vehicles > 0 ? waited / vehicles : null;
}
