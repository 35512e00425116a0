import type { Observed } from "../observed.ts";

/** So many rows lie in a block; it has room for as many numbers as they need on average, and a row that does not fit begins another. */
const rowsInBlock = 2048;
const numbersInBlock = rowsInBlock * 8;
/** Blocks that are kept for later when they are empty. */
const mostSpare = 64;

/** Rows that wait, in the order of arrival, in columns. What is no row of numbers stands in `objects`. */
export interface Block {
  readonly t: Float64Array;
  readonly slot: Int32Array;
  /** -1: an object. */
  readonly mask: Int32Array;
  /** Where the row's numbers begin. */
  readonly at: Int32Array;
  readonly waits: Uint8Array;
  readonly numbers: Float64Array;
  objects: (Observed | undefined)[];
  rows: number;
  used: number;
  /** How many of its rows still wait; the earliest and the latest of these: nobody looks at the rest before the one, and all are due from the other on. */
  left: number;
  earliest: number;
  latest: number;
}

const newBlock = (): Block => ({
  t: new Float64Array(rowsInBlock),
  slot: new Int32Array(rowsInBlock),
  mask: new Int32Array(rowsInBlock),
  at: new Int32Array(rowsInBlock),
  waits: new Uint8Array(rowsInBlock),
  numbers: new Float64Array(numbersInBlock),
  ...empty(),
});
const empty = (): Pick<Block, "objects" | "rows" | "used" | "left" | "earliest" | "latest"> => ({
  ...{ objects: [], rows: 0, used: 0, left: 0, earliest: Number.POSITIVE_INFINITY, latest: Number.NEGATIVE_INFINITY },
});

export interface WaitingRows {
  readonly blocks: readonly Block[];
  /** The block in which the next row of this width is written, at `rows` and `used`. */
  forNext(width: number): Block;
  /** The row has been written: it waits. */
  wrote(block: Block, t: number, width: number): void;
  /** Told which rows are due at the mark; they no longer wait, and can be read until `tidy`. */
  take(mark: number, due: (block: Block, row: number) => void): void;
  /** What nobody waits in is used again. */
  tidy(): void;
  clear(): void;
}

export function createWaitingRows(): WaitingRows {
  let blocks: Block[] = [];
  const spare: Block[] = [];

  function takeFrom(block: Block, mark: number, due: (block: Block, row: number) => void): void {
    const { t, waits, rows, latest } = block;
    const all = latest <= mark;
    let earliestLeft = Number.POSITIVE_INFINITY;
    for (let row = 0; row < rows; row++) {
      if (waits[row] === 0) continue;
      const at = t[row] ?? 0;
      if (!all && at > mark) {
        if (at < earliestLeft) earliestLeft = at;
        continue;
      }
      waits[row] = 0;
      block.left -= 1;
      due(block, row);
    }
    block.earliest = earliestLeft;
  }
  return {
    get blocks() {
      return blocks;
    },
    forNext(width) {
      const last = blocks.at(-1);
      if (last !== undefined && last.rows < rowsInBlock && last.used + width <= numbersInBlock) return last;
      const next = spare.pop() ?? newBlock();
      blocks.push(next);
      return next;
    },
    wrote(block, t, width) {
      block.t[block.rows] = t;
      block.at[block.rows] = block.used;
      block.waits[block.rows] = 1;
      block.rows += 1;
      block.used += width;
      block.left += 1;
      if (t < block.earliest) block.earliest = t;
      if (t > block.latest) block.latest = t;
    },
    take(mark, due) {
      for (const block of blocks) if (block.earliest <= mark) takeFrom(block, mark, due);
    },
    tidy() {
      if (blocks.every(({ left }) => left > 0)) return;
      const done = blocks.filter(({ left }) => left === 0);
      blocks = blocks.filter(({ left }) => left > 0);
      for (const block of done) if (spare.length < mostSpare) spare.push(Object.assign(block, empty()));
    },
    clear() {
      blocks = [];
    },
  };
}
