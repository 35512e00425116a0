import type { Calm } from "./evaluator.ts";
import { type Post, stateOf } from "./posts.ts";
import type { Seat } from "./seats.ts";

/**
 * Between which values a device's next readings of good quality concern only some of its rules: almost all readings are ordinary, and an ordinary reading
 * is compared with a few numbers that lie side by side instead of being put before every rule.
 */
export interface Calmness {
  /** Of the row's numbers that are compared: place, two bounds, both included, and 1 when it must be there (`isWithin`). */
  readonly bands: Float64Array;
  /** Those whom every reading concerns. */
  readonly busy: readonly Seat[];
  /** Readings until it is looked at anew: who is busy now may be calm then. */
  left: number;
}

const readingsUntilNextLook = 16;

interface Band {
  low: number;
  high: number;
  word: string | undefined;
  isNeeded: boolean;
}

/** As the rules stand after the device's last reading. It holds until anything else than an ordinary reading has been put before one of them. */
export function calmnessOf(post: Post): Calmness {
  const bands = new Map<string, Band>();
  function narrow({ metric, low, high, word, isNeeded = false }: Calm): void {
    const band = bands.get(metric) ?? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, word: undefined, isNeeded: false };
    bands.set(metric, band);
    if (low !== undefined) band.low = Math.max(band.low, low);
    if (high !== undefined) band.high = Math.min(band.high, high);
    // two rules that remember another word: none is ordinary
    if (word !== undefined) band.word = band.word === undefined || band.word === word ? word : "";
    if (isNeeded) band.isNeeded = true;
  }
  const busy = post.seats.readings.filter((seat) => {
    const calm = seat.evaluator.calm?.(stateOf(post, seat), post.device);
    for (const one of calm ?? []) narrow(one);
    return calm === undefined;
  });
  const restless = busy.some(({ evaluator }) => evaluator.calm !== undefined);
  return { bands: bandsOf(post, bands), busy, left: restless ? readingsUntilNextLook : Number.POSITIVE_INFINITY };
}

function bandsOf({ shape }: Post, bands: ReadonlyMap<string, Band>): Float64Array {
  const compared = shape.metrics.flatMap(({ name, kind, offset, words }) => {
    const band = bands.get(name);
    if (band === undefined) return [];
    const { word, isNeeded } = band;
    // of a state only the remembered word is ordinary, of a position nothing
    const [low, high] =
      kind === "state" ? [words.indexOf(word ?? ""), words.indexOf(word ?? "")] : kind === "position" ? [1, 0] : [band.low, band.high];
    return [offset, low, high, Number(isNeeded)];
  });
  return Float64Array.from(compared);
}
