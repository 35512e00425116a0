import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openQuarantine, shown } from "../../broker/ingest/quarantine.ts";
import type { RefusalCode } from "../../shared/city-port.ts";
import { tempLedger } from "../support/temp-ledger.ts";

const item = (code: RefusalCode, more: { device?: string; payload?: Buffer; reason?: string } = {}) => ({
  t: 1,
  topic: "urban/v1/town/traffic/tx-1/obs",
  client: "gw-tx-1",
  device: undefined,
  reason: "because",
  payload: Buffer.from("{}"),
  code,
  ...more,
});

describe("quarantine", () => {
  it("keeps the newest, newest first, and counts for ever by reason", async () => {
    const quarantine = openQuarantine((await tempLedger()).root);
    for (let n = 0; n < 2100; n++) quarantine.add(item(n % 3 === 0 ? "range" : "json"));
    const page = quarantine.page({ limit: 5000 });
    expect([page.total, page.byCode, page.items.length]).toEqual([2100, { range: 700, json: 1400 }, 2000]);
    expect([page.items[0]?.n, page.items.at(-1)?.n]).toEqual([2100, 101]);
    expect(quarantine.page({ limit: 2 }).items.map(({ n }) => n)).toEqual([2100, 2099]);
  });

  it("is on disk, as bounded as in memory", async () => {
    const ledger = await tempLedger();
    const quarantine = openQuarantine(ledger.root);
    for (let n = 0; n < 2100; n++) quarantine.add(item("range"));
    const before = quarantine.page({ limit: 5000 });
    const saved = quarantine.state();
    const again = openQuarantine(await ledger.reopen());
    again.restore(saved);
    expect(again.page({ limit: 5000 })).toEqual(before);
    again.add(item("json"));
    expect(again.page({ limit: 1 })).toMatchObject({ total: 2101, byCode: { range: 2100, json: 1 }, items: [{ n: 2101 }] });
  });

  it("returns to a saved state: what the log will bring again is not there twice", async () => {
    const ledger = await tempLedger();
    const quarantine = openQuarantine(ledger.root);
    for (let n = 0; n < 3; n++) quarantine.add(item("range"));
    const saved = structuredClone(quarantine.state());
    for (let n = 0; n < 2; n++) quarantine.add(item("json"));
    const again = openQuarantine(await ledger.reopen());
    again.restore(saved);
    for (let n = 0; n < 2; n++) again.add(item("json"));
    expect(again.page({ limit: 9 }).items.map(({ n, code }) => [n, code])).toEqual([
      [5, "json"],
      [4, "json"],
      [3, "range"],
      [2, "range"],
      [1, "range"],
    ]);
  });

  it("answers for one device", async () => {
    const quarantine = openQuarantine((await tempLedger()).root);
    for (const device of ["a", "b", "a"]) quarantine.add(item("range", { device }));
    expect(quarantine.page({ limit: 9, device: "a" }).items.map(({ n }) => n)).toEqual([3, 1]);
    expect(quarantine.page({ limit: 1, device: "a" })).toMatchObject({ total: 2, byCode: { range: 2 }, items: [{ n: 3 }] });
  });

  it("cannot be filled by one message: reasons are as bounded as payloads", async () => {
    const quarantine = openQuarantine((await tempLedger()).root);
    quarantine.add(item("shape", { reason: "x".repeat(200_000), payload: Buffer.alloc(200_000, "y") }));
    const [kept] = quarantine.page({ limit: 1 }).items;
    expect(kept?.reason.length).toBeLessThan(2500);
    expect(kept?.payload.length).toBeLessThan(2500);
  });
});

describe("a payload as a person sees it", () => {
  it("is text as it is, Korean too", () => {
    for (const text of ['{"v":1}', "관제실에서 보는 글", "🚦 빨간불", "", "two\nlines\t"]) expect(shown(Buffer.from(text))).toBe(text);
  });

  it("is Korean text also where it must be cut, wherever the cut falls in a letter", () => {
    for (const lead of ["", "a", "ab"]) {
      const said = shown(Buffer.from(lead + "가".repeat(2000)));
      expect(said.startsWith(`${lead}가가가`), said.slice(0, 20)).toBe(true);
      expect(said).toMatch(/가 … \(\d+ bytes\)$/);
      expect(said).not.toMatch(/\\x|\uFFFD/);
    }
  });

  it("shows bytes that are no text as numbers", () => {
    expect(shown(Buffer.from([0x41, 0x00, 0xff, 0x7e]))).toBe("A\\x00\\xff~");
  });

  it("is at most 2,000 characters and a word of how much there was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.constantFrom(0x41, 0xff, 0x80, 0xea), (length, byte) => {
        const said = shown(Buffer.alloc(length, byte));
        const [head = "", size] = said.split(" … (");
        expect(head.length).toBeLessThanOrEqual(2000);
        if (size !== undefined) expect(size).toBe(`${length} bytes)`);
        else if (byte === 0x41) expect(said).toHaveLength(length);
      }),
    );
  });

  it("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        expect(typeof shown(Buffer.from(bytes))).toBe("string");
      }),
    );
  });
});
