import { pino } from "pino";
import { describe, expect, it, vi } from "vitest";
import { createStoreFeed } from "../../broker/ingest/store-feed.ts";
import type { ColumnBatch, ServiceColumns } from "../../broker/store/column-batch.ts";
import { type ReadingStore, StoreAway } from "../../broker/store/reading-store.ts";
import { traffic } from "../../shared/services/traffic.ts";
import { columnsFrom } from "../support/column-batch.ts";

/** `rows` may be claimed without being held: the feed counts, it does not look. */
const batch = (position: number, rows = 1): ColumnBatch => {
  const columns: ServiceColumns = { ...columnsFrom(traffic, []), rows };
  return { position, fresh: [columns], late: [], devices: [] };
};
type Answer = { resolve: () => void; reject: (cause: Error) => void; position: number };

/** A store of the port that answers when the test says so. */
function slowStore() {
  const asked: Answer[] = [];
  const store: Pick<ReadingStore, "append"> = {
    append: ({ position }) => new Promise<void>((resolve, reject) => void asked.push({ resolve, reject, position })),
  };
  const next = (n: number): Promise<Answer> =>
    vi.waitFor(() => {
      const answer = asked[n];
      if (answer === undefined) throw new Error(`not asked ${n + 1} times yet`);
      return answer;
    });
  const confirmed: number[] = [];
  const feed = createStoreFeed(store as ReadingStore, pino({ level: "silent" }), (position) => void confirmed.push(position));
  return { feed, asked, next, confirmed };
}
const settled = async (promise: Promise<unknown> | undefined): Promise<boolean> =>
  promise === undefined || (await Promise.race([promise.then(() => true), new Promise<false>((resolve) => setImmediate(resolve, false))]));

describe("store feed", () => {
  it("hands over one batch after the other and confirms each when the store has it", async () => {
    const { feed, asked, next, confirmed } = slowStore();
    for (const position of [10, 20, 30]) feed.push(batch(position));
    expect([asked.length, feed.pendingRows(), feed.waiting.length, feed.confirmed()]).toEqual([1, 3, 3, 0]);
    for (const n of [0, 1, 2]) (await next(n)).resolve();
    expect(await feed.drained()).toBe(true);
    expect([asked.map(({ position }) => position), confirmed, feed.confirmed()]).toEqual([[10, 20, 30], [10, 20, 30], 30]);
    expect([feed.pendingRows(), feed.waiting.length, feed.lag(), feed.away()]).toEqual([0, 0, 0, false]);
  });

  it("keeps a batch for reads until the store has confirmed it", async () => {
    const { feed, next } = slowStore();
    feed.push(batch(10));
    feed.push(batch(20));
    (await next(0)).resolve();
    await next(1);
    expect(feed.waiting.map(({ position }) => position)).toEqual([20]);
  });

  it("sends the same batch again while the store is away, says so, and goes on when it is back", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    try {
      const { feed, asked, confirmed } = slowStore();
      feed.push(batch(10));
      feed.push(batch(20));
      asked[0]?.reject(new StoreAway("no route"));
      await vi.waitFor(() => expect(feed.away()).toBe(true));
      expect([feed.trouble(), feed.confirmed(), feed.waiting.length]).toEqual(["no route", 0, 2]);
      await vi.advanceTimersByTimeAsync(1000);
      asked[1]?.reject(new StoreAway("still no route"));
      await vi.waitFor(() => expect(feed.trouble()).toBe("still no route"));
      await vi.advanceTimersByTimeAsync(1000);
      asked[2]?.resolve();
      await vi.waitFor(() => expect(asked.length).toBe(4));
      asked[3]?.resolve();
      expect(await feed.drained()).toBe(true);
      expect(asked.map(({ position }) => position)).toEqual([10, 10, 10, 20]);
      expect([confirmed, feed.away(), feed.trouble()]).toEqual([[10, 20], false, undefined]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("has room up to its limit, and again when the store has caught up", async () => {
    const { feed, next } = slowStore();
    feed.push(batch(10, 250_000));
    expect(feed.room()).toBeUndefined();
    feed.push(batch(20, 1));
    const room = feed.room();
    expect(await settled(room)).toBe(false);
    (await next(0)).resolve();
    await room;
    expect(feed.room()).toBeUndefined();
  });

  it("has more room while the store is away, because the log is the spool, but not without end", async () => {
    const { feed, next } = slowStore();
    feed.push(batch(10, 300_000));
    (await next(0)).reject(new StoreAway("no route"));
    await vi.waitFor(() => expect(feed.away()).toBe(true));
    expect(feed.room()).toBeUndefined();
    feed.push(batch(20, 2_000_000));
    expect(await settled(feed.room())).toBe(false);
    feed.stop();
  });

  it("lets those go on who waited for room when the store goes away", async () => {
    const { feed, next } = slowStore();
    feed.push(batch(10, 300_000));
    const room = feed.room();
    expect(await settled(room)).toBe(false);
    (await next(0)).reject(new StoreAway("no route"));
    await vi.waitFor(() => expect(feed.away()).toBe(true));
    expect(await settled(room)).toBe(true);
    feed.stop();
  });

  it("does not let anybody wait for a store that is away", async () => {
    const { feed, next } = slowStore();
    feed.push(batch(10));
    const drained = feed.drained();
    (await next(0)).reject(new StoreAway("no route"));
    expect(await drained).toBe(false);
    expect(await feed.drained()).toBe(false);
    feed.stop();
  });

  it("stops for good at a batch that the store refuses: nothing behind it is written or confirmed", async () => {
    const { feed, asked, next, confirmed } = slowStore();
    feed.push(batch(10));
    feed.push(batch(20));
    const drained = feed.drained();
    (await next(0)).reject(new Error("column missing"));
    expect(await drained).toBe(false);
    feed.push(batch(30));
    expect([asked.length, confirmed, feed.trouble()]).toEqual([1, [], "column missing"]);
    expect(await feed.drained()).toBe(false);
  });

  it("gives up what waits when it is stopped, and lets everybody go", async () => {
    const { feed, asked, next, confirmed } = slowStore();
    feed.push(batch(10, 300_000));
    feed.push(batch(20));
    const [room, drained] = [feed.room(), feed.drained()];
    await next(0);
    feed.stop();
    await room;
    expect(await drained).toBe(false);
    asked[0]?.resolve();
    await settled(feed.room());
    expect([asked.length, confirmed]).toEqual([1, []]);
  });

  it("is drained at once when nothing was ever given to it", async () => {
    const { feed } = slowStore();
    expect([await feed.drained(), feed.room(), feed.lag(), feed.confirmed()]).toEqual([true, undefined, 0, 0]);
  });
});
