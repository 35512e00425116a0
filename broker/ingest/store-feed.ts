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
  /** Age of the oldest batch that is not confirmed, ms. */
  lag(): number;
  /** Resolves when everything pushed so far is in the store. */
  drained(): Promise<void>;
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
  let away = false;
  let stopped = false;
  let running: Promise<void> | undefined;
  let wakeUps: (() => void)[] = [];

  const full = (): boolean => rows > (away ? rowLimit.away : rowLimit.near);
  const wake = (): void => {
    const waking = wakeUps;
    wakeUps = [];
    for (const resolve of waking) resolve();
  };

  async function deliver(batch: ColumnBatch): Promise<void> {
    for (;;) {
      try {
        await store.append(batch);
        if (away) log.info({ waiting: waiting.length }, "store answers again");
        away = false;
        return;
      } catch (cause) {
        if (stopped) return;
        if (!(cause instanceof StoreAway)) throw cause;
        if (!away) log.warn({ reason: cause.message }, "store away: the log is the spool");
        away = true;
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
    running = undefined;
    wake();
  }

  return {
    waiting,
    push(batch) {
      waiting.push(batch);
      since.push(performance.now());
      rows += rowsOf(batch);
      running ??= run().catch((cause: unknown) => {
        log.fatal({ err: cause }, "the store refused a batch: nothing is acknowledged any more");
        stopped = true;
      });
    },
    room: () => (full() ? new Promise((resolve) => wakeUps.push(resolve)) : undefined),
    pendingRows: () => rows,
    confirmed: () => confirmed,
    away: () => away,
    lag: () => (since.length > 0 ? Math.round(performance.now() - (since[0] ?? 0)) : 0),
    async drained() {
      while (running !== undefined) await running;
    },
    stop() {
      stopped = true;
      wake();
    },
  };
}
