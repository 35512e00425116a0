import type { Environment } from "../environment/environment.ts";

export const secondMs = 1000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** Local hour (with fraction) at `t`, which may lie up to some days before or after the environment's instant. */
export function hourAt(env: Environment, t: number): number {
  const hour = (env.hour + (t - env.t) / hourMs) % 24;
  return hour < 0 ? hour + 24 : hour;
}

/** The last local midnight at or before `t`, to the second. */
export const midnightBefore = (env: Environment, t: number): number => Math.round((t - hourAt(env, t) * hourMs) / secondMs) * secondMs;

/** Whole seconds, as happenings carry them. */
export const wholeSecond = (t: number): number => Math.round(t / secondMs) * secondMs;

/** Value of a 24-entry table at a fractional hour. */
export const byHour = (table: readonly number[], hour: number): number => table[Math.floor(hour) % 24] ?? 0;
