import type { Value } from "../../../shared/reading.ts";
import type { Calm } from "./evaluator.ts";
import { type Post, stateOf } from "./posts.ts";
import type { Seat } from "./seats.ts";

/**
 * Between which values a device's next readings of good quality concern only some of its rules: almost all readings are ordinary, and an ordinary reading
 * is compared with a few numbers that lie side by side instead of being put before every rule.
 */
export interface Calmness {
  readonly metrics: readonly string[];
  /** Two a metric, both included; of a flag 0 and 1. */
  readonly bounds: readonly number[];
  readonly words: readonly (string | undefined)[];
  readonly needed: readonly boolean[];
  /** Those whom every reading concerns. */
  readonly busy: readonly Seat[];
  /** Readings until it is looked at anew: who is busy now may be calm then. */
  left: number;
}

const readingsUntilNextLook = 16;

/** As the rules stand after the device's last reading. It holds until anything else than an ordinary reading has been put before one of them. */
export function calmnessOf(post: Post): Calmness {
  const metrics: string[] = [];
  const bounds: number[] = [];
  const words: (string | undefined)[] = [];
  const needed: boolean[] = [];
  function placeOf(metric: string): number {
    const known = metrics.indexOf(metric);
    if (known >= 0) return known;
    bounds.push(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    needed.push(false);
    words.push(undefined);
    return metrics.push(metric) - 1;
  }
  function narrow({ metric, low, high, word, isNeeded = false }: Calm): void {
    const k = placeOf(metric);
    if (low !== undefined) bounds[2 * k] = Math.max(bounds[2 * k] ?? low, low);
    if (high !== undefined) bounds[2 * k + 1] = Math.min(bounds[2 * k + 1] ?? high, high);
    // two rules that remember another word: none is ordinary
    if (word !== undefined) words[k] = words[k] === undefined || words[k] === word ? word : "";
    if (isNeeded) needed[k] = true;
  }
  const busy = post.seats.readings.filter((seat) => {
    const calm = seat.evaluator.calm?.(stateOf(post, seat), post.device);
    for (const one of calm ?? []) narrow(one);
    return calm === undefined;
  });
  const restless = busy.some(({ evaluator }) => evaluator.calm !== undefined);
  return { metrics, bounds, words, needed, busy, left: restless ? readingsUntilNextLook : Number.POSITIVE_INFINITY };
}

/** An ordinary reading: it concerns the busy ones alone. */
export function isOrdinary({ metrics, bounds, words, needed }: Calmness, m: Readonly<Record<string, Value>>): boolean {
  for (let k = 0; k < metrics.length; k++) {
    const value = m[metrics[k] ?? ""];
    if (typeof value === "string") {
      if (value !== words[k]) return false;
    } else if (value === undefined) {
      if (needed[k] === true) return false;
    } else if (!(Number(value) >= (bounds[2 * k] ?? 0) && Number(value) <= (bounds[2 * k + 1] ?? 0))) return false;
  }
  return true;
}
