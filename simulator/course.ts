import { randomUUID } from "node:crypto";
import type { ClockAction } from "../shared/clock.ts";
import type { CityKey, SavedCity } from "./saved-city.ts";
import type { SimulatorOptions } from "./simulator-options.ts";

/** What the clock is about; changes at actions and arrivals only. */
export interface Course {
  readonly run: string;
  readonly seed: number;
  readonly start: number;
  /** End of the backfill. */
  readonly until: number;
  /** Asked of the live clock: city seconds per wall second, `null` = as fast as the chain goes. */
  readonly rate: number | null;
  readonly paused: boolean;
  readonly phase: "backfill" | "live" | "jump";
  /** Where a backfill, jump or step ends. */
  readonly goal: number;
  /** A step while paused. */
  readonly stepping: boolean;
}

const minuteMs = 60_000;
const floor = (t: number, grid: number): number => Math.floor(t / grid) * grid;

export function newCourse({ seed, start, until, rate }: SimulatorOptions): Course {
  const from = floor(start, minuteMs);
  const goal = Math.max(from, floor(until, 1000));
  return { run: randomUUID(), seed, start: from, until: goal, goal, rate, paused: false, phase: "backfill", stepping: false };
}

/** Where a run begins, and with what chance. */
export type Beginning = Pick<Course, "seed" | "start" | "until">;

/** Another instant takes the whole history with it. */
type Reset = Extract<ClockAction, { readonly reset: unknown }>["reset"];
export function beginningOf({ seed, at, history }: Reset, course: Course): Beginning {
  const until = at === undefined ? course.until : floor(at, minuteMs);
  const length = history === undefined ? course.until - course.start : history * 1000;
  return { seed: seed ?? course.seed, start: floor(until - length, minuteMs), until };
}

export const keyOf = ({ seed, start, until }: Course, options: SimulatorOptions): CityKey => ({
  city: options.city,
  scale: options.scale,
  profile: options.profile,
  seed,
  start,
  until,
});

/** The saved city goes on when it is the configured one; its history stays where it was, the rate is the configured one. */
export function resumable(saved: SavedCity | undefined, options: SimulatorOptions): Course | undefined {
  if (saved === undefined || options.resume === "fresh" || saved.configuredSeed !== options.seed) return undefined;
  const { key, run, paused, phase, goal } = saved;
  if (key.city !== options.city || key.scale !== options.scale || key.profile !== options.profile) return undefined;
  // a paused city that was on its way to somewhere goes there first
  const stepping = paused && phase !== "live";
  return { run, paused, phase, goal, stepping, seed: key.seed, start: key.start, until: key.until, rate: options.rate };
}

/** A jump lives through all of it: a month takes some minutes. */
const longestJumpMs = 31 * 86_400_000;

/** Why a jump or step cannot be. */
export function refusal(action: ClockAction, course: Course, head: number): string | undefined {
  if ("jumpTo" in action) {
    if (course.phase === "backfill") return "the history is still being generated";
    if (course.phase === "jump") return "a jump is under way";
    if (course.stepping) return "a step is under way";
    if (action.jumpTo > head + longestJumpMs) return "a jump goes 31 days ahead at most";
    if (action.jumpTo < head + 1000) return "time goes forward only; going back is a reset";
  }
  if ("step" in action && (!course.paused || course.stepping || course.phase !== "live")) return "a step needs a paused clock";
  return undefined;
}
