import type { SignalTiming } from "../../shared/signal-advice.ts";

/** What a controller says that it runs, and what its own plan of the hour was, for both are held against each other. Plain data. */
export interface Running {
  /** Word of its plan; `manual` = the room's timing. */
  plan: string;
  timing: SignalTiming;
  /** Timing and word of the newest plan that was not the room's. */
  design: SignalTiming;
  designPlan: string;
}

/** The reading of a controller; undefined while it flashes or says nothing. */
export function runningOf(m: Readonly<Record<string, unknown>>, before: Running | undefined): Running | undefined {
  const { plan, cycle, green_main: main, green_cross: cross, offset } = m;
  if (typeof plan !== "string" || typeof cycle !== "number" || typeof main !== "number" || typeof cross !== "number" || cycle <= 0) return undefined;
  const timing = { cycle, main, cross, offset: typeof offset === "number" ? offset : 0 };
  if (plan === "manual" && before !== undefined) return { ...before, plan, timing };
  return { plan, timing, design: timing, designPlan: plan };
}
