import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openChronicle, type Waiting } from "../../broker/ingest/chronicle.ts";
import { tempLedger } from "../support/temp-ledger.ts";

const line = (t: number, device: string, more: Partial<Waiting> = {}): Waiting => ({
  t,
  device,
  service: "traffic",
  what: "preempt",
  x: {},
  timeline: "city",
  ...more,
});
const nothing = () => ({ n: 0, waiting: [] });

describe("chronicle", () => {
  it("tells its lines in the same order at every cut of marks", async () => {
    const { root } = await tempLedger();
    const chronicle = openChronicle(root);
    const lines = fc.array(
      fc.record({ t: fc.integer({ min: 1, max: 40 }), device: fc.constantFrom("a", "b", "c") }).map(({ t, device }) => line(t, device, { x: { t } })),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(lines, fc.uniqueArray(fc.integer({ min: 1, max: 40 })), (all, cuts) => {
        chronicle.restore(nothing());
        // a line is there before the mark passes its time
        const byTime = [...all].sort((a, b) => a.t - b.t);
        const marks = [...cuts].sort((a, b) => a - b);
        for (const mark of marks) {
          for (const one of byTime.splice(0, byTime.findLastIndex(({ t }) => t <= mark) + 1)) chronicle.add(one);
          for (const { t } of chronicle.advance("city", mark)) expect(t).toBeLessThanOrEqual(mark);
        }
        for (const one of byTime) chronicle.add(one);
        chronicle.advance("city", 40);
        const told = chronicle.lines();
        const order = [...all].sort((a, b) => a.t - b.t || a.device.localeCompare(b.device));
        expect(told.map(({ t, device }) => [t, device])).toEqual(order.map(({ t, device }) => [t, device]));
        expect(told.map(({ n }) => n)).toEqual(told.map((_, at) => at + 1));
      }),
    );
  });

  it("keeps what one device said at one instant in the order of its saying", async () => {
    const chronicle = openChronicle((await tempLedger()).root);
    for (const what of ["in", "warn", "out"]) chronicle.add(line(5, "bay", { what }));
    chronicle.add(line(5, "aaa", { what: "first" }));
    expect(chronicle.advance("city", 5).map(({ what }) => what)).toEqual(["first", "in", "warn", "out"]);
  });

  it("is on disk, bounded, and counts on", async () => {
    const ledger = await tempLedger();
    const chronicle = openChronicle(ledger.root);
    for (let n = 1; n <= 32_500; n++) {
      chronicle.add(line(n, "a"));
      if (n % 500 === 0) chronicle.advance("city", n);
    }
    const held = chronicle.lines();
    expect(held.length).toBeLessThanOrEqual(31_000);
    expect(held.length).toBeGreaterThanOrEqual(30_000);
    expect(held.at(-1)?.n).toBe(32_500);
    const again = openChronicle(await ledger.reopen());
    expect(again.lines().length).toBe(held.length);
    expect(again.lines()[0]).toEqual(held[0]);
    again.add(line(40_000, "a"));
    expect(again.advance("city", 40_000).map(({ n }) => n)).toEqual([32_501]);
  });

  it("returns to a saved state: what was told later is forgotten, on disk too, and what waited waits", async () => {
    const ledger = await tempLedger();
    const chronicle = openChronicle(ledger.root);
    for (const t of [1, 2, 3]) chronicle.add(line(t, "a"));
    chronicle.advance("city", 1);
    const saved = structuredClone(chronicle.state());
    chronicle.advance("city", 3);
    const again = openChronicle(await ledger.reopen());
    again.restore(saved);
    expect(again.lines().map(({ t }) => t)).toEqual([1]);
    expect(
      openChronicle(await ledger.reopen())
        .lines()
        .map(({ t }) => t),
    ).toEqual([1]);
  });

  it("forgets another life's lines, on disk too, and tells again what an image holds under numbers of now", async () => {
    const ledger = await tempLedger();
    const chronicle = openChronicle(ledger.root);
    for (const [t, device] of [
      [1, "a"],
      [2, "real"],
      [3, "b"],
    ] as const)
      chronicle.add(line(t, device));
    chronicle.add(line(9, "a"));
    chronicle.advance("city", 3);
    const image = chronicle.lines().filter(({ t }) => t === 1);
    chronicle.forget("city", ({ device }) => device === "real");
    expect(chronicle.lines().map(({ n, t }) => [n, t])).toEqual([[2, 2]]);
    expect(chronicle.advance("city", 9), "what waited is never told").toEqual([]);
    chronicle.retell(image);
    const held = chronicle.lines();
    expect(held.map(({ n, t }) => [n, t])).toEqual([
      [2, 2],
      [4, 1],
    ]);
    expect(openChronicle(await ledger.reopen()).lines()).toEqual(held);
  });
});
