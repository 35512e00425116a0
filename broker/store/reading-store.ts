import type { AggregateQuery, AggregateRow, LastAbove, LastAboveQuery, Series, SeriesQuery, Span, SpansQuery } from "../../shared/city-port.ts";
import type { ColumnBatch } from "./column-batch.ts";

/**
 * Readings of one run (or of the field timeline), by service, from the contract. Two implementations, one contract suite
 * (tests/contract/reading-store.contract.ts). Rows of one device with the same t are one row: a present value overwrites, an absent one stays.
 */
export interface ReadingStore {
  /** Takes batches in order. Resolves when rows AND `position` are durable, in one transaction. Throws `StoreAway` when the store does not answer: nothing of the batch counts. */
  append(batch: ColumnBatch): Promise<void>;
  /** Log position up to which everything is in the store; 0 = empty, or not known because the store is away (then all comes again, which changes nothing). */
  position(): Promise<number>;
  /** Rows stored, per service. */
  count(): Promise<Readonly<Record<string, number>>>;
  series(query: SeriesQuery): Promise<Series>;
  spans(query: SpansQuery): Promise<readonly Span[]>;
  aggregate(query: AggregateQuery): Promise<readonly AggregateRow[]>;
  /** In the order of ids. */
  lastAbove(query: LastAboveQuery): Promise<readonly LastAbove[]>;
  /** Newest row of every device. */
  latest(service: string): Promise<readonly StoredRow[]>;
  /** Removes rows older than `before` (time of the timeline). */
  expire(before: number): Promise<void>;
  /** A copy that `openStore` can start from; false where the store cannot make one. */
  snapshot(to: string): Promise<boolean>;
  close(): Promise<void>;
}
export interface StoredRow {
  readonly ix: number;
  readonly t: number;
  /** Numbers as they are, flags 0 / 1, states as codes, positions as two entries `name_lat`, `name_lon`. Absent = never. */
  readonly values: Readonly<Record<string, number>>;
}

/** The store cannot be reached now; the same batch may be sent again. */
export class StoreAway extends Error {
  override readonly name = "StoreAway";
}
