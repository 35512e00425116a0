import type { Logger } from "pino";
import { type ColumnBatch, rowsOf } from "../store/column-batch.ts";
import { type ReadingStore, StoreAway } from "../store/reading-store.ts";

/**
 * Hands batches to the store one after the other and keeps those that it has not confirmed: while the store is away they wait, and the log
 * holds them too. Bounded: above the limit `room()` does not resolve, so that acknowledgements wait and the city slows down.
 */
export interface StoreFeed {
  push(batch: ColumnBatch): void;
  /** Resolves when there is room for more. */
  room(): Promise<void> | undefined;
  /** Batches not confirmed yet, oldest first: reads join them with the store. */
  readonly waiting: readonly ColumnBatch[];
  pendingRows(): number;
  /** Highest confirmed position. */
  confirmed(): number;
  away(): boolean;
  /** What keeps the store away; undefined while it answers. */
  trouble(): string | undefined;
  /** Age of the oldest batch that is not confirmed, ms. */
  lag(): number;
  /** Resolves with true when everything pushed so far is in the store, with false as soon as the store is away: then nobody can wait for it. */
  drained(): Promise<boolean>;
  /** Gives up waiting batches (the log has them) and stops. */
  stop(): void;
}

/** While the store answers: about three seconds at the highest rate. While it is away: what fits into some 200 MB. */
const rowLimit = { near: 250_000, away: 2_000_000 };
const retryMs = 1000;

export function createStoreFeed(store: ReadingStore, log: Logger, confirm: (position: number) => void): StoreFeed {
  const waiting: ColumnBatch[] = [];
  const since: number[] = [];
  let rows = 0;
  let confirmed = 0;
  let trouble: string | undefined;
  let stopped = false;
  let running = false;
  let wakeUps: (() => void)[] = [];
  let drainers: ((done: boolean) => void)[] = [];

  const full = (): boolean => rows > (trouble === undefined ? rowLimit.near : rowLimit.away);
  const wake = (): void => {
    const waking = wakeUps;
    wakeUps = [];
    for (const resolve of waking) resolve();
  };

  const drain = (done: boolean): void => {
    const waking = drainers;
    drainers = [];
    for (const resolve of waking) resolve(done);
  };

  async function deliver(batch: ColumnBatch): Promise<void> {
    for (;;) {
      try {
        await store.append(batch);
        if (trouble !== undefined) log.info({ waiting: waiting.length }, "store answers again");
        trouble = undefined;
        return;
      } catch (cause) {
        if (stopped) return;
        if (!(cause instanceof StoreAway)) throw cause;
        if (trouble !== cause.message) log.warn({ reason: cause.message }, "store away: the log is the spool");
        trouble = cause.message;
        drain(false);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  async function run(): Promise<void> {
    for (let batch = waiting[0]; batch !== undefined && !stopped; batch = waiting[0]) {
      await deliver(batch);
      if (stopped) return;
      waiting.shift();
      since.shift();
      rows -= rowsOf(batch);
      confirmed = batch.position;
      confirm(confirmed);
      if (!full()) wake();
    }
    running = false;
    wake();
    drain(true);
  }

  return {
    waiting,
    push(batch) {
      waiting.push(batch);
      since.push(performance.now());
      rows += rowsOf(batch);
      if (running || stopped) return;
      running = true;
      run().catch((cause: unknown) => {
        log.fatal({ err: cause }, "the store refused a batch: nothing is acknowledged any more");
        trouble = cause instanceof Error ? cause.message : String(cause);
        stopped = true;
        drain(false);
      });
    },
    room: () => (full() ? new Promise((resolve) => wakeUps.push(resolve)) : undefined),
    pendingRows: () => rows,
    confirmed: () => confirmed,
    away: () => trouble !== undefined,
    trouble: () => trouble,
    lag: () => (since.length > 0 ? Math.round(performance.now() - (since[0] ?? 0)) : 0),
    async drained() {
      if (!running) return true;
      if (stopped || trouble !== undefined) return false;
      return new Promise((resolve) => drainers.push(resolve));
    },
    stop() {
      stopped = true;
      wake();
      drain(false);
    },
  };
}
