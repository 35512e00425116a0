import type { SignalTiming } from "../../shared/signal-advice.ts";
import { zoneOffsetMs } from "../../shared/zone.ts";

/** What a controller says that it runs. `plan`: word of its plan; `manual` = the room's timing. Plain data. */
export interface Running {
  readonly plan: string;
  readonly timing: SignalTiming;
}

/** The reading of a controller; undefined while it flashes or says nothing. */
export function runningOf(m: Readonly<Record<string, unknown>>): Running | undefined {
  const { plan, cycle, green_main: main, green_cross: cross, offset } = m;
  if (typeof plan !== "string" || typeof cycle !== "number" || typeof main !== "number" || typeof cross !== "number" || cycle <= 0) return undefined;
  return { plan, timing: { cycle, main, cross, offset: typeof offset === "number" ? offset : 0 } };
}

/** The plans by time of day, as controllers have shown them: a controller that runs the room's timing tells no more what its own plan would be. */
export interface DayPlans {
  /** By signal and word. */
  timings: Record<string, Record<string, SignalTiming>>;
  /** By `day type/half hour`. */
  words: Record<string, string>;
}
export const noDayPlans = (): DayPlans => ({ timings: {}, words: {} });

/** Plans change on the half hour; weekends have their own. */
const slotMs = 1_800_000;
const dayMs = 86_400_000;
function slotOf(t: number): string {
  const local = t + zoneOffsetMs;
  // 1970-01-01 was a Thursday
  const weekday = (Math.floor(local / dayMs) + 4) % 7;
  return `${weekday === 0 || weekday === 6 ? "weekend" : "weekday"}/${Math.floor((local % dayMs) / slotMs)}`;
}

export function learnPlan(plans: DayPlans, signal: string, { plan, timing }: Running, t: number): void {
  if (plan === "manual") return;
  plans.timings[signal] ??= {};
  plans.timings[signal][plan] = timing;
  plans.words[slotOf(t)] = plan;
}

/** The word of the hour; undefined while it has never been seen. */
export const wordAt = (plans: DayPlans, t: number): string | undefined => plans.words[slotOf(t)];
export const designOf = (plans: DayPlans, signal: string, word: string): SignalTiming | undefined => plans.timings[signal]?.[word];
