import type { Delays } from "../../../shared/alarm-rule.ts";
import type { Ask } from "./evaluator.ts";

/** A condition with on-delay and off-delay. Plain data; 0 = not. */
export interface Delayed {
  on: boolean;
  holds: boolean;
  /** Since when it holds, or has gone, without a break. */
  since: number;
}
export const notYet = (): Delayed => ({ on: false, holds: false, since: 0 });

/** What changes now that the condition holds or does not; asks to be woken when only time is missing. `holds` undefined: as before (a wake). */
export function settle(
  state: Delayed,
  ask: Pick<Ask, "t" | "wake">,
  { on = 0, off = 0 }: Delays,
  holds = state.holds,
): "raise" | "clear" | undefined {
  if (holds !== state.holds) {
    state.holds = holds;
    state.since = ask.t;
  }
  if (holds === state.on) return undefined;
  const due = state.since + (holds ? on : off) * 1000;
  if (ask.t < due) {
    ask.wake(due);
    return undefined;
  }
  state.on = holds;
  return holds ? "raise" : "clear";
}
