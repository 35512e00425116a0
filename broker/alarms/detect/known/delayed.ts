import type { Delays } from "../../../../shared/alarm-rule.ts";

/** A condition with on-delay and off-delay. Plain data; 0 = not. */
export interface Delayed {
  on: boolean;
  holds: boolean;
  /** Since when it holds, or has gone, without a break. */
  since: number;
}
export const notYet = (): Delayed => ({ on: false, holds: false, since: 0 });

/** What changes at t now that the condition holds or does not. Looked at whenever there is something to judge by: silence decides nothing. */
export function settle(state: Delayed, t: number, { on = 0, off = 0 }: Delays, holds: boolean): "raise" | "clear" | undefined {
  if (holds !== state.holds) {
    state.holds = holds;
    state.since = t;
  }
  if (holds === state.on || t < state.since + (holds ? on : off) * 1000) return undefined;
  state.on = holds;
  return holds ? "raise" : "clear";
}
