import fc from "fast-check";
import type { Database } from "lmdb";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Journal, openJournal } from "../../../broker/alarms/journal.ts";
import { openJournalShelf } from "../../../broker/alarms/journal-shelf.ts";
import { occurrencesOf } from "../../../broker/alarms/score/occurrences.ts";
import type { JournalLine } from "../../../shared/alarm.ts";
import { start } from "../../support/ingest-world.ts";
import { tempLedger } from "../../support/temp-ledger.ts";

const write = (journal: Journal, n: number, more: object = {}, timeline: "city" | "field" = "city") =>
  journal.write({ timeline, t: start + n, at: start + 5 * n }, { what: "raised", by: "rule", alarm: `a-${n % 7}`, device: `d-${n % 3}`, ...more });

describe("the journal", () => {
  it("on disk answers by number, time, alarm, device and run what a walk through all of it would", async () => {
    const ledger = await tempLedger();
    const journal = openJournal(ledger.root);
    const all: JournalLine[] = [];
    for (let n = 1; n <= 13_000; n++) {
      if (n % 4000 === 1) journal.begin(`r${Math.floor(n / 4000)}`);
      // time begins anew with each run
      all.push(write(journal, n % 4000, {}, n % 10 === 0 ? "field" : "city"));
      if (n % 1000 === 0) await ledger.root.flushed;
    }
    const again = openJournal(await ledger.killed());
    expect(again.newest()).toBe(13_000);
    const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 1 });
    const query = fc.record({
      from: maybe(fc.integer({ min: start - 10, max: start + 4100 })),
      to: maybe(fc.integer({ min: start - 10, max: start + 4100 })),
      after: maybe(fc.integer({ min: 0, max: 13_100 })),
      alarm: maybe(fc.constantFrom("a-0", "a-3", "a-9")),
      device: maybe(fc.constantFrom("d-0", "d-2", "d-7")),
      run: maybe(fc.constantFrom("r0", "r1", "r3", "field", "r9")),
      limit: fc.integer({ min: 1, max: 3000 }),
    });
    // three lives went through these seconds, two of them are no longer in memory: the newest are those of the last
    const seconds = all.filter(({ t }) => t >= start + 2100 && t <= start + 2104);
    expect(seconds).toHaveLength(15);
    expect(again.lines({ from: start + 2100, to: start + 2104, limit: 12 })).toEqual(seconds.slice(-12));
    for (const one of [journal, again])
      fc.assert(
        fc.property(query, ({ limit, ...asked }) => {
          const { from, to, after, alarm, device, run } = asked;
          const wanted = all
            .filter((line) => (from === undefined || line.t >= from) && (to === undefined || line.t <= to) && (after === undefined || line.n > after))
            .filter((line) => (alarm ?? line.alarm) === line.alarm && (device ?? line.device) === line.device && (run ?? line.run) === line.run);
          const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
          expect(one.lines({ ...given, limit })).toEqual(wanted.slice(-limit));
        }),
        { numRuns: 60 },
      );
  });

  it("keeps some thousands in memory, and lets go of nothing that cannot be read from the disk yet", async () => {
    const ledger = await tempLedger();
    const journal = openJournal(ledger.root);
    for (let n = 1; n <= 40_000; n++) write(journal, n);
    // nothing of this has been committed: it was written within one turn of the event loop
    expect(journal.lines({ limit: 50_000 })).toHaveLength(40_000);
    await ledger.root.flushed;
    await vi.waitFor(() => expect(openJournalShelf(ledger.root).last()).toBe(40_000));
    write(journal, 40_001);
    expect(journal.lines({ alarm: "a-1", limit: 1_000_000 })).toHaveLength(Math.ceil(40_001 / 7));
    expect(journal.lines({ limit: 50_000 }).map(({ n }) => n)).toEqual([...Array(40_001).keys()].map((n) => n + 1));
    // without its disk only the newest are left
    await ledger.reopen();
    expect(journal.lines({ after: 36_000, limit: 50_000 })).toHaveLength(4001);
    expect(() => journal.lines({ after: 25_000, limit: 50_000 })).toThrow("closed");
  });

  it("goes back to where a checkpoint was, and a replay writes the same lines again", async () => {
    const ledger = await tempLedger();
    const journal = openJournal(ledger.root);
    journal.begin("r1");
    for (let n = 1; n <= 50; n++) write(journal, n);
    const saved = structuredClone(journal.state());
    for (let n = 51; n <= 90; n++) write(journal, n);
    const before = journal.lines({ limit: 1000 });
    const left = await ledger.killed();
    const again = openJournal(left);
    expect(again.newest()).toBe(90);
    again.restore(saved);
    // killed once more, before the replay: what a later version no longer tells is not told
    await left.flushed;
    expect(openJournal(left).newest()).toBe(50);
    expect(again.lines({ limit: 1000 })).toEqual(before.slice(0, 50));
    for (let n = 51; n <= 90; n++) write(again, n);
    expect(again.lines({ limit: 1000 })).toEqual(before);
    expect(again.lines({ alarm: "a-2", limit: 1000 })).toEqual(before.filter(({ alarm }) => alarm === "a-2"));
  });

  it("tells a run's history again under the run that begins with its image; older runs and real devices stay", async () => {
    const journal = openJournal((await tempLedger()).root);
    journal.begin("r1");
    for (let n = 1; n <= 6; n++) write(journal, n, {}, n === 3 ? "field" : "city");
    const image = structuredClone(journal.told());
    expect(image.map(({ t }) => t - start)).toEqual([1, 2, 4, 5, 6]);
    for (let n = 7; n <= 9; n++) write(journal, n);
    journal.begin("r2");
    journal.retell(image);
    write(journal, 7);
    expect(journal.lines({ run: "r2", limit: 99 }).map(({ n, t, at }) => [n, t - start, at - start])).toEqual([
      [10, 1, 5],
      [11, 2, 10],
      [12, 4, 20],
      [13, 5, 25],
      [14, 6, 30],
      [15, 7, 35],
    ]);
    expect(journal.lines({ run: "r1", limit: 99 })).toHaveLength(8);
    expect(journal.lines({ run: "field", limit: 99 }).map(({ t }) => t - start)).toEqual([3]);
    expect(journal.told()).toHaveLength(6);
  });
});

describe("the journal on a full disk", () => {
  /** The real file, whose puts are refused while it is full. */
  async function full() {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const ledger = await tempLedger();
    let isFull = true;
    const openDB = ledger.root.openDB.bind(ledger.root) as (name: string, options: object) => Database;
    const root = new Proxy(ledger.root, {
      get(target, name) {
        if (name !== "openDB") return Reflect.get(target, name, target);
        return (...args: Parameters<typeof openDB>) => {
          const db = openDB(...args);
          const put = db.put.bind(db) as (key: never, value: never) => Promise<boolean>;
          db.put = ((key: never, value: never) => (isFull ? Promise.reject(new Error("ENOSPC")) : put(key, value))) as typeof db.put;
          return db;
        };
      },
    });
    const onDisk = async () => openJournal(await ledger.killed()).lines({ limit: 99 });
    const hasRoom = (room: boolean): void => {
      isFull = !room;
    };
    return { journal: openJournal(root), onDisk, hasRoom };
  }

  it("keeps every line, puts it again when there is room, and says when all are on it", async () => {
    const { journal, onDisk, hasRoom } = await full();
    for (let n = 1; n <= 5; n++) write(journal, n);
    const saved = vi.fn();
    void journal.written().then(saved);
    await vi.advanceTimersByTimeAsync(5000);
    expect(saved).not.toHaveBeenCalled();
    hasRoom(true);
    write(journal, 6);
    await vi.advanceTimersByTimeAsync(1000);
    await journal.written();
    expect(saved).toHaveBeenCalled();
    expect(await onDisk()).toEqual(journal.lines({ limit: 99 }));
    expect((await onDisk()).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("lets nothing go from memory before the oldest line is on it", async () => {
    const { journal, hasRoom } = await full();
    write(journal, 1);
    hasRoom(true);
    for (let n = 2; n <= 10_500; n++) write(journal, n);
    await new Promise((resolve) => setImmediate(resolve));
    for (let n = 10_501; n <= 11_000; n++) write(journal, n);
    expect(journal.lines({ before: 3, limit: 9 }).map(({ n }) => n)).toEqual([1, 2]);
  });

  it("does not bring back what a replay has cut", async () => {
    const { journal, onDisk, hasRoom } = await full();
    const state = structuredClone(journal.state());
    write(journal, 1);
    journal.restore(state);
    hasRoom(true);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await onDisk()).toEqual([]);
    write(journal, 2);
    await journal.written();
    expect(await onDisk()).toEqual(journal.lines({ limit: 9 }));
  });
});

describe("occurrences", () => {
  it("are pairs of raised and cleared, whatever people did in between", () => {
    const journal = openJournal();
    const say = (t: number, what: string, device: string) =>
      journal.write({ timeline: "city", t, at: 0 }, { what, by: "x", alarm: `high-${device}`, rule: "yard/high", device });
    say(5, "raised", "b");
    say(5, "raised", "a");
    say(6, "acknowledged", "a");
    say(7, "cleared", "a");
    say(9, "raised", "a");
    expect(occurrencesOf(journal.lines({ limit: 99 }))).toEqual([
      { rule: "yard/high", device: "a", raised: 5, cleared: 7 },
      { rule: "yard/high", device: "b", raised: 5, cleared: null },
      { rule: "yard/high", device: "a", raised: 9, cleared: null },
    ]);
  });
});
