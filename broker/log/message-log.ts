import { asBinary, type Database, open, type RootDatabase } from "lmdb";
import type { Logger } from "pino";
import type { RefusalCode } from "../../shared/city-port.ts";
import { countOf, packRecords, unpackRecords } from "./record-bytes.ts";
import { quiet, reasonOf, writeBeside } from "./write-beside.ts";

/**
 * The spine: what was taken in, in order, durable before it is acknowledged. One LMDB file in the data folder; a batch of records is one
 * value under the position of its first record, written by group commit with one commit in flight. Everything known about devices is a fold
 * over it: start = checkpoint + replay.
 */
export interface LogRecord {
  /** Wall clock of arrival, epoch ms. */
  readonly at: number;
  /** User name of the sender; empty = the product itself. */
  readonly user: string;
  readonly topic: string;
  readonly payload: Buffer;
  /** Set when the message was refused at the door; then it is only counted and quarantined. */
  readonly refused?: { readonly code: RefusalCode; readonly reason: string };
}

export interface MessageLog<R extends LogRecord> {
  /** `durable` is called when its batch is on disk; positions grow by one. */
  append(record: R): void;
  /** Position of the newest durable record; 0 = none. */
  last(): number;
  /** Numbers go on behind this position: what knows it already must not take new records for old ones. */
  goOnBehind(position: number): void;
  /** Records waiting for their commit. */
  waiting(): number;
  /** Resolves when nothing waits, or when nothing can be committed. */
  drained(): Promise<void>;
  /** Why commits fail at present (a full disk); they are tried again. */
  trouble(): string | undefined;
  replay(after: number): Generator<{ position: number; record: LogRecord }>;
  /** Forgets everything up to and including `position`. */
  trim(position: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens the data folder's one durable file; named databases in it belong to their users. */
export const openLedgerFile = (path: string): RootDatabase =>
  open({ path, noSubdir: true, maxDbs: 16, encoding: "msgpack", overlappingSync: false, eventTurnBatching: false });

/** `packRecords`. */
type Stored = Buffer;

/** Largest commit; a longer queue is written in several. */
const batchLimit = 2000;
const retryMs = 1000;

/**
 * @param durable is called once per batch, in order, after its commit; the next commit is already on its way meanwhile. `began`: monotonic ms at which the
 * first that waited for this commit came.
 */
export function openMessageLog<R extends LogRecord>(
  root: RootDatabase,
  durable: (first: number, records: readonly R[], began: number) => void,
  log: Logger,
): MessageLog<R> {
  const db: Database<Stored, number> = root.openDB("records", { encoding: "binary" });
  let last = lastPosition(db);
  let pending: R[] = [];
  let pendingSince = 0;
  let writing = false;
  let closed = false;
  let trouble: string | undefined;

  /** Until it succeeds: what was handed over is neither acknowledged nor forgotten while the disk takes nothing. */
  async function commit(first: number, records: readonly R[]): Promise<void> {
    for (;;) {
      try {
        await db.put(first, asBinary(packRecords(records)) as unknown as Stored);
        if (trouble !== undefined) log.info("the log takes messages again");
        trouble = undefined;
        return;
      } catch (cause) {
        quiet(cause);
        if (closed) throw cause;
        const reason = await reasonOf(cause);
        if (trouble !== reason) log.error({ reason }, "the log takes nothing: messages wait without acknowledgement");
        trouble = reason;
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  async function write(): Promise<void> {
    writing = true;
    while (pending.length > 0 && !closed) {
      const records = pending.length > batchLimit ? pending.slice(0, batchLimit) : pending;
      const began = pendingSince;
      pending = pending.length > batchLimit ? pending.slice(batchLimit) : [];
      const first = last + 1;
      await commit(first, records);
      last += records.length;
      durable(first, records, began);
    }
    writing = false;
  }

  return {
    append(record) {
      if (pending.length === 0) pendingSince = performance.now();
      pending.push(record);
      if (writing) return;
      writing = true;
      // one turn of the event loop gathers what arrived together
      setImmediate(() => write().catch((cause: unknown) => log.error({ err: cause }, "the log was closed before its last messages were in it")));
    },
    last: () => last,
    goOnBehind(position) {
      last = Math.max(last, position);
    },
    waiting: () => pending.length,
    async drained() {
      while (writing && trouble === undefined && !closed) await new Promise((resolve) => setImmediate(resolve));
    },
    trouble: () => trouble,
    *replay(after) {
      const [start] = [...db.getKeys({ start: after + 1, reverse: true, limit: 1 })];
      for (const { key, value } of db.getRange({ start: start ?? 0 })) {
        let position = key;
        for (const record of unpackRecords(value)) {
          if (position > after) yield { position, record };
          position += 1;
        }
      }
    },
    async trim(position) {
      const keys = [...db.getKeys({ end: position + 1 })];
      // the newest batch stays: it carries the position on
      for (const key of keys.slice(0, -1)) writeBeside(db.remove(key));
      await db.flushed;
    },
    async close() {
      closed = true;
      await db.flushed;
    },
  };
}

function lastPosition(db: Database<Stored, number>): number {
  for (const { key, value } of db.getRange({ reverse: true, limit: 1 })) return key + countOf(value) - 1;
  return 0;
}
