import { zoneOffsetMs } from "../../../../../shared/zone.ts";
import { closeBlock } from "./extremes.ts";
import { daysKept, type Portrait, views } from "./portrait.ts";
import { clipped, leastOf, shapeAt, shapesOf, sigma } from "./shape.ts";
import { learnSlot, type Slots } from "./slots.ts";
import type { Surprise } from "./surprise.ts";
import { blockMs, dayMs, slotMs } from "./times.ts";

/** By chance an alarm of one view in so many blocks: 30 days. */
const returns = 120;
const stepsKept = 25;
/** Shapes and spreads remember so many days. */
const memoryDays = 10;
/** The first values find the place, whatever it is. */
const finding = 12;

const partOf = (p: Portrait, window: number): number => Math.max(Math.min(1, Math.max(1, p.step) / window), 1 / (p.rows + 1));

export function begin(p: Portrait, t: number, value: number): void {
  p.block = Math.floor(t / blockMs);
  p.dayNumber = Math.floor((t + zoneOffsetMs) / dayMs);
  p.last = value;
  p.offset.fill(value);
}

/** The middle of the first steps, found again whenever so many have come. */
export function learnStep(p: Portrait, dt: number): void {
  if (dt <= 0) return;
  p.steps.push(dt);
  if (p.steps.length < stepsKept && p.step > 0) return;
  const sorted = [...p.steps].sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1] ?? dt;
  p.step = p.step === 0 || p.rows < 4 * stepsKept ? middle : p.step + 0.2 * (middle - p.step);
  if (p.steps.length >= stepsKept) p.steps.length = 0;
}

/** @param weight below 1: the value is held for unusual, and teaches less. */
export function learn(p: Portrait, surprise: Surprise, weight: number): void {
  const { t, value, places, left } = surprise;
  learnShapes(p, surprise, weight);
  learnSpreads(p, surprise, weight);
  p.halfHour += Math.min(1, Math.max(1, p.step) / slotMs) * (left - p.halfHour);
  p.before = left;
  const plain = value - shapeAt(p, p.shape, places);
  p.daily += (p.rows === 0 ? 1 : Math.min(1, Math.max(1, p.step) / dayMs)) * (plain - p.daily);
  turn(p, t);
  p.t = t;
  p.last = value;
  p.rows += 1;
}

/** So many values of a slot are remembered. */
const memoryOf = (p: Portrait): number => Math.max(6, memoryDays * Math.max(1, slotMs / Math.max(1, p.step)));

function learnShapes(p: Portrait, surprise: Surprise, weight: number): void {
  learnShape(p, 0, undefined, surprise, weight);
  for (const [n, slots] of shapesOf(p).entries()) learnShape(p, n + 1, slots, surprise, weight);
  const better = leastOf(p.wrong);
  if ((p.wrong[better] ?? 0) < clearlyLess * (p.wrong[p.shape] ?? 0)) p.shape = better;
}
/** By so much another shape must have been less wrong to be taken. */
const clearlyLess = 0.93;

function learnShape(p: Portrait, n: number, slots: Slots | undefined, { value, places }: Surprise, weight: number): void {
  const place = places[n - 1] ?? 0;
  const off = p.offset[n] ?? 0;
  const usual = sigma * Math.max(p.leftAll, 1e-9);
  const isKnown = slots === undefined || (slots.count[place] ?? 0) > 0;
  const miss = value - (slots?.middle[place] ?? 0) - off;
  // a shape is as wrong as none where it knows nothing yet
  const wrong = Math.abs(isKnown ? miss : value - (p.offset[0] ?? 0));
  const was = p.wrong[n] ?? 0;
  p.wrong[n] = was + partOf(p, 3 * dayMs) * (Math.min(wrong, p.leftAll > 0 ? 8 * usual : wrong) - was);
  if (isKnown) p.offset[n] = off + weight * partOf(p, dayMs) * clipped(miss, p.rows < finding ? Math.abs(miss) : 3 * usual);
  // of a week there is one a week
  const memory = slots === p.week ? memoryOf(p) / 2 : memoryOf(p);
  if (slots !== undefined) learnSlot(slots, place, value - (p.offset[n] ?? 0), memory, weight);
}

function learnSpreads(p: Portrait, { slot, left, guesses, change }: Surprise, weight: number): void {
  const lately = partOf(p, 3 * dayMs);
  const memory = memoryOf(p);
  const fresh = guesses[leastOf(p.expecting)] ?? left;
  /** The mean of sizes, in which one counts as if it were no further than so many spreads. */
  const towards = (mean: number, size: number): number => {
    const most = p.rows < finding ? size : 4 * sigma * Math.max(mean, p.grain, 1e-12);
    return mean + weight * lately * (Math.min(size, most) - mean);
  };
  learnSlot(p.left, slot, left, memory, weight);
  learnSlot(p.fresh, slot, fresh, memory, weight);
  p.leftAll = towards(p.leftAll, Math.abs(left));
  p.freshAll = towards(p.freshAll, Math.abs(fresh));
  for (const [n, guess] of guesses.entries()) p.expecting[n] = (p.expecting[n] ?? 0) + lately * (Math.abs(guess) - (p.expecting[n] ?? 0));
  p.usualSize += weight * Math.min(1, Math.max(1, p.step) / (7 * dayMs)) * (p.size - p.usualSize);
  if (change === undefined) return;
  if (change > 0 && (p.grain === 0 || change < p.grain)) p.grain = change;
  learnSlot(p.change, slot, change, memory, weight);
  p.changeAll = towards(p.changeAll, change);
}

/** A block of the extremes ends; a day does. */
function turn(p: Portrait, t: number): void {
  const block = Math.floor(t / blockMs);
  if (block !== p.block) {
    p.block = block;
    for (const [n, extremes] of p.views.entries()) closeBlock(extremes, returns, views[n]?.least ?? 1);
  }
  const day = Math.floor((t + zoneOffsetMs) / dayMs);
  if (day === p.dayNumber) return;
  p.dayNumber = day;
  p.days[p.dayCount % daysKept] = p.daily;
  p.dayCount += 1;
}
