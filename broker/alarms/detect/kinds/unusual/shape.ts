import type { Portrait } from "./portrait.ts";
import type { Slots } from "./slots.ts";
import { dayMs, slotsADay } from "./times.ts";

/** The shapes that a series may have, and how far things usually are from what is expected. */
export const shapesOf = (p: Portrait): readonly Slots[] => [p.day, p.kinds, p.week];

/** Slots of the shapes: of the day, of the day by its kind, of the week. `local`: ms since 1970, which began on a Thursday. */
export function placesOf(local: number, slot: number): readonly number[] {
  const weekday = (Math.floor(local / dayMs) + 3) % 7;
  return [slot, (weekday >= 5 ? slotsADay : 0) + slot, weekday * slotsADay + slot];
}

/** Shape 0 is none. */
export function shapeAt(p: Portrait, shape: number, places: readonly number[]): number {
  const slots = shapesOf(p)[shape - 1];
  return slots?.middle[places[shape - 1] ?? 0] ?? 0;
}

/** Of a normal distribution over its mean absolute deviation. */
export const sigma = 1.2533;

/** Of this half hour, where it is known; never much finer than that of the whole day, nor than the values themselves. */
export function spreadAt(slots: Slots, slot: number, all: number, grain: number): number {
  const own = (slots.count[slot] ?? 0) >= 4 ? (slots.spread[slot] ?? 0) : all;
  return Math.max(sigma * own, 0.3 * sigma * all, 0.5 * grain, 1e-9);
}

export const clipped = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

export function leastOf(values: ArrayLike<number>): number {
  let best = 0;
  for (let n = 1; n < values.length; n++) if ((values[n] ?? 0) < (values[best] ?? 0)) best = n;
  return best;
}
