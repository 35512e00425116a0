import type { Block } from "./waiting-rows.ts";

/** Rows that are due, to be put in the order of event time. */
export interface DueRows {
  add(block: Block, row: number): void;
  readonly count: number;
  /** By time, then rank of the slot, then arrival. */
  sort(ranks: Int32Array): void;
  block(k: number): Block;
  row(k: number): number;
  clear(): void;
}
/** Fewer are compared with each other; more are counted, as long as their times lie close together. */
const fewest = 128;
/** After so many at once nothing is kept for the next time: it would keep their blocks. */
const most = 65_536;

export function createDueRows(): DueRows {
  /** May be longer than `count`: it is written over. */
  const blocks: Block[] = [];
  let rows = new Int32Array(1024);
  let slots = new Int32Array(1024);
  let times = new Float64Array(1024);
  /** Which is k-th. */
  let order = new Int32Array(1024);
  let other = new Int32Array(1024);
  let count = 0;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;

  function grow(): void {
    const twice = (narrow: Int32Array): Int32Array<ArrayBuffer> => {
      const wide = new Int32Array(narrow.length * 2);
      wide.set(narrow);
      return wide;
    };
    [rows, slots, order, other] = [twice(rows), twice(slots), twice(order), twice(other)];
    const wideTimes = new Float64Array(rows.length);
    wideTimes.set(times);
    times = wideTimes;
  }
  function isInOrder(ranks: Int32Array): boolean {
    for (let k = 1; k < count; k++) {
      const [before, now] = [times[k - 1] ?? 0, times[k] ?? 0];
      if (before > now || (before === now && (ranks[slots[k - 1] ?? 0] ?? 0) > (ranks[slots[k] ?? 0] ?? 0))) return false;
    }
    return true;
  }
  function allAreWhole(): boolean {
    for (let k = 0; k < count; k++) if (!Number.isInteger(times[k])) return false;
    return true;
  }
  /** One pass of a counting sort, stable: by rank, or by time since the earliest. */
  function pass(keys: number, keyOf: (one: number) => number): void {
    const ends = new Int32Array(keys + 1);
    for (let k = 0; k < count; k++) {
      const place = keyOf(k) + 1;
      ends[place] = (ends[place] ?? 0) + 1;
    }
    for (let key = 1; key <= keys; key++) ends[key] = (ends[key] ?? 0) + (ends[key - 1] ?? 0);
    for (let k = 0; k < count; k++) {
      const one = order[k] ?? 0;
      const key = keyOf(one);
      const place = ends[key] ?? 0;
      ends[key] = place + 1;
      other[place] = one;
    }
    [order, other] = [other, order];
  }
  function compare(ranks: Int32Array): void {
    const byTime = (a: number, b: number): number =>
      (times[a] ?? 0) - (times[b] ?? 0) || (ranks[slots[a] ?? 0] ?? 0) - (ranks[slots[b] ?? 0] ?? 0) || a - b;
    order.subarray(0, count).sort(byTime);
  }

  return {
    add(block, row) {
      if (count === rows.length) grow();
      const t = block.t[row] ?? 0;
      blocks[count] = block;
      rows[count] = row;
      slots[count] = block.slot[row] ?? 0;
      times[count] = t;
      order[count] = count;
      if (t < earliest) earliest = t;
      if (t > latest) latest = t;
      count += 1;
    },
    get count() {
      return count;
    },
    sort(ranks) {
      if (isInOrder(ranks)) return;
      const span = latest - earliest + 1;
      // times are whole ms: the contract of the wire says so, tests may say otherwise
      if (count < fewest || span > 4 * count + 4096 || !allAreWhole()) return compare(ranks);
      pass(ranks.length, (one) => ranks[slots[one] ?? 0] ?? 0);
      pass(span, (one) => (times[one] ?? 0) - earliest);
    },
    block: (k) => blocks[order[k] ?? 0] as Block,
    row: (k) => rows[order[k] ?? 0] ?? 0,
    clear() {
      if (count > most) blocks.length = 0;
      count = 0;
      earliest = Number.POSITIVE_INFINITY;
      latest = Number.NEGATIVE_INFINITY;
    },
  };
}
