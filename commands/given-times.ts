import { InvalidArgumentError } from "commander";
import { durationPattern, secondsOf } from "../shared/scenario/duration.ts";

/** Seconds of a duration on the command line. */
export function durationGiven(text: string): number {
  if (!durationPattern.test(text) || secondsOf(text) <= 0) throw new InvalidArgumentError('write it as "90s", "10m" or "1h30m"');
  return secondsOf(text);
}
/** Epoch ms of an instant on the command line. */
export function instantGiven(text: string): number {
  const t = /^\d{12,14}$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(t)) throw new InvalidArgumentError("write it as 2026-07-14T18:00+09:00, or in epoch milliseconds");
  return t;
}
