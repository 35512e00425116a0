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
  /** Does the work when everything pushed so far is in the store and nothing of what comes later; false when the store is away. */
  between(work: () => Promise<void>): Promise<boolean>;
  /** Gives up waiting batches (the log has them) and stops. */
  stop(): void;
}

/** While the store answers: about three seconds at the highest rate. While it is away: what fits into some 200 MB. */
const rowLimit = { near: 250_000, away: 2_000_000 };
const retryMs = 1000;

interface Turn {
  /** Number of batches that come first. */
  readonly after: number;
  readonly work: () => Promise<void>;
  readonly settle: (done: boolean | Error) => void;
}

export function createStoreFeed(store: ReadingStore, log: Logger, confirm: (position: number) => void): StoreFeed {
  const waiting: ColumnBatch[] = [];
  const since: number[] = [];
  let rows = 0;
  let pushed = 0;
  let delivered = 0;
  let confirmed = 0;
  let trouble: string | undefined;
  let stopped = false;
  let running = false;
  let wakeUps: (() => void)[] = [];
  const turns: Turn[] = [];

  const full = (): boolean => rows > (trouble === undefined ? rowLimit.near : rowLimit.away);
  const wake = (): void => {
    const waking = wakeUps;
    wakeUps = [];
    for (const resolve of waking) resolve();
  };
  const giveUpTurns = (): void => {
    for (const { settle } of turns.splice(0)) settle(false);
  };
  async function takeTurns(): Promise<void> {
    for (let turn = turns[0]; turn !== undefined && turn.after <= delivered; turn = turns[0]) {
      turns.shift();
      await turn.work().then(
        () => turn.settle(true),
        (cause: unknown) => turn.settle(cause instanceof Error ? cause : new Error(String(cause))),
      );
    }
  }

  function isAway(reason: string): void {
    if (trouble !== reason) log.warn({ reason }, "store away: the log is the spool");
    trouble = reason;
    giveUpTurns();
    // more may wait now than while it answered
    if (!full()) wake();
  }
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
        isAway(cause.message);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  async function run(): Promise<void> {
    if (turns.length > 0) await takeTurns();
    for (let batch = waiting[0]; batch !== undefined && !stopped; batch = waiting[0]) {
      await deliver(batch);
      if (stopped) return;
      waiting.shift();
      since.shift();
      rows -= rowsOf(batch);
      delivered += 1;
      confirmed = batch.position;
      confirm(confirmed);
      if (!full()) wake();
      await takeTurns();
    }
    running = false;
    wake();
  }
  function start(): void {
    if (running || stopped) return;
    running = true;
    run().catch((cause: unknown) => {
      log.fatal({ err: cause }, "the store refused a batch: it is given none until the next start, the log keeps them");
      trouble = cause instanceof Error ? cause.message : String(cause);
      stopped = true;
      giveUpTurns();
    });
  }

  function between(work: () => Promise<void>): Promise<boolean> {
    if (stopped || trouble !== undefined) return Promise.resolve(false);
    return new Promise((resolve, reject) => {
      turns.push({ after: pushed, work, settle: (done) => (done instanceof Error ? reject(done) : resolve(done)) });
      start();
    });
  }

  return {
    waiting,
    push(batch) {
      waiting.push(batch);
      since.push(performance.now());
      rows += rowsOf(batch);
      pushed += 1;
      start();
    },
    room: () => (full() ? new Promise((resolve) => wakeUps.push(resolve)) : undefined),
    pendingRows: () => rows,
    confirmed: () => confirmed,
    away: () => trouble !== undefined,
    trouble: () => trouble,
    lag: () => (since.length > 0 ? Math.round(performance.now() - (since[0] ?? 0)) : 0),
    between,
    drained: () => (pushed === delivered ? Promise.resolve(true) : between(async () => undefined)),
    stop() {
      stopped = true;
      wake();
      giveUpTurns();
    },
  };
}
