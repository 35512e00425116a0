import { zoneOffsetMs } from "../../../../../shared/zone.ts";
import { see } from "./extremes.ts";
import { begin, learn, learnStep } from "./learn.ts";
import { at, daysKept, type Portrait, type View, views } from "./portrait.ts";
import { clipped, leastOf, placesOf, shapeAt, spreadAt } from "./shape.ts";
import type { Surprise } from "./surprise.ts";
import { dayMs, hourMs, slotMs, slotsADay } from "./times.ts";

/** How unusual it is: 1 = an alarm is due; and in which way most. */
export interface Look {
  readonly by: number;
  readonly view: View;
  /** What was expected, and how far from it things usually are. */
  readonly expected: number;
  readonly spread: number;
}

/** The part that one value has in a mean over so long. */
const shareOf = (p: Portrait, window: number): number => Math.min(1, Math.max(1, p.step) / window);

/** Judges the value by what was known before it, then learns it. */
export function look(p: Portrait, t: number, value: number): Look {
  const dt = p.t === 0 ? 0 : t - p.t;
  if (p.rows === 0) begin(p, t, value);
  learnStep(p, dt);
  const local = t + zoneOffsetMs;
  const slot = Math.floor(local / slotMs) % slotsADay;
  const places = placesOf(local, slot);
  const broken = dt > 3 * Math.max(1, p.step);
  const expected = shapeAt(p, p.shape, places) + (p.offset[p.shape] ?? 0);
  const left = value - expected;
  const spread = spreadAt(p.left, slot, p.leftAll, p.grain);
  if (broken) restart(p, left);
  const change = dt > 0 && !broken ? Math.abs(value - p.last) : undefined;
  const surprise: Surprise = { t, value, dt, broken, slot, places, left, guesses: [left, left - p.halfHour, left - p.before], change };

  average(p, surprise, spread);
  const stats = statsOf(p, surprise, spread);
  const worst = worstOf(p, stats);
  // what goes on for a day is the new habit
  const weight = worst.by >= 1 && (p.odd === 0 || t - p.odd < dayMs) ? 0.1 : 1;
  for (const [n, extremes] of p.views.entries()) see(extremes, stats[n] ?? 0);
  settle(p, t, worst.by);
  adopt(p, t, stats[at.shift] ?? 0, spread);
  learn(p, surprise, weight);
  return { by: worst.by, view: views[worst.n]?.id ?? "spike", expected, spread };
}

/** After a hole nobody knows what was a moment ago. */
function restart(p: Portrait, left: number): void {
  p.halfHour = left;
  p.before = left;
  p.hour = 0;
  p.moving = p.usualMoving;
}

/** One value counts in a mean as if it were no further than so many spreads. */
const mostInMean = 8;

function average(p: Portrait, { left, change, slot }: Surprise, spread: number): void {
  const unit = clipped(left / spread, mostInMean);
  p.hour += shareOf(p, hourMs) * (unit - p.hour);
  p.sixHours += shareOf(p, 6 * hourMs) * (unit - p.sixHours);
  p.size += shareOf(p, 12 * hourMs) * (Math.abs(unit) - p.size);
  if (change === undefined) return;
  const usual = (p.change.count[slot] ?? 0) > 0 ? (p.change.middle[slot] ?? 0) : p.changeAll;
  p.moving += shareOf(p, 2 * hourMs) * (change - p.moving);
  p.usualMoving += shareOf(p, 2 * hourMs) * (usual - p.usualMoving);
}

/** In the order of the views. */
function statsOf(p: Portrait, { left, guesses, broken, slot, dt }: Surprise, spread: number): readonly number[] {
  const fresh = broken ? left : (guesses[leastOf(p.expecting)] ?? left);
  const usual = spreadAt(p.fresh, slot, p.freshAll, p.grain);
  // so little counts as no movement at all
  const still = 0.15 * p.changeAll + 0.1 * p.grain + 1e-12;
  return [
    Math.abs(fresh) / (broken ? Math.max(spread, usual) : usual),
    Math.abs(p.hour),
    Math.abs(p.sixHours),
    driftOf(p, spread),
    Math.abs(Math.log((p.moving + still) / (p.usualMoving + still))),
    p.size / Math.max(0.1, p.usualSize),
    dt / Math.max(1, p.step),
  ];
}

const leastDays = 4;
/** The last day against the middle of those before, in their own spread. */
function driftOf(p: Portrait, spread: number): number {
  const known = Math.min(daysKept, p.dayCount);
  if (known < leastDays) return 0;
  const days = p.days.slice(0, known).sort();
  const middle = days[known >> 1] ?? 0;
  const away = days.map((day) => Math.abs(day - middle)).sort()[known >> 1] ?? 0;
  return Math.abs(p.daily - middle) / (1.4826 * away + 0.25 * spread + 1e-12);
}

function worstOf(p: Portrait, stats: readonly number[]): { by: number; n: number } {
  let by = 0;
  let n = 0;
  for (const [view, { limit }] of p.views.entries()) {
    const one = (stats[view] ?? 0) / limit;
    if (one > by) {
      by = one;
      n = view;
    }
  }
  return { by, n };
}

/** Back by so much, for so long: it is over. */
const calmBelow = 0.7;
const calmMs = 2 * hourMs;

function settle(p: Portrait, t: number, by: number): void {
  if (by >= 1 && p.odd === 0) p.odd = t;
  if (by >= calmBelow || p.odd === 0) p.calm = 0;
  else if (p.calm === 0) p.calm = t;
  else if (t - p.calm >= calmMs) {
    p.odd = 0;
    p.calm = 0;
  }
}

/** A level that has lasted so long is the new one. */
const adoptMs = 12 * hourMs;

function adopt(p: Portrait, t: number, shift: number, spread: number): void {
  if (shift < (p.views[at.shift]?.limit ?? Number.POSITIVE_INFINITY)) p.shifted = 0;
  else if (p.shifted === 0) p.shifted = t;
  else if (t - p.shifted >= adoptMs) {
    const by = p.sixHours * spread;
    for (const levels of [p.offset, p.days]) for (let n = 0; n < levels.length; n++) levels[n] = (levels[n] ?? 0) + by;
    p.daily += by * Math.exp(-adoptMs / dayMs);
    p.hour = 0;
    p.sixHours = 0;
    p.size = p.usualSize;
    p.shifted = 0;
  }
}
