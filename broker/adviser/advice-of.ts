import type { SignalAdvice } from "../../shared/signal-advice.ts";
import type { Proposal } from "./advise-corridor.ts";
import { type Demand, spanMs } from "./counts.ts";
import { measuredDelay } from "./measured-delay.ts";

export interface AdviceParts {
  readonly demands: ReadonlyMap<string, Demand | undefined>;
  /** km/h when nobody waits, by approach. */
  readonly free: Readonly<Record<string, number>>;
  readonly mode: "auto" | "manual";
  readonly before: SignalAdvice | undefined;
  readonly t: number;
}

/** The proposal as people read it. What was applied before is held against what was measured of the whole quarter after it. */
export function adviceOf(
  { crossing, present, proposed, delayPresent, delayProposed }: Proposal,
  { demands, free, mode, before, t }: AdviceParts,
): SignalAdvice {
  const { signal, district, approaches } = crossing;
  const applied = before?.applied ?? null;
  const due = applied !== null && applied.measured === null && t >= applied.t + spanMs;
  return {
    device: signal,
    district,
    mode,
    t,
    flows: Object.fromEntries(approaches.map(({ device }) => [device, Math.round(demands.get(device)?.flow ?? 0)])),
    present,
    proposed,
    delayPresent,
    delayProposed,
    held: null,
    applied: due ? { ...applied, measured: measuredDelay(crossing, demands, free) } : applied,
  };
}
