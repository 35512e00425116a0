import { allAreGood, type Observed, type Watched } from "../observed.ts";
import { createDueRows } from "./due-rows.ts";
import { type RowMetric, type RowShape, readRow, rowShapeOf, widthOf } from "./row-shape.ts";
import { type Block, createWaitingRows } from "./waiting-rows.ts";

/** What was accepted, in its turn. One object for all: it says something else after the next. */
export interface Turn {
  t: number;
  /** Small number of the device, as long as it is of the same kind. */
  slot: number;
  device: string;
  shape: RowShape;
  /** Of a row of numbers, all of them good: which metrics there are. -1: it is an object. */
  mask: number;
  numbers: Float64Array;
  at: number;
  object: Observed | undefined;
}
/** It as an object. */
export function observedIn({ t, device, shape, mask, numbers, at, object }: Turn): Observed {
  return object ?? { t, device, m: readRow(shape.metrics, mask, numbers, at) };
}

/**
 * What was accepted waits until the mark has passed it, and is then taken in the order of event time: so nothing that detection concludes depends on
 * how fast the city ran or in which order gateways came through.
 */
export interface InOrder {
  add(observed: Observed): void;
  /** Devices came, went, or were described anew. */
  changed(): void;
  /** Everything at or before the mark, by time, then device, then arrival. Numbers of a turn can be read until `done` has been told. */
  upTo(mark: number, look: (turn: Turn) => void, done?: () => void): void;
  state(): Waiting;
  restore(waiting: Waiting | readonly Observed[]): void;
}

/** What waits, as a checkpoint has it: columns, and what they mean. */
export interface Waiting {
  readonly slots: readonly { readonly device: string; readonly metrics: readonly RowMetric[] }[];
  readonly t: Float64Array;
  readonly slot: Int32Array;
  /** -1: the next of the objects. */
  readonly mask: Int32Array;
  /** Of one row after the other. */
  readonly numbers: Float64Array;
  readonly objects: readonly Observed[];
}

interface Slot {
  readonly device: string;
  readonly shape: RowShape;
}
const shapeless: RowShape = { metrics: [], width: 0, write: () => -1 };

/** `device`: what is known of one that something was accepted of. */
export function createInOrder(device: (id: string) => Pick<Watched, "contract" | "kind"> | undefined): InOrder {
  const rows = createWaitingRows();
  const due = createDueRows();
  const slots: Slot[] = [];
  const slotOf = new Map<string, number>();
  let ranks = new Int32Array(0);
  let isStale = false;
  const turn: Turn = { t: 0, slot: 0, device: "", shape: shapeless, mask: 0, numbers: new Float64Array(0), at: 0, object: undefined };

  function shapeOf(id: string): RowShape {
    const where = device(id);
    return where === undefined ? shapeless : rowShapeOf(where.contract, where.kind);
  }
  /** One that has become another kind of device gets another slot: what waits of the old kind is read as such. */
  function lookAnew(): void {
    isStale = false;
    for (const [id, slot] of slotOf) if (slots[slot]?.shape !== shapeOf(id)) slotOf.delete(id);
  }
  function slotFor(id: string): number {
    if (isStale) lookAnew();
    const known = slotOf.get(id);
    if (known !== undefined) return known;
    slotOf.set(id, slots.length);
    return slots.push({ device: id, shape: shapeOf(id) }) - 1;
  }
  /** In the order of names; the same for one that has become another kind of device. */
  function rank(): void {
    if (ranks.length === slots.length) return;
    ranks = new Int32Array(slots.length);
    const named = [...slots.keys()].sort((a, b) => compare(slots[a]?.device ?? "", slots[b]?.device ?? ""));
    let next = -1;
    let before: string | undefined;
    for (const slot of named) {
      const name = slots[slot]?.device;
      if (name !== before) next += 1;
      before = name;
      ranks[slot] = next;
    }
  }
  function read(block: Block, row: number): void {
    turn.t = block.t[row] ?? 0;
    turn.slot = block.slot[row] ?? 0;
    const { device: id, shape } = slots[turn.slot] as Slot;
    turn.device = id;
    turn.shape = shape;
    turn.mask = block.mask[row] ?? -1;
    turn.numbers = block.numbers;
    turn.at = block.at[row] ?? 0;
    turn.object = turn.mask < 0 ? block.objects[row] : undefined;
  }
  function add(observed: Observed): void {
    const { t, m, q, e, ahead } = observed;
    const slot = slotFor(observed.device);
    const { shape } = slots[slot] as Slot;
    const block = rows.forNext(shape.width);
    const mask = m === undefined || e !== undefined || ahead !== undefined || !allAreGood(q) ? -1 : shape.write(m, block.numbers, block.used);
    block.slot[block.rows] = slot;
    block.mask[block.rows] = mask;
    if (mask < 0) block.objects[block.rows] = observed;
    rows.wrote(block, t, mask < 0 ? 0 : shape.width);
  }

  return {
    add,
    changed() {
      isStale = true;
    },
    upTo(mark, look, done) {
      rows.take(mark, due.add);
      if (due.count === 0) return;
      rank();
      due.sort(ranks);
      for (let k = 0; k < due.count; k++) {
        read(due.block(k), due.row(k));
        look(turn);
      }
      done?.();
      due.clear();
      rows.tidy();
    },
    state: () => waitingIn(rows.blocks, slots),
    restore(waiting) {
      rows.clear();
      slots.length = 0;
      slotOf.clear();
      ranks = new Int32Array(0);
      if ("slots" in waiting) for (const observed of observedOf(waiting)) add(observed);
      else for (const observed of waiting) add(observed);
    },
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One by one: a view of each row would be so many objects. */
function copyNumbers(source: Float64Array, from: number, count: number, into: Float64Array, at: number): void {
  for (let k = 0; k < count; k++) into[at + k] = source[from + k] ?? Number.NaN;
}
function waitingIn(blocks: readonly Block[], slots: readonly Slot[]): Waiting {
  const count = blocks.reduce((sum, { left }) => sum + left, 0);
  const [t, slot, mask] = [new Float64Array(count), new Int32Array(count), new Int32Array(count)];
  const numbers = new Float64Array(blocks.reduce((sum, { left, used }) => sum + (left > 0 ? used : 0), 0));
  const objects: Observed[] = [];
  const named: Slot[] = [];
  const numbered = new Map<Slot, number>();
  let n = 0;
  let used = 0;
  for (const block of blocks)
    for (let row = 0; row < block.rows; row++) {
      const one = slots[block.slot[row] ?? 0];
      if (block.waits[row] === 0 || one === undefined) continue;
      const number = numbered.get(one) ?? named.push(one) - 1;
      numbered.set(one, number);
      t[n] = block.t[row] ?? 0;
      slot[n] = number;
      mask[n] = block.mask[row] ?? -1;
      n += 1;
      const object = block.objects[row];
      if (object !== undefined) objects.push(object);
      else {
        const from = block.at[row] ?? 0;
        copyNumbers(block.numbers, from, one.shape.width, numbers, used);
        used += one.shape.width;
      }
    }
  return { slots: named.map(({ device, shape }) => ({ device, metrics: shape.metrics })), t, slot, mask, numbers: numbers.slice(0, used), objects };
}

function* observedOf({ slots, t, slot, mask, numbers, objects }: Waiting): Generator<Observed> {
  let next = 0;
  let used = 0;
  for (let n = 0; n < t.length; n++) {
    const { device, metrics } = slots[slot[n] ?? 0] ?? { device: "", metrics: [] };
    const object = (mask[n] ?? -1) < 0 ? objects[next++] : undefined;
    yield object ?? { t: t[n] ?? 0, device, m: readRow(metrics, mask[n] ?? 0, numbers, used) };
    if (object === undefined) used += widthOf(metrics);
  }
}
