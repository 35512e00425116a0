import type { Turn } from "../order/in-order.ts";
import { readRow } from "../order/row-shape.ts";
import { turnsAt } from "./mind.ts";
import type { Post } from "./posts.ts";

/**
 * Devices of which an ordinary reading concerns nobody. What has to be known to take such a reading lies side by side in one array: newest time, newest
 * values, and the bands in which the next ones are ordinary. So almost all readings are judged without touching an object; a thousand devices' objects do not
 * stay in a processor's cache. The mind is written when somebody asks for it, or when the device is no longer at rest.
 */
export interface AtRest {
  /** Takes an ordinary reading; or says that it is no newer than the last, or that it has to be put before rules. */
  take(turn: Turn): "taken" | "older" | "no";
  /** It has just been judged, and everybody is calm. */
  lay(slot: number, post: Post): void;
  /** It is to be looked at: its mind is what was measured. */
  rouse(post: Post): void;
  /** The same, and it stays at rest. */
  write(post: Post): void;
  /** Forgets all of them, as they are. */
  clear(): void;
}

/** Newest time (-1: not at rest), when its stretch is over, metrics of the newest, numbers of bands; then its values, then its bands. */
const [newestAt, turnAt, maskAt, bandsAt, valuesAt] = [0, 1, 2, 3, 4];
/** Offset, low, high, needed. */
const bandWidth = 4;
/** Numbers that a processor fetches at once. */
const line = 8;

export function createAtRest(): AtRest {
  let book = new Float64Array(1024);
  /** By slot; 0 = it has none yet. */
  let places = new Int32Array(256);
  let used = line;

  function grow(): void {
    const wide = new Float64Array(book.length * 2);
    wide.set(book);
    book = wide;
  }
  function placeOf(slot: number, { shape }: Post): number {
    if (slot >= places.length) {
      const wide = new Int32Array(2 * slot);
      wide.set(places);
      places = wide;
    }
    const known = places[slot] ?? 0;
    if (known > 0) return known;
    const size = valuesAt + shape.width + bandWidth * shape.metrics.length;
    const place = used;
    used += Math.ceil(size / line) * line;
    while (used > book.length) grow();
    places[slot] = place;
    return place;
  }
  function write(post: Post): void {
    const { place, mind, shape } = post;
    const t = place > 0 ? (book[place + newestAt] ?? 0) : mind.t;
    if (t === mind.t) return;
    mind.t = t;
    post.mask = book[place + maskAt] ?? 0;
    mind.values = readRow(shape.metrics, post.mask, book, place + valuesAt);
  }
  return {
    take({ slot, t, mask, numbers, at, shape }) {
      const place = places[slot] ?? 0;
      const newest = place > 0 ? (book[place + newestAt] ?? -1) : -1;
      if (newest < 0) return "no";
      if (t <= newest) return "older";
      if (t >= (book[place + turnAt] ?? 0) || ((book[place + maskAt] ?? 0) & ~mask) !== 0) return "no";
      const values = place + valuesAt;
      if (!isWithin(book, values + shape.width, book[place + bandsAt] ?? 0, numbers, at)) return "no";
      book[place + newestAt] = t;
      book[place + maskAt] = mask;
      for (let k = 0; k < shape.width; k++) book[values + k] = numbers[at + k] ?? Number.NaN;
      return "taken";
    },
    lay(slot, post) {
      const { mind, shape, calm } = post;
      if (calm === undefined) return;
      const place = placeOf(slot, post);
      post.place = place;
      book[place + newestAt] = mind.t;
      book[place + turnAt] = turnsAt(mind);
      book[place + maskAt] = post.mask;
      book[place + bandsAt] = calm.bands.length;
      book.set(calm.bands, place + valuesAt + shape.width);
    },
    rouse(post) {
      write(post);
      if (post.place > 0) book[post.place + newestAt] = -1;
      post.place = 0;
    },
    write,
    clear() {
      places.fill(0);
      used = line;
    },
  };
}

/** Whether a row lies within the bands that stand in `book` from `from` on, `count` numbers. */
export function isWithin(book: Float64Array, from: number, count: number, row: Float64Array, at: number): boolean {
  for (let k = from; k < from + count; k += bandWidth) {
    const value = row[at + (book[k] ?? 0)] ?? Number.NaN;
    if (value >= (book[k + 1] ?? 0) && value <= (book[k + 2] ?? 0)) continue;
    // not a number: it was not measured
    if (!Number.isNaN(value) || book[k + 3] === 1) return false;
  }
  return true;
}
