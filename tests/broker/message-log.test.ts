import type { RootDatabase } from "lmdb";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { type LogRecord, openMessageLog } from "../../broker/log/message-log.ts";
import { tempLedger } from "../support/temp-ledger.ts";

const silent = pino({ level: "silent" });
const record = (n: number, more: Partial<LogRecord> = {}): LogRecord => ({
  at: n,
  user: "gw",
  topic: `t/${n}`,
  payload: Buffer.from(`p${n}`),
  ...more,
});

/** A log that tells what became durable, in which batches; `durable(n)` waits for position n. */
function openLog(root: RootDatabase) {
  const batches: { first: number; records: readonly LogRecord[] }[] = [];
  const waiting: { position: number; resolve: () => void }[] = [];
  const log = openMessageLog<LogRecord>(
    root,
    (first, records) => {
      batches.push({ first, records });
      for (const one of waiting) if (one.position < first + records.length) one.resolve();
    },
    silent,
  );
  const durable = (position: number): Promise<void> =>
    new Promise((resolve) => (log.last() >= position ? resolve() : void waiting.push({ position, resolve })));
  const replayed = (after: number) => [...log.replay(after)].map(({ position, record: { at } }) => [position, at]);
  return { log, batches, durable, replayed };
}
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => [from + n, from + n]);

describe("message log", () => {
  it("gives positions that grow by one, and tells each record once, in order, when it is durable", async () => {
    const { log, batches, durable } = openLog((await tempLedger()).root);
    expect(log.last()).toBe(0);
    for (let n = 1; n <= 5; n++) log.append(record(n));
    expect(log.waiting()).toBe(5);
    await durable(5);
    for (let n = 6; n <= 4500; n++) log.append(record(n));
    await durable(4500);
    const told = batches.flatMap(({ first, records }) => records.map(({ at }, offset) => [first + offset, at]));
    expect(told).toEqual(upTo(1, 4500));
    expect([log.last(), log.waiting()]).toEqual([4500, 0]);
    expect(batches.length, "group commit").toBeLessThan(10);
    expect(Math.max(...batches.map(({ records }) => records.length)), "bounded").toBeLessThanOrEqual(2000);
  });

  it("holds a record as it came: who, where, when, which bytes, and why it was refused", async () => {
    const { log, durable } = openLog((await tempLedger()).root);
    const odd = record(1, { user: "하나", payload: Buffer.from([0, 255, 128, 10]) });
    const refused = record(2, { payload: Buffer.alloc(0), refused: { code: "rights", reason: "not yours" } });
    for (const one of [odd, refused]) log.append(one);
    await durable(2);
    const [first, second] = [...log.replay(0)].map((entry) => entry.record);
    expect(first).toEqual(odd);
    expect(second).toEqual(refused);
    expect(Buffer.isBuffer(first?.payload)).toBe(true);
  });

  it("is durable before it says so: whoever reads the file then finds the record", async () => {
    const { root } = await tempLedger();
    const seen: number[] = [];
    await new Promise<void>((resolve) => {
      const log = openMessageLog<LogRecord>(
        root,
        (first, records) => {
          seen.push([...root.openDB("records", { encoding: "binary" }).getKeys()].at(-1) as number);
          if (first + records.length - 1 < 3) log.append(record(first + records.length));
          else resolve();
        },
        silent,
      );
      log.append(record(1));
    });
    expect(seen).toEqual([1, 2, 3]);
  });

  it("replays from any position, also from within a batch", async () => {
    const { log, durable, replayed } = openLog((await tempLedger()).root);
    for (let n = 1; n <= 10; n++) log.append(record(n));
    await durable(10);
    for (let n = 11; n <= 20; n++) log.append(record(n));
    await durable(20);
    for (let after = 0; after <= 20; after++) expect(replayed(after)).toEqual(upTo(after + 1, 20));
    expect(replayed(25)).toEqual([]);
  });

  it("goes on counting where it was when it is opened again", async () => {
    const ledger = await tempLedger();
    const first = openLog(ledger.root);
    for (let n = 1; n <= 7; n++) first.log.append(record(n));
    await first.durable(7);
    await first.log.close();
    const second = openLog(await ledger.reopen());
    expect(second.log.last()).toBe(7);
    second.log.append(record(8));
    await second.durable(8);
    expect(second.replayed(5)).toEqual(upTo(6, 8));
  });

  it("forgets up to a position and never more, nor the place where it counts", async () => {
    const ledger = await tempLedger();
    const { log, durable, replayed } = openLog(ledger.root);
    for (let n = 1; n <= 9; n++) {
      log.append(record(n));
      if (n % 3 === 0) await durable(n);
    }
    await log.trim(5);
    expect(replayed(5), "from within the batch 4 to 6").toEqual(upTo(6, 9));
    expect([...log.replay(0)][0]?.position, "the first batch is gone").toBe(4);
    await log.trim(9);
    expect(replayed(9)).toEqual([]);
    expect(openLog(await ledger.reopen()).log.last()).toBe(9);
  });

  it("can be trimmed when it is empty, and while it is written", async () => {
    const { log, durable, replayed } = openLog((await tempLedger()).root);
    await log.trim(100);
    for (let n = 1; n <= 50; n++) log.append(record(n));
    await durable(50);
    for (let n = 51; n <= 100; n++) log.append(record(n));
    await Promise.all([log.trim(20), durable(100)]);
    expect(replayed(20)).toEqual(upTo(21, 100));
  });
});
