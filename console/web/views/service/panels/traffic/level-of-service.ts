import type { SignalTiming } from "../../../../../../shared/signal-advice.ts";

/** KHCM 2013, table 8-2: control delay of signalised intersections, s/veh. */
const levels = [
  { name: "A", upTo: 15 },
  { name: "B", upTo: 30 },
  { name: "C", upTo: 50 },
  { name: "D", upTo: 70 },
  { name: "E", upTo: 100 },
  { name: "F", upTo: 220 },
  { name: "FF", upTo: 340 },
] as const;
export const levelOfService = (delay: number): string => levels.find(({ upTo }) => delay <= upTo)?.name ?? "FFF";

export interface ApproachLoad {
  /** veh/h, measured. */
  readonly flow: number;
  readonly lanes: number;
  readonly isMain: boolean;
}
/** Base saturation flow of mixed traffic with phased left turns, veh/h of green and lane (2 s headway; domain.md B1). */
const perLane = 1800 * 0.82;
const hours = 0.25;

/** Control delay of one approach by HCM 6th (ch. 19) for arrivals at random, s/veh: an estimate from counts, not a measurement. */
export function approachDelay({ flow, lanes, isMain }: ApproachLoad, { cycle, main, cross }: SignalTiming): number {
  const share = Math.min(0.99, Math.max(0.01, (isMain ? main : cross) / cycle));
  const capacity = perLane * Math.max(1, lanes) * share;
  const x = flow / capacity;
  const uniform = (0.5 * cycle * (1 - share) * (1 - share)) / (1 - Math.min(1, x) * share);
  return uniform + 900 * hours * (x - 1 + Math.sqrt((x - 1) * (x - 1) + (4 * x) / (capacity * hours)));
}
