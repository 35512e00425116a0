import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { openJournal } from "../../broker/alarms/journal.ts";
import type { Watched } from "../../broker/alarms/observed.ts";
import { startOutbox } from "../../broker/room/outbox.ts";
import { createRoom, type Room } from "../../broker/room/room.ts";
import { postRule, yardWith } from "../support/desk-world.ts";
import { birth, start } from "../support/ingest-world.ts";

const contract = yardWith([postRule("high")]);
const id = "yard-high-p-1";
const topic = `urban/v1/somewhere/_alarm/${id}/state`;
const post: Watched = {
  ...{
    id: "p-1",
    service: contract.id,
    kind: "post",
    district: "north",
    timeline: "city",
    stale: 180,
    every: 60,
    meta: birth("p-1", "post"),
    contract,
  },
};

function yard() {
  const journal = openJournal();
  const make = (): Room =>
    createRoom({ devices: () => [post], device: (one) => (one === post.id ? post : undefined), journal, tell: () => undefined });
  /** What somebody else's broker keeps, whatever becomes of us. */
  const retained = new Map<string, string>();
  const open = (room: Room): (() => void) =>
    startOutbox({
      ...{ city: "somewhere", room, tell: () => undefined, away: () => false, onBack: () => undefined, carry: () => undefined },
      publish: (to, payload) => void (payload === "" ? retained.delete(to) : retained.set(to, payload)),
      log: pino({ level: "silent" }),
    });
  return { make, retained, open };
}
const say = (room: Room, seconds: number, level: number): void => {
  const t = start + seconds * 1000;
  room.observe("city", { t, device: post.id, m: { level } as never });
  room.advance("city", t + 1000, t + 1000);
};
const acknowledge = (room: Room) =>
  room.act({ do: "acknowledge", alarms: [{ id, occurrence: 1 }] }, { name: "lee", role: "operator" }, start + 100_000);

describe("what the room retains outside", () => {
  function raised(room: Room): void {
    room.begin("r1", start);
    room.opens(start);
    say(room, 10, 5);
  }

  it("goes with what closed shortly before a kill, when the next start reads it from the log", () => {
    const { make, retained, open } = yard();
    const first = make();
    raised(first);
    const checkpoint = structuredClone(first.state());
    onTestFinished(open(first));
    expect([...retained.keys()]).toEqual([topic]);
    // killed here: its last news was never told
    const second = make();
    second.restore(checkpoint);
    say(second, 70, 0);
    expect(acknowledge(second).ok).toBe(true);
    onTestFinished(open(second));
    expect([...retained.keys()]).toEqual([]);
  });

  it("goes with what closed in the last moment of an orderly end", () => {
    const { make, retained, open } = yard();
    const room = make();
    raised(room);
    const stop = open(room);
    expect([...retained.keys()]).toEqual([topic]);
    say(room, 70, 0);
    expect(acknowledge(room).ok).toBe(true);
    stop();
    expect([...retained.keys()]).toEqual([]);
  });
});
