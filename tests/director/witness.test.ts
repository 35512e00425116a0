import { describe, expect, it } from "vitest";
import { openJournal } from "../../broker/alarms/journal.ts";
import { createFloodWatch } from "../../broker/alarms/score/flood.ts";
import { openQuarantine } from "../../broker/ingest/quarantine.ts";
import { createSeenCommands } from "../../director/judge/seen-commands.ts";
import { createSeenFloods } from "../../director/judge/seen-floods.ts";
import { createSeenRefusals } from "../../director/judge/seen-refusals.ts";
import type { RefusalCode } from "../../shared/city-port.ts";
import { tempLedger } from "../support/temp-ledger.ts";

const minute = 60_000;
const sumOf = (all: readonly { readonly times: number }[]): number => all.reduce((sum, { times }) => sum + times, 0);

describe("what a witness sees of the room", () => {
  it("counts every refusal between two looks, also those that the quarantine has let go", async () => {
    const quarantine = openQuarantine((await tempLedger()).root);
    const refuse = (code: RefusalCode, device: string): void =>
      quarantine.add({ t: 0, topic: "x", client: "c", device, code, reason: "r", payload: Buffer.from("p") });
    refuse("json", "old");
    const seen = createSeenRefusals({ quarantine: quarantine.page });
    seen.look(1000);
    expect(seen.list()).toEqual([]);
    for (let n = 0; n < 1500; n++) refuse("range", `d-${n}`);
    seen.look(2000);
    expect(seen.list()).toHaveLength(1500);
    expect(seen.list()[0]).toEqual({ t: 2000, code: "range", device: "d-0", times: 1 });
    for (let n = 0; n < 5000; n++) refuse(n % 5 === 0 ? "shape" : "range", "d");
    seen.look(3000);
    expect(sumOf(seen.list())).toBe(6500);
    expect(sumOf(seen.list().filter(({ code }) => code === "shape"))).toBe(1000);
    expect(seen.list().filter(({ device }) => device === null)).toMatchObject([{ times: 2400 }, { times: 600 }]);
    seen.look(4000);
    expect(sumOf(seen.list())).toBe(6500);
  });

  it("loses no command, however many there are", async () => {
    const journal = openJournal((await tempLedger()).root);
    journal.begin("r1");
    const line = (n: number, t: number, before: string | null, after: string): void =>
      void journal.write(
        { timeline: "city", t, at: t },
        { what: "command", by: "rule", service: "traffic", device: `d-${n}`, before, after, x: { command: `c-${n}`, op: "plan" } },
      );
    const seen = createSeenCommands(10);
    let read = 0;
    const look = (): void => {
      for (const one of journal.lines({ run: "r1", after: read, limit: 1_000_000 })) {
        read = one.n;
        seen.take(one);
      }
    };
    line(0, 5, null, "pending");
    for (let n = 1; n <= 7000; n++) line(n, 10 + n, null, "pending");
    look();
    for (let n = 0; n <= 7000; n += 2) line(n, 20_000 + n, "pending", "confirmed");
    line(1, 30_000, "pending", "failed");
    look();
    expect(seen.list()).toHaveLength(7000);
    expect(seen.list()[0]).toMatchObject({ id: "c-1", op: "plan", device: "d-1", t: 11, confirmedAt: null });
    expect(seen.list()[1]).toMatchObject({ id: "c-2", t: 12, confirmedAt: 20_002 });
    expect(seen.list().filter(({ confirmedAt }) => confirmedAt !== null)).toHaveLength(3500);
  });

  it("knows when a flood began and ended by the room's book, whenever it looks, and also when it never saw it", () => {
    const watch = createFloodWatch();
    let now = 0;
    let asked = 0;
    const room = {
      flood: () => ({ since: watch.since(), lastTenMinutes: watch.lately(now) }),
      score: () => {
        asked += 1;
        return { flood: { share: 0, times: watch.times() } };
      },
    };
    const until = (t: number): void => {
      now = t;
      watch.pass(t);
    };
    const seen = createSeenFloods(room, 2 * minute);
    for (let n = 0; n < 12; n++) watch.count(minute + n * 1000);
    until(3 * minute);
    seen.look(12);
    expect(seen.list()).toEqual([{ from: 2 * minute, to: null }]);
    until(60 * minute);
    seen.look(12);
    const end = watch.times()[0]?.to;
    expect(end).toBeLessThan(13 * minute);
    expect(seen.list()).toEqual([{ from: 2 * minute, to: end }]);
    for (let n = 0; n < 12; n++) watch.count(70 * minute + n * 1000);
    until(120 * minute);
    seen.look(24);
    expect(seen.list()).toHaveLength(2);
    expect(seen.list()[1]).toEqual({ from: 70 * minute + 10_000, to: watch.times()[1]?.to });
    const before = asked;
    seen.look(24);
    expect(asked).toBe(before);
  });
});
