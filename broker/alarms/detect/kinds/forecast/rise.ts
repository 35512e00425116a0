import { slopeOver } from "../../../../../shared/level-course.ts";

/** Where a rising water will be, from its own last minutes. Metres and ms. */
export interface Rise {
  /** Newest last. */
  readonly t: number[];
  readonly level: number[];
}
export const newRise = (): Rise => ({ t: [], level: [] });

/** So many samples a minute apart are remembered. */
const remembered = 21;
const minuteMs = 60_000;
/** Longer silence than this, and the past says nothing of the present. */
const gapMs = 300_000;

export function addSample(rise: Rise, t: number, level: number): void {
  const last = rise.t.at(-1);
  if (last !== undefined && t - last > gapMs) {
    rise.t.length = 0;
    rise.level.length = 0;
  }
  if (last !== undefined && t - last < 50_000) return;
  rise.t.push(t);
  rise.level.push(level);
  if (rise.t.length > remembered) {
    rise.t.shift();
    rise.level.shift();
  }
}

export interface Course {
  /** Metres over now after `minutes`. */
  after(minutes: number): number;
  readonly perMinute: number;
}

/** Slower than this is within what waves and millimetres make of still water, m/min. */
const still = 0.002;
/** A rising limb bends up while rain still gathers; how long the bend goes on, minutes: the storage of a sub-catchment. */
const bendMinutes = 10;

/** Straight on with the slope of the last minutes, and bent up for a while when it has been getting steeper. */
export function courseOf(rise: Rise): Course | undefined {
  const quick = slopeOver(rise, 6);
  const slow = slopeOver(rise, 20) ?? quick;
  if (quick === undefined || slow === undefined) return undefined;
  const perMinute = Math.abs(quick) < still ? 0 : quick;
  const centres = Math.min(20, ((rise.t.at(-1) ?? 0) - (rise.t[0] ?? 0)) / minuteMs) / 2 - 3;
  const bend = perMinute > 0 && centres > 1 ? Math.max(0, (quick - slow) / centres) : 0;
  return {
    perMinute,
    after(minutes) {
      const bent = Math.min(minutes, bendMinutes);
      return perMinute * minutes + bend * bent * (minutes - bent / 2);
    },
  };
}
