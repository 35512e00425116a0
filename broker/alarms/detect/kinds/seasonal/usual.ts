/**
 * The usual of one number by hour of the day and by hour of the week, learned as time goes on. A recursive estimate of the middle and of the robust
 * spread per slot: steps of bounded length (Huber's clipped score, Robbins-Monro gains), so that one wild value moves the middle by a fraction of a
 * spread. Plain bounded state: 384 numbers a device.
 */
export interface Usual {
  /** First local hour (since 1970) that was learned; 0 = none. */
  since: number;
  /**
   * Three numbers a slot: middle, mean absolute deviation, count of values up to a bound. 24 hours of the day, then 168 of the week from Thursday 00 h
   * (1970-01-01). One array: a checkpoint copies it as a block.
   */
  readonly slots: Float32Array;
}
const width = 3;
export const newUsual = (): Usual => ({ since: 0, slots: new Float32Array(width * (24 + 168)) });
const ofDay = (hour: number): number => width * (hour % 24);
const ofWeek = (hour: number): number => width * (24 + (hour % 168));

/** What is usual now, and from what that is known. */
export interface Baseline {
  readonly middle: number;
  readonly spread: number;
  readonly from: "hour-of-day" | "hour-of-week";
}

const hoursOfDayAfter = 3 * 24;
const hoursOfWeekAfter = 21 * 24;
/** Fewer values do not make a usual: three quarters of the twelve five-minute values of an hour, on three days. */
const leastCount = 27;
/** Memory of a slot: about so many values; 40 hours of five-minute values. */
const memory = 480;
/** A value this many spreads away counts as if it were no further. */
const clip = 2.5;
/** The standard deviation of a normal distribution over its mean absolute deviation. */
const deviationToSigma = 1.2533;

export const knowledge = (usual: Usual, hour: number): "learning" | "hour-of-day" | "hour-of-week" =>
  usual.since === 0 || hour - usual.since < hoursOfDayAfter ? "learning" : hour - usual.since < hoursOfWeekAfter ? "hour-of-day" : "hour-of-week";

/** Undefined while it is being learned. `hour`: local hour since 1970. */
export function baselineAt(usual: Usual, hour: number): Baseline | undefined {
  const from = knowledge(usual, hour);
  if (from === "learning") return undefined;
  const at = from === "hour-of-day" ? ofDay(hour) : ofWeek(hour);
  const [middle = 0, deviation = 0, count = 0] = usual.slots.subarray(at, at + width);
  return count < leastCount ? undefined : { middle, spread: deviationToSigma * deviation, from };
}

/** Takes one value of this hour in. `weight` below 1: it is held for unusual, and teaches less. */
export function learn(usual: Usual, hour: number, value: number, weight: number): void {
  if (usual.since === 0) usual.since = hour;
  learnSlot(usual.slots, ofDay(hour), value, weight);
  learnSlot(usual.slots, ofWeek(hour), value, weight);
}

function learnSlot(slots: Float32Array, at: number, value: number, weight: number): void {
  const count = slots[at + 2] ?? 0;
  if (count < memory) slots[at + 2] = count + 1;
  if (count === 0) {
    slots[at] = value;
    return;
  }
  const middle = slots[at] ?? 0;
  const spread = slots[at + 1] ?? 0;
  const gain = weight / (count + 1);
  const away = value - middle;
  // the first values find the place, whatever it is; later ones move it in bounded steps
  const most = count < 12 ? Math.abs(away) : clip * Math.max(spread, Math.abs(middle) * 0.005);
  const step = Math.max(-most, Math.min(most, away));
  slots[at] = middle + gain * step;
  slots[at + 1] = spread + gain * (Math.min(Math.abs(away), most * 1.5) - spread);
}
