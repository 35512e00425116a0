import { describe, expect, it } from "vitest";
import { openJournal } from "../../broker/alarms/journal.ts";
import type { Watched } from "../../broker/alarms/observed.ts";
import { createRoom, type Room } from "../../broker/room/room.ts";
import { commandsSent } from "../../commands/lab/adviser.ts";
import { annunciatedIn, weekOf } from "../../commands/lab/quiet.ts";
import { shutByResponse } from "../../commands/lab/storm.ts";
import type { JournalLine } from "../../shared/alarm.ts";
import { yardWith as commandYard, operator } from "../support/command-world.ts";
import { lineOf } from "../support/desk-rows.ts";
import { postRule, yardWith } from "../support/desk-world.ts";
import { birth, start } from "../support/ingest-world.ts";

const at = (seconds: number): number => start + seconds * 1000;
const minute = 60_000;

function roomWith(contract: Watched["contract"], kind: string, ids: readonly string[]): Room {
  const all = new Map(
    ids.map((id): [string, Watched] => [
      id,
      { ...{ id, service: contract.id, kind, district: "north", timeline: "city", stale: 180, every: 60, meta: birth(id, kind), contract } },
    ]),
  );
  const room = createRoom({ devices: () => all.values(), device: (id) => all.get(id), journal: openJournal(), tell: () => undefined });
  room.begin("r1", start);
  room.opens(start);
  return room;
}
const said = (room: Room, seconds: number, device: string, level: number): void => {
  room.observe("city", { t: at(seconds), device, m: { level } as never });
  room.advance("city", at(seconds) + 1000, at(seconds) + 1000);
};

describe("what a quiet week counts", () => {
  const contract = yardWith([postRule("high"), postRule("parked", { outcome: "case" } as never)]);
  const ids = Array.from({ length: 12 }, (_, n) => `p-${n}`);
  const classOf = ({ rule }: JournalLine) => (rule === "yard/high" ? ("operations" as const) : ("maintenance" as const));

  it("queues by the items that were opened, and alarms as the room's score has them, the peak of a sliding window", () => {
    const room = roomWith(contract, "post", ids);
    // six before and six behind the border of ten minutes of the clock
    for (const [n, id] of ids.entries()) said(room, 540 + 10 * n, id, 5);
    room.advance("city", at(3600), at(3600));
    const week = weekOf(room, 0, classOf);
    expect(week).toMatchObject({ alarms: 12, byRule: { "yard/high": 12 }, maintenance: {}, queues: { "yard/parked": 12 } });
    expect(week.perTenMinutes).toEqual({ mean: 2, peak: 12 });
    expect(week.flooded).toBeGreaterThan(0);
  });

  it("no alarm that its cause suppressed in the same instant", () => {
    const line = (what: string, t: number, alarm: string) => ({ ...lineOf({ what, t, alarm, occurrence: 1, rule: "yard/high" }), n: 1 });
    const lines = [line("raised", 5, "a"), line("raised", 5, "b"), line("suppressed", 5, "b"), line("raised", 6, "c"), line("suppressed", 9, "c")];
    expect(annunciatedIn(lines).map(({ alarm }) => alarm)).toEqual(["a", "c"]);
  });
});

describe("what the other labs count", () => {
  it("commands of a day, however many", () => {
    const room = roomWith(commandYard([]), "gate", ["g-1"]);
    for (let n = 0; n < 3200; n++) room.act({ do: "command", device: "g-1", op: n % 2 === 0 ? "close" : "open", args: {} }, operator, at(n));
    expect(commandsSent(room, 0)).toBe(3200);
  });

  it("a gate as closed by the response only when its command was confirmed before the water, and moved it", () => {
    const line = (t: number, after: string, change: Partial<JournalLine> = {}): JournalLine => ({
      ...lineOf({ what: "command", device: "g-1", t, after, x: { command: "c1", op: "close", response: "stream-close-gate" }, ...change }),
      n: 1,
    });
    const shut = start + 5 * minute;
    const wet = start + 9 * minute;
    const of = (...lines: JournalLine[]) => shutByResponse(lines, { device: "g-1", shut, wet });
    expect(of(line(shut - 50_000, "pending"), line(shut - 10_000, "confirmed"))).toBe(true);
    expect(of(line(shut - 50_000, "pending"))).toBe(false);
    expect(of(line(shut - 50_000, "pending"), line(wet + 1, "confirmed")), "too late").toBe(false);
    expect(of(line(shut + 1, "pending"), line(shut + 2, "confirmed", { reason: "it already was as commanded" })), "the float switch was first").toBe(
      false,
    );
    expect(of(line(start, "confirmed")), "opened again since").toBe(false);
    expect(of(line(shut, "confirmed", { device: "g-2" }))).toBe(false);
    expect(of(line(shut, "confirmed", { x: { command: "c2", op: "show", response: "stream-warn-path" } })), "a display").toBe(false);
    expect(of(line(shut, "confirmed", { x: { command: "c3", op: "close" } })), "a person").toBe(false);
  });
});
