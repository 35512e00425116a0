import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFloodWatch } from "../../../broker/alarms/score/flood.ts";
import { as, deskWorld, postRule, second } from "../../support/desk-world.ts";
import { hour, minute, start } from "../../support/ingest-world.ts";

const rules = [
  postRule("high", { priority: 2 }),
  postRule("low", { priority: 4 }),
  postRule("gateway", { class: "maintenance" }),
  postRule("silent", { class: "maintenance", causedBy: [{ rule: "yard/gateway", within: "gateway" }] }),
];
const posts = [...Array(30).keys()].map((n) => ({ id: `p-${n}`, gateway: `g-${n % 2}` }));
const world = () => deskWorld({ rules, posts });
const at = (seconds: number): number => start + seconds * second;

describe("a flood", () => {
  it("begins with the eleventh alarm within ten minutes and ends when fewer than five are left in the window", () => {
    const w = world();
    for (let n = 0; n < 10; n++) w.raise(n * 10, "high", `p-${n}`);
    w.until(95);
    expect(w.desk.flood("city")).toEqual({ since: null, lastTenMinutes: 10 });
    w.raise(100, "high", "p-10");
    w.raise(130, "high", "p-11");
    w.until(140);
    expect(w.desk.flood("city")).toEqual({ since: at(100), lastTenMinutes: 12 });
    // the fifth newest is of 70 s: it leaves the window at 670 s
    w.until(669.999);
    expect(w.desk.flood("city")).toMatchObject({ since: at(100), lastTenMinutes: 5 });
    w.until(670);
    expect(w.desk.flood("city")).toEqual({ since: null, lastTenMinutes: 4 });
    expect(w.desk.score("city").flood.times).toEqual([{ from: at(100), to: at(670), alarms: 12, peak: 12 }]);
  });

  it("is not made by eleven alarms that are further apart, nor by maintenance, nor by what is shelved or suppressed", () => {
    const w = world();
    for (let n = 0; n < 11; n++) w.raise(n * 60, "high", `p-${n}`);
    w.act({ do: "shelve", alarm: "yard-low-p-1", until: at(3600), reason: "공사", once: false });
    for (let n = 0; n < 11; n++) w.raise(601 + n, "silent", `p-${n}`);
    w.raise(620, "low", "p-1");
    w.until(630);
    expect(w.desk.flood("city").since).toBeNull();
  });

  it("has the same begin and end however often event time is told, and after a restart in the middle", () => {
    const alarms = fc.array(fc.integer({ min: 0, max: 1800 }), { maxLength: 60 });
    fc.assert(
      fc.property(alarms, fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 20 }), (times, marks) => {
        const seen = [[], marks].map((told) => {
          let watch = createFloodWatch();
          const all = [...times.map((t) => [t, true] as const), ...told.map((t) => [t, false] as const)].sort((a, b) => a[0] - b[0]);
          for (const [t, alarm] of all) {
            if (alarm) watch.count(t * second);
            else {
              watch.pass(t * second);
              const state = structuredClone(watch.state());
              watch = createFloodWatch();
              watch.restore(state);
            }
          }
          watch.pass(5000 * second);
          return watch.times();
        });
        expect(seen[1]).toEqual(seen[0]);
        for (const { from, to, peak } of seen[0] ?? []) {
          expect(peak).toBeGreaterThan(10);
          expect(to).not.toBeNull();
          const left = times.filter((t) => t * second > (to ?? 0) - 600_000 && t * second <= (to ?? 0)).length;
          expect(left).toBeLessThan(5);
          expect(times.filter((t) => t * second > from - 600_000 && t * second <= from).length).toBeGreaterThan(10);
        }
      }),
    );
  });
});

describe("the score", () => {
  it("counts what was newly annunciated, never acknowledgements, and says which time it covers at which rate", () => {
    const w = world();
    w.raise(60, "high", "p-1");
    w.raise(60, "low", "p-2");
    w.raise(70, "gateway", "p-0");
    w.until(120);
    w.acknowledge("yard-high-p-1");
    w.clear(130, "low", "p-2");
    w.raise(700, "low", "p-2");
    w.until(3600);
    const score = w.desk.score("city");
    expect(score).toMatchObject({
      ...{ from: start, to: at(3600), hours: 1, judged: false },
      perTenMinutes: { now: 0, mean: 0.5, peak: 2, peakAt: at(60) },
      ...{ split: { 1: 0, 2: 1, 3: 0, 4: 2 }, standing: 2, shelved: 0, flood: { share: 0, times: [] } },
      top: {
        share: 1,
        list: [
          { rule: "yard/low", device: "p-2", count: 2 },
          { rule: "yard/high", device: "p-1", count: 1 },
        ],
      },
      toAcknowledge: { city: 60, wall: 60, count: 1 },
      maintenance: { raised: 1, standing: 1 },
      byService: { yard: { operations: 3, maintenance: 1 } },
    });
    expect(w.desk.score("city", 0.5)).toMatchObject({ from: at(1800), hours: 0.5, perTenMinutes: { mean: 0, peak: 0, peakAt: null } });
  });

  it("takes what a person brings back for told from then on, and for no alarm more", () => {
    const w = world();
    const hours8 = 8 * 3600;
    const brought = [
      ["yard-high-p-1", { do: "shelve", until: at(30_000), reason: "공사", once: false }, { do: "unshelve", reason: "끝" }],
      ["yard-high-p-2", { do: "out-of-service", order: "W-1", reason: "공사" }, { do: "in-service", reason: "끝" }],
    ] as const;
    for (const post of ["p-1", "p-2"]) w.raise(10, "high", post);
    w.until(20);
    for (const [alarm, away] of brought) expect(w.act({ ...away, alarm }, as("supervisor")).ok).toBe(true);
    // raised where nobody sees it: told for the first time when it is brought back
    w.act({ do: "shelve", alarm: "yard-low-p-3", until: at(30_000), reason: "공사", once: false });
    w.raise(40, "low", "p-3");
    w.until(hours8);
    for (const [alarm, , back] of brought) expect(w.act({ ...back, alarm }, as("supervisor")).ok).toBe(true);
    w.act({ do: "unshelve", alarm: "yard-low-p-3", reason: "끝" });
    w.until(hours8 + 10);
    for (const id of ["yard-high-p-1", "yard-high-p-2", "yard-low-p-3"]) expect(w.acknowledge(id).ok).toBe(true);
    w.until(hours8 + 60);
    const score = w.desk.score("city", 9);
    expect(score.toAcknowledge).toEqual({ city: 10, wall: 10, count: 3 });
    expect(score.split).toEqual({ 1: 0, 2: 2, 3: 0, 4: 0 });
  });

  it("takes a pause, a standstill and a room that was down for no watching, and knows a fast city from a slow one", () => {
    const w = world();
    const tell = (s: number, wall: number) => w.desk.advance({ timeline: "city", t: at(s), at: start + wall * second });
    for (let s = 60; s <= 3600; s += 60) tell(s, s / 60);
    expect(w.desk.score("city").rate).toBeCloseTo(60, 5);
    for (let wall = 61; wall < 600; wall++) w.desk.rest("city", start + wall * second);
    for (let s = 3660; s <= 7200; s += 60) tell(s, 600 + (s - 3600) / 60);
    expect(w.desk.score("city")).toMatchObject({ hours: 2, rate: expect.closeTo(60, 0) });
    tell(7260, 100_000);
    expect(w.desk.score("city").rate).toBeGreaterThan(55);
  });

  it("knows the rate of a city whose clock speaks far more often than its mark moves", () => {
    const w = world();
    for (let n = 1; n <= 600; n++) {
      const wall = start + n * 100;
      if (n % 10 === 0) w.desk.advance({ timeline: "city", t: start + n * 100, at: wall });
      else w.desk.rest("city", wall);
    }
    const { rate } = w.desk.score("city");
    expect(rate).toBeGreaterThan(0.95);
    expect(rate).toBeLessThan(1.05);
  });

  it("of less than a tenth of an hour begins before now, and its peak is no less than what the window holds", () => {
    const w = world();
    for (let n = 0; n < 4; n++) w.raise(590 + n, "high", `p-${n}`);
    w.until(720);
    const score = w.desk.score("city", 0.05);
    expect(score).toMatchObject({ from: at(600), to: at(720), hours: expect.closeTo(120 / 3600, 5) });
    expect(score.perTenMinutes).toMatchObject({ now: 4, peak: 4, peakAt: at(720) });
  });

  it("of real devices does not cover the time in which the room was down", () => {
    const w = deskWorld({ rules, posts: [{ id: "real", timeline: "field" }] });
    for (let s = 1; s <= 600; s++) w.until(s, "field");
    for (let s = 7801; s <= 8400; s++) w.until(s, "field");
    expect(w.desk.score("field")).toMatchObject({ from: at(1), to: at(8400), rate: 1, hours: expect.closeTo(1198 / 3600, 5) });
  });

  it("counts a step up after an acknowledgement, a shelf that ran out and a release, each once; a person who takes it off the shelf calls himself", () => {
    const w = world();
    w.raise(10, "low", "p-1");
    w.step(20, "low", "p-1", 3);
    w.until(30);
    w.acknowledge("yard-low-p-1");
    w.step(40, "low", "p-1", 1);
    w.until(50);
    expect(w.desk.score("city").split).toEqual({ 1: 1, 2: 0, 3: 0, 4: 1 });
    w.act({ do: "shelve", alarm: "yard-low-p-1", until: at(100), reason: "공사", once: false });
    w.until(200);
    expect(w.desk.score("city").split[1]).toBe(2);
    w.act({ do: "shelve", alarm: "yard-low-p-1", until: at(900), reason: "공사", once: false });
    w.act({ do: "unshelve", alarm: "yard-low-p-1" });
    w.until(300);
    expect(w.desk.score("city").split[1]).toBe(2);
  });

  it("finds what chatters and what is fleeting", () => {
    const w = world();
    for (const s of [10, 20, 30, 40]) {
      w.raise(s, "low", "p-1");
      w.clear(s + 5, "low", "p-1");
    }
    w.raise(100, "low", "p-2");
    w.clear(130, "low", "p-2");
    w.raise(100, "low", "p-3");
    w.clear(170, "low", "p-3");
    w.raise(200, "low", "p-4");
    w.clear(210, "low", "p-4");
    w.raise(260, "low", "p-4");
    w.until(300);
    const { chattering, fleeting } = w.desk.score("city");
    expect(chattering).toEqual([{ rule: "yard/low", device: "p-1", count: 2 }]);
    expect(fleeting).toEqual([{ rule: "yard/low", device: "p-2", count: 1 }]);
    expect(w.alarm("yard-low-p-1")).toMatchObject({ chattering: true, count: 4 });
    w.until(641);
    expect(w.alarm("yard-low-p-1").chattering).toBe(false);
    w.until(86_400 + 35);
    expect(w.alarm("yard-low-p-1").count).toBe(1);
  });

  it("names what has stood for longer than a day, and where the others are", () => {
    const w = world();
    for (const n of [1, 2, 3]) w.raise(n, "high", `p-${n}`);
    w.act({ do: "shelve", alarm: "yard-high-p-2", until: start + 11 * hour, reason: "공사", once: false });
    w.act({ do: "out-of-service", alarm: "yard-high-p-3", order: "W-1" }, as("supervisor"));
    w.until(10);
    expect(w.desk.score("city")).toMatchObject({ standing: 1, shelved: 1, outOfService: 1, stale: [] });
    w.until(86_400 + 2);
    expect(w.desk.score("city").stale).toEqual(["yard-high-p-1"]);
    w.until(86_400 + 3);
    expect(w.desk.score("city").stale).toEqual(["yard-high-p-1", "yard-high-p-2"]);
  });

  it("draws a verdict from thirty days on, and remembers no more", () => {
    const w = world();
    for (let h = 1; h <= 24 * 31; h++) {
      w.raise(h * 3600 - 1800, "high", "p-1");
      w.clear(h * 3600 - 900, "high", "p-1");
      w.until(h * 3600);
    }
    const score = w.desk.score("city");
    expect(score).toMatchObject({ judged: true, hours: 720, from: start + 24 * hour, perTenMinutes: { mean: expect.closeTo(1 / 6, 5) } });
    expect(score.top.list[0]?.count).toBe(720);
    expect(w.desk.state().shifts.city.tally.bins.length).toBeLessThanOrEqual(30 * 144);
    expect(w.desk.score("city", 24).hours).toBe(24);
    expect(w.desk.score("city", 24).to - w.desk.score("city", 24).from).toBe(1440 * minute);
  });
});
