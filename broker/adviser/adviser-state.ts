import type { SignalAdvice } from "../../shared/signal-advice.ts";
import type { Timeline } from "../../shared/timeline.ts";
import type { Counts } from "./counts.ts";
import { type DayPlans, noDayPlans, type Running } from "./running.ts";

/** All that the adviser knows. Plain data. */
export interface AdviserState {
  /** The room's, not a run's: they outlive a reset. */
  modes: Record<string, "auto" | "manual">;
  counts: Record<string, Counts>;
  /** What controllers say they run. */
  running: Record<string, Running>;
  plans: Record<Timeline, DayPlans>;
  advice: Record<string, SignalAdvice>;
  /** What is driven when nobody waits, km/h, by approach: the best single minutes. */
  free: Record<string, number>;
  quarter: Record<Timeline, number>;
  /** The city's clock is live: of its history nothing is advised. */
  live: boolean;
  /** Wall clock of the newest round, as its record says. */
  advisedAt: number;
}

export const nothingKnown = (): AdviserState => ({
  modes: {},
  counts: {},
  running: {},
  plans: { city: noDayPlans(), field: noDayPlans() },
  advice: {},
  free: {},
  quarter: { city: 0, field: 0 },
  live: false,
  advisedAt: 0,
});

const byDevice = ["counts", "running", "advice", "free"] as const;

/** What is known of devices that `isOf` names is gone. */
export function withoutDevices(now: AdviserState, isOf: (id: string) => boolean): void {
  for (const part of byDevice) for (const id of Object.keys(now[part])) if (isOf(id)) delete now[part][id];
}

/** What an image knows of its timeline, beside what is known of the other. */
export function withImage(now: AdviserState, image: AdviserState, only: Timeline, isOf: (id: string) => boolean): AdviserState {
  withoutDevices(now, isOf);
  for (const part of byDevice) Object.assign(now[part], Object.fromEntries(Object.entries(image[part]).filter(([id]) => isOf(id))));
  now.plans[only] = image.plans[only];
  now.quarter[only] = image.quarter[only];
  return only === "city" ? { ...now, live: image.live } : now;
}
