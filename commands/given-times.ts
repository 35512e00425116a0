import { InvalidArgumentError } from "commander";
import { durationPattern, secondsOf } from "../shared/scenario/duration.ts";
import { isoInstant } from "../shared/timestamp.ts";

/** Seconds of a duration on the command line. */
export function durationGiven(text: string): number {
  if (!durationPattern.test(text) || secondsOf(text) <= 0) throw new InvalidArgumentError('write it as "90s", "10m" or "1h30m"');
  return secondsOf(text);
}
/** A rate on the command line. `max` is kept as the word: the command line's library takes null for an option without a value. */
export type GivenRate = number | "max";
export function rateGiven(text: string): GivenRate {
  const value = text === "max" ? text : Number(text);
  if (value !== "max" && !(value > 0 && value < Number.POSITIVE_INFINITY)) throw new InvalidArgumentError("give a number above 0, or max");
  return value;
}
/** `null` = as fast as the chain goes. */
export const perSecond = (rate: GivenRate): number | null => (rate === "max" ? null : rate);
/** Epoch ms of an instant on the command line. */
export function instantGiven(text: string): number {
  const t = /^\d{12,14}$/.test(text) ? Number(text) : isoInstant(text);
  if (t === undefined) throw new InvalidArgumentError("write it as 2026-07-14T18:00+09:00, or in epoch milliseconds");
  return t;
}
