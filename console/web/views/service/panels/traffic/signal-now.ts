import type { SignalTiming } from "../../../../../../shared/signal-advice.ts";
import { walkTime } from "../../../../../../shared/walk-time.ts";
import { type Phase, phaseAt, type Road } from "./signal-phase.ts";

/** What can be said of the lights at this instant. `walks`: the road over which people may begin to walk. */
export type Shown =
  | { readonly kind: "phase"; readonly phase: Phase; readonly walks: Road | undefined; readonly walkLeft: number }
  | { readonly kind: "flashing" | "silent" | "fast" | "unknown" };

/** Faster than this nobody can follow a phase on a screen, city seconds a second. */
const followable = 30;

export interface SignalAsk {
  readonly timing: SignalTiming | undefined;
  /** Word of the contract: the plan that runs. */
  readonly plan: string | undefined;
  readonly isFresh: boolean;
  readonly rate: number;
  readonly secondOfDay: number;
  /** Lanes each way of the two roads, as far as they are known. */
  readonly lanes: Readonly<Record<Road, number>>;
}

/** People cross a road while the other one has green, from its begin for as long as the way over the road takes. */
export function signalNow({ timing, plan, isFresh, rate, secondOfDay, lanes }: SignalAsk): Shown {
  if (!isFresh) return { kind: "silent" };
  if (plan === "flash") return { kind: "flashing" };
  if (timing === undefined) return { kind: "unknown" };
  if (rate > followable) return { kind: "fast" };
  const phase = phaseAt(timing, secondOfDay);
  const crossed = phase.road === undefined ? undefined : phase.road === "main" ? "cross" : "main";
  const walkLeft = crossed === undefined || lanes[crossed] === 0 ? 0 : Math.min(walkTime(lanes[crossed]) - phase.since, phase.left);
  return { kind: "phase", phase, walks: walkLeft > 0 ? crossed : undefined, walkLeft };
}
