import fc from "fast-check";
import type { RootDatabase } from "lmdb";
import { describe, expect, it } from "vitest";
import { openJournal } from "../../../broker/alarms/journal.ts";
import type { Watched } from "../../../broker/alarms/observed.ts";
import { occurrencesOf } from "../../../broker/alarms/score/occurrences.ts";
import { createRoom, type RoomState } from "../../../broker/room/room.ts";
import type { RoomNews } from "../../../shared/room-port.ts";
import type { Service } from "../../../shared/service.ts";
import { operator, postRule, second, yardWith } from "../../support/desk-world.ts";
import { birth, hour, minute, start } from "../../support/ingest-world.ts";
import { tempLedger } from "../../support/temp-ledger.ts";

const limit = (at: number, on = 0) =>
  ({
    when: {
      kind: "limit",
      metric: "level",
      side: "above",
      steps: [
        { limit: at, priority: 3 },
        { limit: at + 2, priority: 1 },
      ],
      deadband: 0.1,
      ...(on > 0 && { on }),
    },
  }) as const;
const yard = yardWith([
  postRule("high", { ...limit(1), causedBy: [{ rule: "yard/flood", within: "city" }] }),
  postRule("flood", limit(5, 30)),
]) as Service;

/** The real room over real devices of the tests' yard. */
function roomOf(ids: readonly string[], root?: RootDatabase) {
  const meta = (id: string) => birth(id, "post", { constants: { chainage: 1 } });
  const watched = new Map<string, Watched>(
    ids.map((id) => [
      id,
      { id, service: yard.id, kind: "post", district: "north", timeline: "city", stale: 1e6, every: 60, meta: meta(id), contract: yard },
    ]),
  );
  const journal = openJournal(root);
  const room = createRoom({ devices: () => watched.values(), device: (id) => watched.get(id), journal, tell: () => undefined });
  const say = (s: number, device: string, level: number) => room.observe("city", { t: start + s * second, device, m: { level } });
  const advance = (s: number, at = start + s * second) => room.advance("city", start + s * second, at);
  /** As a city begins whose history is over at once. */
  const begin = (run = "r1") => {
    room.begin(run, start);
    room.opens(start);
  };
  const lines = (run?: string) => room.journal({ limit: 1e6, ...(run !== undefined && { run }) });
  return { room, say, advance, begin, lines };
}
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
const ids = [...Array(5).keys()].map((n) => `p-${n}`);
const seconds = (lines: Parameters<typeof occurrencesOf>[0]) =>
  occurrencesOf(lines).map(({ rule, device, raised, cleared }) => [
    rule,
    device,
    (raised - start) / second,
    cleared === null ? null : (cleared - start) / second,
  ]);

describe("what a room tells of the same readings", () => {
  const readings = fc.array(
    fc.record({ s: fc.integer({ min: 1, max: 900 }), device: fc.constantFrom(...ids), level: fc.constantFrom(0, 0.95, 1.5, 3.5, 6, 8) }),
    { maxLength: 60 },
  );

  type Reading = { readonly s: number; readonly device: string; readonly level: number };
  const told = (lines: ReturnType<ReturnType<typeof roomOf>["lines"]>) => lines.map(({ n: _number, at: _at, ...line }) => line);

  /** Readings come before the mark passes them; a kill after each mark leaves the checkpoint and the journal's lines. */
  function live(readings: readonly Reading[], marks: readonly number[], kills: boolean) {
    let w = roomOf(ids);
    w.begin();
    const waiting = readings.toSorted((a, b) => a.s - b.s);
    const lines: ReturnType<typeof told> = [];
    for (const mark of [...marks, 1000]) {
      const due = waiting.findLastIndex(({ s }) => s <= mark) + 1;
      for (const { s, device, level } of waiting.splice(0, due)) w.say(s, device, level);
      w.advance(mark, start);
      if (!kills) continue;
      const state = structuredClone(w.room.state());
      lines.push(...told(w.lines()));
      w = roomOf(ids);
      w.room.restore(state);
    }
    return { told: [...lines, ...told(w.lines())], alarms: w.room.alarms().toSorted(byId), flood: w.room.flood() };
  }

  it("is the same journal however far each mark reaches, also when it is killed between two of them", () => {
    fc.assert(
      fc.property(readings, fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 12 }), (all, cuts) => {
        const marks = cuts.toSorted((a, b) => a - b);
        const once = live(all, [], false);
        expect(live(all, marks, false)).toEqual(once);
        expect(live(all, marks, true)).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  it("has occurrences that can be compared between two lives", () => {
    const w = roomOf(ids);
    w.begin();
    for (const [s, level] of [
      [10, 2],
      [20, 0],
      [30, 4],
    ] as const)
      w.say(s, "p-1", level);
    w.advance(60);
    expect(seconds(w.lines())).toEqual([
      ["yard/high", "p-1", 10, 20],
      ["yard/high", "p-1", 30, null],
    ]);
  });
});

describe("a run that begins from an image", () => {
  it("tells the history's lines again under its own id, and what was active stands on the desk as the previous shift's", async () => {
    const ledger = await tempLedger();
    const w = roomOf(ids, ledger.root);
    w.room.begin("r1", start);
    w.say(10, "p-1", 2);
    w.say(20, "p-1", 0);
    w.say(30, "p-2", 2);
    w.advance(3600);
    const image: RoomState = structuredClone({ ...w.room.state(), told: w.room.told() });
    w.room.opens(start + hour);
    w.say(3700, "p-3", 2);
    w.advance(4000);
    w.room.act({ do: "acknowledge", alarms: [{ id: "yard-high-p-2", occurrence: 1 }] }, operator, start);
    expect(w.room.alarms().map(({ device, state, inherited }) => [device, state, inherited])).toEqual([
      ["p-2", "C", true],
      ["p-3", "B", false],
    ]);
    const before = seconds(w.lines("r1").filter(({ t }) => t <= start + hour));
    expect(w.room.score()).toMatchObject({ from: start + hour, split: { 3: 1 } });

    w.room.news();
    w.room.begin("r2", start);
    w.room.restore(image, "city");
    w.room.opens(start + hour);
    expect(seconds(w.lines("r2"))).toEqual(before);
    expect(w.lines("r1").length).toBeGreaterThan(0);
    expect(w.room.alarms()).toMatchObject([{ device: "p-2", state: "B", inherited: true }]);
    expect(w.room.alarm("yard-high-p-2")?.journal.map(({ run, what }) => `${run} ${what}`)).toEqual(["r2 raised", "r2 inherited"]);
    const told = new Map(w.room.news()?.alarms.map(({ id, state }) => [id, state]));
    expect(told).toEqual(
      new Map([
        ["yard-high-p-3", "A"],
        ["yard-high-p-2", "B"],
      ]),
    );
    w.say(3700, "p-3", 2);
    w.advance(4000);
    expect(w.room.score()).toMatchObject({ split: { 3: 1 }, standing: 2 });
  });
});

describe("two thousand alarms within a minute", () => {
  const many = [...Array(2000).keys()].map((n) => `q-${String(n).padStart(4, "0")}`);

  it("are all in the list and told, the cause on top; people act among them; the flood begins and ends by its rule; nothing is lost", async () => {
    const w = roomOf(many, (await tempLedger()).root);
    w.begin();
    for (const [n, id] of many.entries()) w.say(1 + Math.floor((n * 59) / many.length), id, n === 1000 ? 6 : 2);
    const heard: RoomNews[] = [];
    const listen = () => {
      const news = w.room.news();
      if (news !== undefined) heard.push(news);
    };
    for (let s = 1; s <= 90; s++) {
      w.advance(s);
      listen();
      const [alarm] = w.room.alarms().filter(({ state, rule }) => state === "B" && rule === "yard/high");
      if (alarm === undefined) continue;
      const acted = w.room.act({ do: "acknowledge", alarms: [{ id: alarm.id, occurrence: alarm.occurrence }] }, operator, start + s * second);
      expect(acted).toMatchObject({ ok: true, value: { alarms: [alarm.id] } });
      listen();
    }
    const top = "yard-flood-q-1000";
    const alarms = w.room.alarms();
    expect(alarms).toHaveLength(2001);
    expect(alarms.filter(({ state }) => state === "C").length).toBe(90);
    expect(w.room.alarm(top)).toMatchObject({ state: "B", group: top, cause: null, consequences: 2000 });
    expect(alarms.filter(({ group, cause }) => group === top && cause === top)).toHaveLength(2000);
    expect(alarms.filter(({ first }) => first).map(({ id }) => id)).toEqual(["yard-high-q-0000"]);
    // what browsers hold after all the news is what the room holds
    const held = new Map(heard.flatMap(({ alarms: news }) => news.map((alarm) => [alarm.id, alarm] as const)));
    expect([...held.values()].sort(byId)).toEqual([...alarms].sort(byId));
    const numbers = heard.flatMap(({ lines }) => lines.map(({ n }) => n));
    expect(numbers).toEqual([...Array(numbers.length).keys()].map((n) => n + 1));
    expect(numbers).toHaveLength(w.room.newest());
    expect(w.room.flood().since).toBe(start + second);
    expect(heard.at(-1)?.flood.since).toBe(start + second);
    w.advance(90 + 10 * 60);
    listen();
    expect(heard.at(-1)?.flood).toEqual({ since: null, lastTenMinutes: 0 });
    expect(w.room.score()).toMatchObject({ perTenMinutes: { peak: 2001 }, flood: { times: [{ alarms: 2001 }] } });
    expect(w.room.score().to).toBe(start + 90 * second + 10 * minute);
  });
});
