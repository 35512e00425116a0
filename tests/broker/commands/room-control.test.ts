import { describe, expect, it } from "vitest";
import { openJournal } from "../../../broker/alarms/journal.ts";
import type { Watched } from "../../../broker/alarms/observed.ts";
import { inTurn } from "../../../broker/room/in-turn.ts";
import { createRoom, type RoomState } from "../../../broker/room/room.ts";
import type { Response } from "../../../shared/alarm-rule.ts";
import { fieldLagMs, type Timeline } from "../../../shared/timeline.ts";
import { at, operator, yardWith } from "../../support/command-world.ts";
import { birth, start } from "../../support/ingest-world.ts";

const shut: Response<"gate" | "lamp"> = {
  ...{ id: "shut", title: { ko: "닫기", en: "shut" }, rule: "flood", op: "close", args: {}, on: "self", countdown: 60, guards: [], mode: "auto" },
};
const release: Response<"gate" | "lamp"> = { ...shut, id: "release", when: "cleared", op: "auto", countdown: 30 };
const contract = yardWith([shut, release]);
const watched = (id: string, timeline: Timeline): Watched => ({
  ...{ id, service: contract.id, kind: "gate", district: "north", timeline, stale: 180, every: 60, meta: birth(id, "gate"), contract },
});

function roomOf(devices: readonly Watched[]) {
  const byId = new Map(devices.map((one) => [one.id, one]));
  const journal = openJournal();
  const make = () => createRoom({ devices: () => byId.values(), device: (id) => byId.get(id), journal, tell: () => undefined });
  return { make, journal };
}

describe("commands and responses in the room", () => {
  it("an action before the first mark of real devices is of their time", () => {
    const room = roomOf([watched("real", "field")]).make();
    const now = start + 5000;
    const acted = room.act({ do: "command", device: "real", op: "close", args: {} }, operator, now);
    expect(acted).toMatchObject({ ok: true });
    expect(room.commands.list({ limit: 1 })).toMatchObject([{ t: now - fieldLagMs, at: now, expires: now - fieldLagMs + 60_000 }]);
  });

  const said = (): [number, string, object][] =>
    Array.from({ length: 46 }, (_, n) => 20 * n).flatMap((t): [number, string, object][] => [
      [t, "g-1", { level: t >= 120 && t < 400 ? 6 : 2, gate: t < 200 ? "open" : "closed" }],
      [t + 7, "g-2", { level: t === 300 ? 6 : 2, gate: "open" }],
    ]);
  /** Water over the limit from 120 to 400, and whatever marks the clock makes of it. */
  function flooded(marks: readonly number[], restarts = false) {
    const { make, journal } = roomOf([watched("g-1", "city"), watched("g-2", "city")]);
    let room = make();
    room.begin("r1", start);
    room.opens(start);
    const waiting = said();
    for (const mark of marks) {
      while (waiting[0] !== undefined && waiting[0][0] <= mark) {
        const [t, device, m] = waiting.shift()!;
        room.observe("city", { t: at(t), device, m: m as never });
      }
      room.advance("city", at(mark), at(mark));
      if (!restarts) continue;
      const saved = structuredClone(room.state()) as RoomState;
      room = make();
      room.restore(saved);
    }
    return {
      commands: room.commands.list({ limit: 100 }).map(({ device, op, t, by, response }) => [device, op, (t - start) / 1000, by, response]),
      lines: journal
        .lines({ limit: 1000 })
        .filter(({ what }) => what === "response")
        .map(({ device, after, t }) => [device, after, (t - start) / 1000]),
    };
  }
  const every = (step: number): number[] => Array.from({ length: 900 / step }, (_, n) => (n + 1) * step);
  it("responses act at the same instants however far each mark reaches, and whether the process lives on", () => {
    const fine = flooded(every(1));
    expect(fine.commands).toEqual([
      ["g-1", "auto", 430, "system", "yard-release"],
      ["g-1", "close", 180, "system", "yard-shut"],
    ]);
    expect(fine.lines).toEqual([
      ["g-1", "armed", 120],
      ["g-1", "fired", 180],
      ["g-2", "armed", 307],
      ["g-2", "disarmed", 327],
      ["g-1", "armed", 400],
      ["g-1", "fired", 430],
    ]);
    for (const marks of [every(60), every(300), [900]]) expect(flooded(marks)).toEqual(fine);
    expect(flooded(every(10), true)).toEqual(fine);
  });

  it("nothing acts in a history that is being made", () => {
    const { make } = roomOf([watched("g-1", "city")]);
    const room = make();
    room.begin("r1", start);
    room.observe("city", { t: at(10), device: "g-1", m: { level: 6 } });
    room.advance("city", at(500), at(500));
    expect(room.commands.list({ limit: 10 })).toEqual([]);
    expect(room.act({ do: "command", device: "g-1", op: "close", args: {} }, operator, at(500))).toMatchObject({ ok: false });
    room.opens(at(500));
    room.advance("city", at(561), at(561));
    expect(room.commands.list({ limit: 10 })).toMatchObject([{ op: "close", t: at(560) }]);
  });

  it("a command whose time is over fails also when the city has been stopped since", () => {
    const { make } = roomOf([watched("g-1", "city")]);
    const room = make();
    room.begin("r1", start);
    room.opens(start);
    room.act({ do: "command", device: "g-1", op: "close", args: {} }, operator, start);
    room.advance("city", at(3600), start + 1000);
    expect(room.commands.list({ limit: 1 })[0]?.state).toBe("pending");
    room.advance("city", at(3600), start + 5000);
    expect(room.commands.list({ limit: 1 })[0]?.state).toBe("failed");
  });
});

describe("what was seen and what was found", () => {
  it("come in turn; at one instant what was seen comes first", () => {
    const seen = [1, 3, 3, 7].map((t) => ({ t, of: "seen" }));
    const found = [0, 3, 5].map((t) => ({ t, of: "found" }));
    expect([...inTurn(seen, found)].map(({ t, of }) => `${t} ${of}`)).toEqual([
      "0 found",
      "1 seen",
      "3 seen",
      "3 seen",
      "3 found",
      "5 found",
      "7 seen",
    ]);
    expect([...inTurn(seen, [])]).toEqual(seen);
  });
});
