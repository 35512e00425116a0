import { type Extremes, newExtremes } from "./extremes.ts";
import { newSlots, type Slots } from "./slots.ts";
import { slotsADay } from "./times.ts";

/** What a series is by itself, learned from nothing but its own values, in whatever unit and at whatever interval: plain, bounded data. */
export interface Portrait {
  /** Of the newest value; 0 = none. Then what it was. */
  t: number;
  last: number;
  rows: number;
  /** Usual ms between values, and the first ones by which it was found. */
  step: number;
  readonly steps: number[];
  /** The smallest difference that was ever seen: values are no finer. */
  grain: number;
  /** Shapes: by the half hour of the day, of the day for working days and others, of the week. How far the series lies from each at present, and how wrong each was lately. */
  readonly day: Slots;
  readonly kinds: Slots;
  readonly week: Slots;
  readonly offset: Float64Array;
  readonly wrong: Float64Array;
  shape: number;
  /** By the half hour of the day: what is left unexplained, of that what the value before does not explain, and how much it changes from value to value. */
  readonly left: Slots;
  readonly fresh: Slots;
  readonly change: Slots;
  /** The same over all hours. */
  leftAll: number;
  freshAll: number;
  changeAll: number;
  /** What was left lately: in half an hour, and last; how wrong it was to expect nothing, that, and the last. */
  halfHour: number;
  before: number;
  readonly expecting: Float64Array;
  /** Means of what is left, in its usual spreads, over an hour and six; of its size over twelve hours and a week. */
  hour: number;
  sixHours: number;
  size: number;
  usualSize: number;
  /** Mean change from value to value over two hours, and as usual in them. */
  moving: number;
  usualMoving: number;
  /** Mean over a day of what the shape leaves, and what it was on the days before. */
  daily: number;
  readonly days: Float64Array;
  dayCount: number;
  dayNumber: number;
  block: number;
  readonly views: readonly Extremes[];
  /** Since when it is unusual, and since when no longer; 0 = it is not. */
  odd: number;
  calm: number;
  /** Since when the six hours have been so. */
  shifted: number;
}

/** In which ways a value, or that none comes, can be unusual. The limit of each is learned; it is never lower than this. */
export const views = [
  { id: "spike", least: 4.5 },
  { id: "hour", least: 1 },
  { id: "shift", least: 0.7 },
  { id: "drift", least: 2.5 },
  { id: "movement", least: 0.7 },
  { id: "rhythm", least: 1.6 },
  { id: "gap", least: 3 },
] as const;
export type View = (typeof views)[number]["id"];
/** Their places among the views. */
export const at = { spike: 0, hour: 1, shift: 2, drift: 3, movement: 4, rhythm: 5, gap: 6 } as const satisfies Record<View, number>;

export const daysKept = 21;

export const newPortrait = (): Portrait => ({
  ...{ t: 0, last: 0, rows: 0, step: 0, steps: [], grain: 0 },
  ...{ day: newSlots(slotsADay), kinds: newSlots(2 * slotsADay), week: newSlots(7 * slotsADay) },
  ...{ offset: new Float64Array(4), wrong: new Float64Array(4), shape: 0 },
  ...{ left: newSlots(slotsADay), fresh: newSlots(slotsADay), change: newSlots(slotsADay), leftAll: 0, freshAll: 0, changeAll: 0 },
  ...{ halfHour: 0, before: 0, expecting: new Float64Array(3), hour: 0, sixHours: 0, size: 1, usualSize: 1, moving: 0, usualMoving: 0 },
  ...{ daily: 0, days: new Float64Array(daysKept), dayCount: 0, dayNumber: 0, block: 0, views: views.map(newExtremes) },
  ...{ odd: 0, calm: 0, shifted: 0 },
});

/** So many ms without a value are no longer usual; infinite while that is being learned. */
export const gapLimit = ({ step, views }: Portrait): number => step * (views[at.gap]?.limit ?? Number.POSITIVE_INFINITY);
