import type { Environment } from "../../environment/environment.ts";
import { signals } from "./parameters.ts";

/** Seconds; cycle = both greens and the lost time between them. */
export interface Plan {
  readonly cycle: number;
  readonly main: number;
  readonly cross: number;
}
/** A plan within its street, s: main green begins `offset` after the street's common zero. */
export interface Timing extends Plan {
  readonly offset: number;
}
export const dailyPlans = ["night", "am", "day", "pm", "evening"] as const;
export type DailyPlan = (typeof dailyPlans)[number];
export const isDailyPlan = (word: unknown): word is DailyPlan => dailyPlans.some((known) => known === word);
export type PlanWord = DailyPlan | "flash" | "manual";
/** What the room has ordered; `auto` = by the time of day. */
export type PlanOrder = "auto" | DailyPlan | "manual";
export type Plans = Readonly<Record<DailyPlan, Timing>>;
export const flashing: Plan = signals.flash;

/** Webster's cycle of least delay, C0 = (1.5 L + 5) / (1 - Y), s; none when Y is 0.95 or more. */
export const websterCycle = (lost: number, ratio: number): number | undefined => (ratio >= 0.95 ? undefined : (1.5 * lost + 5) / (1 - ratio));

/** Green that lets people walk over `lanes` lanes each way, s. */
export const walkTime = (lanes: number): number =>
  Math.ceil(signals.walkStart + signals.walkPerMetre * (2 * lanes * signals.laneMetres + signals.kerbMetres));

export interface Crossing {
  /** Critical flow ratios q/s of the two phases. */
  readonly ratio: { readonly main: number; readonly cross: number };
  /** Lanes each way of the two roads; people cross the main road while the other has green. */
  readonly lanes: { readonly main: number; readonly cross: number };
}
/** Greens in proportion to critical flow ratios, none shorter than people need, cycle within the usual bounds; whole seconds. */
export function designPlan({ ratio, lanes }: Crossing): Plan {
  const { lostSeconds, shortest, longest } = signals;
  const [mainLeast, crossLeast] = [walkTime(lanes.cross), walkTime(lanes.main)];
  const wanted = websterCycle(lostSeconds, ratio.main + ratio.cross) ?? longest;
  const least = Math.max(shortest, lostSeconds + mainLeast + crossLeast);
  const cycle = Math.round(Math.min(longest, Math.max(least, wanted)));
  const green = cycle - lostSeconds;
  const share = ratio.main / Math.max(1e-6, ratio.main + ratio.cross);
  const main = Math.min(green - crossLeast, Math.max(mainLeast, Math.round(green * share)));
  return { cycle, main, cross: green - main };
}

/** The time-of-day plan at a local hour. */
export function planAt(hour: number, dayOff: boolean): DailyPlan {
  let plan: DailyPlan = "night";
  for (const [from, word] of dayOff ? signals.dayOff : signals.weekday) if (hour >= from) plan = word;
  return plan;
}
/** Hours of a weekday (whole ones that it touches) for which a plan is designed. */
export const designHours = (plan: DailyPlan): number[] =>
  Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => planAt(hour + 0.5, false) === plan);

export function planNow(env: Environment, district: string, order: PlanOrder): PlanWord {
  if (env.powerCut.size > 0 && env.powerCut.has(district)) return "flash";
  return order === "auto" ? planAt(env.hour, env.dayOff) : order;
}

/** Why a controller does not take these seconds: its conflict monitor knows how long people need, and that greens do not overlap. */
export function whyNotTiming({ cycle, main, cross, offset }: Timing, lanes: Crossing["lanes"]): string | undefined {
  const [mainLeast, crossLeast] = [walkTime(lanes.cross), walkTime(lanes.main)];
  if (main < mainLeast) return `main green of ${main} s leaves people no time to walk: ${mainLeast} s at least`;
  if (cross < crossLeast) return `cross green of ${cross} s leaves people no time to walk: ${crossLeast} s at least`;
  if (main + cross + signals.lostSeconds > cycle)
    return `${main} s and ${cross} s of green and ${signals.lostSeconds} s between them do not fit into ${cycle} s`;
  return offset < cycle ? undefined : `an offset of ${offset} s is longer than the cycle of ${cycle} s`;
}
