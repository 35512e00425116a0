/**
 * Middle and mean absolute deviation of a number in each slot of a cycle, learned as time goes on: bounded steps (Huber's clipped score) with Robbins-Monro gains,
 * so that one wild value moves little. Plain data.
 */
export interface Slots {
  readonly middle: Float64Array;
  readonly spread: Float64Array;
  /** Values so far, up to the memory. */
  readonly count: Float64Array;
}
export const newSlots = (size: number): Slots => ({
  middle: new Float64Array(size),
  spread: new Float64Array(size),
  count: new Float64Array(size),
});

/** A value this many spreads away counts as if it were no further. */
const clip = 2.5;
/** The first ones find the place, whatever it is. */
const finding = 4;

/** @param memory in values. @param weight below 1: it is held for unusual, and teaches less. */
export function learnSlot({ middle, spread, count }: Slots, slot: number, value: number, memory: number, weight: number): void {
  const known = count[slot] ?? 0;
  count[slot] = Math.min(memory, known + 1);
  const was = middle[slot] ?? 0;
  const wide = spread[slot] ?? 0;
  const away = value - was;
  if (known === 0) {
    middle[slot] = value;
    return;
  }
  const gain = weight / Math.min(known + 1, memory);
  const most = known < finding || wide === 0 ? Math.abs(away) : clip * wide;
  middle[slot] = was + gain * Math.max(-most, Math.min(most, away));
  spread[slot] = wide + gain * (Math.min(Math.abs(away), most * 1.5) - wide);
}
