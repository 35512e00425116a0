import { describe, expect, it } from "vitest";
import { openJournal } from "../../broker/alarms/journal.ts";
import { tempLedger } from "../support/temp-ledger.ts";

describe("a window of the journal", () => {
  it("holds the lines between two numbers, from memory, from the disk and across both", async () => {
    const { root } = await tempLedger();
    const journal = openJournal(root);
    journal.begin("r1");
    // More than are kept in memory: the first ones are on the disk alone.
    for (let n = 1; n <= 12_000; n++) {
      journal.write({ timeline: "city", t: n, at: n }, { what: n % 2 === 0 ? "even" : "odd", by: "rule", device: n % 2 === 0 ? "even" : "odd" });
      if (n % 2000 === 0) await root.flushed;
    }
    const numbers = (query: Parameters<typeof journal.lines>[0]) => journal.lines(query).map(({ n }) => n);
    for (const from of [0, 3, 1995, 6990, 7000, 11_990])
      expect(numbers({ after: from, before: from + 11, limit: 10 }), `${from}`).toEqual(Array.from({ length: 10 }, (_, at) => from + 1 + at));
    expect(numbers({ after: 0, before: 9, device: "even", limit: 10 })).toEqual([2, 4, 6, 8]);
    expect(numbers({ after: 11_996, before: 20_000, limit: 10 })).toEqual([11_997, 11_998, 11_999, 12_000]);
    expect(numbers({ before: 4, limit: 2 })).toEqual([2, 3]);
    expect(numbers({ after: 5, before: 6, limit: 2 })).toEqual([]);
    expect(numbers({ from: 100, to: 103, before: 103, limit: 10 })).toEqual([100, 101, 102]);
  });
});
