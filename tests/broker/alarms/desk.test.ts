import { describe, expect, it } from "vitest";
import type { Evidence } from "../../../shared/alarm.ts";
import { as, deskWorld, operator, postRule, second, yardWith } from "../../support/desk-world.ts";
import { hour, start } from "../../support/ingest-world.ts";

const rules = [postRule("high"), postRule("button", { latched: true, priority: 1 })];
const posts = [{ id: "p-1" }, { id: "p-2" }];
const id = "yard-high-p-1";
const world = () => deskWorld({ rules, posts });
const until = (seconds: number): number => start + seconds * second;
const shelve = (seconds: number, more: object = {}) =>
  ({ do: "shelve", alarm: id, until: until(seconds), reason: "공사", once: false, ...more }) as const;

describe("acknowledging", () => {
  it("applies to the occurrences that the person saw; the others are left, with the reason", () => {
    const w = world();
    for (const post of ["p-1", "p-2"]) w.raise(10, "high", post);
    w.clear(20, "high", "p-2");
    w.raise(30, "high", "p-2");
    w.until(40);
    const alarms = [
      { id, occurrence: 1 },
      { id: "yard-high-p-2", occurrence: 1 },
      { id: "yard-high-p-9", occurrence: 1 },
    ];
    expect(w.act({ do: "acknowledge", alarms, note: "현장 확인" })).toEqual({
      ok: true,
      value: {
        alarms: [id],
        left: [
          { id: "yard-high-p-2", reason: "it is no longer that occurrence" },
          { id: "yard-high-p-9", reason: "there is no such alarm" },
        ],
      },
    });
    expect([w.letter(id), w.letter("yard-high-p-2")]).toEqual(["C", "B"]);
    expect(w.alarm(id)).toMatchObject({ ackedBy: "박준호", ackedAt: until(40), comments: 1, notes: [{ text: "현장 확인", by: "박준호" }] });
    expect(w.journal.lines({ alarm: id, limit: 9 }).at(-1)).toMatchObject({
      ...{
        what: "acknowledged",
        by: "박준호",
        role: "operator",
        before: "B",
        after: "C",
        reason: "현장 확인",
        occurrence: 1,
        t: until(40),
        run: "r1",
      },
    });
    expect(w.acknowledge(id)).toEqual({ ok: false, reason: "it is acknowledged already" });
  });

  it("is of one run: what was seen before a reset is refused with a reason, though its id and its occurrence are there again", () => {
    const w = world();
    w.raise(10, "high", "p-1");
    w.until(20);
    const seen = w.alarm(id);
    expect(seen).toMatchObject({ occurrence: 1, run: "r1" });
    w.journal.begin("r2");
    w.desk.forget("city");
    w.raise(10, "high", "p-1");
    w.until(20);
    expect(w.alarm(id)).toMatchObject({ occurrence: 1, run: "r2", raisedAt: seen.raisedAt });
    const reason = "the city was reset: it is an alarm of another run";
    const { run } = seen;
    expect(w.act({ do: "acknowledge", alarms: [{ id, occurrence: 1, run }] })).toEqual({ ok: false, reason });
    expect(w.act(shelve(600, { run }))).toEqual({ ok: false, reason });
    expect(w.act({ do: "comment", alarm: id, run, note: "현장 확인" })).toEqual({ ok: false, reason });
    expect(w.act({ do: "out-of-service", alarm: id, run, order: "W-1" }, as("supervisor"))).toEqual({ ok: false, reason });
    expect(w.letter(id)).toBe("B");
    expect(w.act({ do: "acknowledge", alarms: [{ id, occurrence: 1, run: "r2" }] })).toMatchObject({ ok: true });
    expect(w.letter(id)).toBe("C");
  });

  it("ends what has returned to normal, and what is normal leaves the list, told once", () => {
    const w = world();
    w.raise(1, "high", "p-1");
    w.clear(2, "high", "p-1");
    w.until(3);
    expect(w.desk.changed().map(({ state }) => state)).toEqual(["D"]);
    w.acknowledge(id);
    expect(w.desk.alarms()).toEqual([]);
    expect(w.desk.changed().map(({ state }) => state)).toEqual(["A"]);
    expect(w.desk.changed()).toEqual([]);
  });

  it("does not outlive a step up", () => {
    const w = world();
    w.raise(1, "high", "p-1");
    w.acknowledge(id);
    w.step(5, "high", "p-1", 1);
    expect(w.alarm(id)).toMatchObject({ state: "B", priority: 1, ackedBy: null, occurrence: 1 });
    w.acknowledge(id);
    w.step(9, "high", "p-1", 3);
    expect(w.alarm(id)).toMatchObject({ state: "C", priority: 3 });
  });
});

describe("what an alarm was judged by", () => {
  const judged = (s: number, value: number): { readonly evidence: Evidence } => ({
    evidence: {
      ...{ t: start + s * second, rule: "yard/high", version: 1, condition: { ko: `${value}`, en: `above ${value}` } },
      ...{ inputs: [{ device: "p-1", metric: "level", t: start + s * second, value }], baseline: null, neighbours: [], verdict: null },
    },
  });
  const earlier = (w: ReturnType<typeof world>) => w.alarm(id).evidence?.earlier?.map(({ priority, inputs }) => [priority, inputs[0]?.value]);

  it("stays when it is graded again, the first of all and the newest, and goes with its occurrence", () => {
    const w = world();
    w.raise(1, "high", "p-1", { priority: 3, ...judged(1, 1) });
    expect(earlier(w)).toBeUndefined();
    w.step(2, "high", "p-1", 2, judged(2, 2));
    w.step(3, "high", "p-1", 1, judged(3, 3));
    expect(earlier(w)).toEqual([
      [3, 1],
      [2, 2],
    ]);
    expect(w.alarm(id).evidence?.inputs[0]?.value).toBe(3);
    for (let s = 4; s < 40; s++) w.step(s, "high", "p-1", s % 2 === 0 ? 2 : 1, judged(s, s));
    expect([earlier(w)?.length, earlier(w)?.[0], earlier(w)?.at(-1)]).toEqual([8, [3, 1], [2, 38]]);
    w.clear(50, "high", "p-1");
    w.raise(60, "high", "p-1", judged(60, 60));
    expect(earlier(w)).toBeUndefined();
  });
});

describe("a shelf", () => {
  it("runs out in event time, at its very instant, and what still holds calls again", () => {
    const w = world();
    w.raise(10, "high", "p-1");
    w.until(20);
    expect(w.act(shelve(620)).ok).toBe(true);
    expect(w.letter(id)).toBe("E");
    w.until(619);
    expect(w.letter(id)).toBe("E");
    w.until(900);
    expect(w.letter(id)).toBe("B");
    expect(w.told().slice(1)).toEqual([
      [20, "shelved", id, "BE"],
      [620, "returned", id, "EB"],
    ]);
  });

  it("of an inactive alarm is allowed, also of one that has never been raised; what comes meanwhile is told to nobody but the journal", () => {
    const w = world();
    expect(w.act(shelve(600)).ok).toBe(true);
    w.raise(10, "high", "p-1");
    w.clear(20, "high", "p-1");
    expect(w.letter(id)).toBe("E");
    w.until(700);
    expect(w.desk.alarms()).toEqual([]);
    expect(w.told().map(([, what, , letters]) => `${what} ${letters}`)).toEqual(["shelved AE", "raised EE", "cleared EE", "returned EA"]);
    expect(w.desk.score("city").split[3]).toBe(0);
  });

  it("for once ends when the condition goes", () => {
    const w = world();
    w.raise(10, "high", "p-1");
    w.act(shelve(36_000, { once: true }));
    w.clear(60, "high", "p-1");
    expect(w.desk.alarms()).toEqual([]);
    w.raise(70, "high", "p-1");
    expect(w.letter(id)).toBe("B");
  });

  it("lasts at most a shift for an operator, thirty days for a supervisor, and never ends in the past", () => {
    const w = world();
    w.raise(0, "high", "p-1");
    expect(w.act(shelve(13 * 3600))).toMatchObject({ ok: false, reason: expect.stringContaining("supervise") });
    expect(w.act(shelve(12 * 3600)).ok).toBe(true);
    expect(w.act(shelve(13 * 3600), as("supervisor")).ok).toBe(true);
    expect(w.act(shelve(31 * 86_400), as("supervisor"))).toMatchObject({ ok: false, reason: expect.stringContaining("work order") });
    expect(w.act(shelve(0))).toMatchObject({ ok: false });
    expect(w.act(shelve(600, { occurrence: 7 }))).toEqual({ ok: false, reason: "it is no longer that occurrence" });
    expect(w.act({ do: "unshelve", alarm: id }).ok).toBe(true);
    expect(w.act({ do: "unshelve", alarm: id }).ok).toBe(false);
  });

  it("can be taken longer: only the newest end counts", () => {
    const w = world();
    w.raise(1, "high", "p-1");
    w.act(shelve(60));
    w.act(shelve(600));
    w.until(300);
    expect(w.letter(id)).toBe("E");
    w.until(600);
    expect(w.letter(id)).toBe("B");
  });
});

describe("the right to act", () => {
  const order = { do: "out-of-service", alarm: id, order: "W-17" } as const;

  it("is asked for again at the desk", () => {
    const w = world();
    w.raise(1, "high", "p-1");
    for (const role of ["viewer", "demonstrator", "tester"] as const) {
      expect(w.act(shelve(60), as(role)), role).toMatchObject({ ok: false, reason: expect.stringContaining('"act"') });
      expect(w.act({ do: "acknowledge", alarms: [{ id, occurrence: 1 }] }, as(role)).ok).toBe(false);
    }
    expect(w.act(order, operator)).toMatchObject({ ok: false, reason: expect.stringContaining('"supervise"') });
    expect(w.act(order, as("supervisor")).ok).toBe(true);
    expect(w.act({ do: "in-service", alarm: id }, operator).ok).toBe(false);
    expect(w.act({ do: "in-service", alarm: id }, as("supervisor")).ok).toBe(true);
  });

  it("to alarms of a sensitive service is that of care: for others there is none", () => {
    const ward = yardWith(rules, true);
    const w = deskWorld({ rules, posts: [{ id: "h-1", service: ward }] });
    w.raise(1, "button", "h-1");
    expect(w.acknowledge("ward-button-h-1")).toEqual({ ok: false, reason: "there is no such alarm" });
    expect(w.act({ do: "acknowledge", alarms: [{ id: "ward-button-h-1", occurrence: 1 }] }, as("care")).ok).toBe(true);
  });

  it("lets a supervisor take an alarm out of service, under a work order, without an end of its own", () => {
    const w = world();
    w.act(order, as("supervisor"));
    w.raise(10, "high", "p-1");
    w.until(400 * 86_400);
    expect(w.alarm(id)).toMatchObject({ state: "G", active: true, outOfService: { order: "W-17", by: "supervisor" } });
    w.act({ do: "in-service", alarm: id }, as("supervisor"));
    expect(w.letter(id)).toBe("B");
  });
});

describe("a latched alarm", () => {
  const button = "yard-button-p-1";
  const reset = { do: "reset", alarm: button } as const;

  it("stays until it is reset, which does nothing while the condition holds or nobody has acknowledged it", () => {
    const w = world();
    w.raise(1, "button", "p-1");
    expect(w.act(reset)).toEqual({ ok: false, reason: "its condition still holds" });
    w.clear(2, "button", "p-1");
    expect(w.letter(button)).toBe("B");
    expect(w.act(reset)).toEqual({ ok: false, reason: "acknowledge it first" });
    w.acknowledge(button);
    expect(w.letter(button)).toBe("C");
    expect(w.act(reset).ok).toBe(true);
    expect(w.desk.alarms()).toEqual([]);
  });
});

describe("people", () => {
  it("comment and take an alarm on; who had taken on an occurrence has not taken on the next", () => {
    const w = world();
    w.raise(1, "high", "p-1");
    w.act({ do: "comment", alarm: id, note: "순찰차 보냄" });
    w.act({ do: "assign", alarm: id, to: "이서연" });
    expect(w.alarm(id)).toMatchObject({ owner: "이서연", comments: 1 });
    expect(w.journal.lines({ limit: 9 }).slice(1)).toMatchObject([
      { what: "comment", reason: "순찰차 보냄" },
      { what: "assigned", before: null, after: "이서연" },
    ]);
    w.act({ do: "assign", alarm: id, to: null });
    expect(w.alarm(id).owner).toBeNull();
    w.act({ do: "assign", alarm: id, to: "이서연" });
    w.clear(2, "high", "p-1");
    w.acknowledge(id);
    w.raise(3, "high", "p-1");
    expect(w.alarm(id)).toMatchObject({ owner: null, comments: 1 });
  });
});

describe("a history that was made before the room opened", () => {
  it("belongs to the previous shift: only what is active opens on the desk", () => {
    const w = deskWorld({ rules, posts, closed: true });
    w.raise(10, "high", "p-1");
    w.clear(20, "high", "p-1");
    w.raise(30, "button", "p-1");
    w.clear(31, "button", "p-1");
    w.raise(40, "high", "p-2");
    w.until(50);
    w.desk.open(w.at(50));
    expect(w.desk.alarms()).toMatchObject([{ id: "yard-high-p-2", state: "B", inherited: true }]);
    w.until(60);
    expect(w.desk.score("city")).toMatchObject({ perTenMinutes: { now: 0, mean: 0 }, from: until(50), standing: 1 });
    w.clear(70, "high", "p-2");
    w.raise(80, "high", "p-2");
    expect(w.alarm("yard-high-p-2")).toMatchObject({ inherited: false, occurrence: 2 });
  });
});

describe("another run", () => {
  it("takes the city's alarms off every screen, and leaves those of real devices", () => {
    const w = deskWorld({ rules, posts: [...posts, { id: "real", timeline: "field" }] });
    w.raise(1, "high", "p-1");
    w.raise(1, "high", "real");
    w.desk.changed();
    w.desk.forget("city");
    expect(w.desk.alarms().map(({ device }) => device)).toEqual(["real"]);
    expect(w.desk.changed()).toMatchObject([{ id, state: "A", active: false }]);
  });

  it("from an image begins with what stood when it was made, and with its timers", () => {
    const first = world();
    first.raise(1, "high", "p-1");
    first.until(5);
    first.act(shelve(600));
    const image = structuredClone(first.desk.state());
    const w = deskWorld({ rules, posts: [...posts, { id: "real", timeline: "field" }] });
    w.raise(1, "high", "real");
    w.desk.forget("city");
    w.desk.restore(image, "city");
    expect(new Set(w.desk.alarms().map(({ id: one, state }) => `${one} ${state}`))).toEqual(new Set(["yard-high-real B", `${id} E`]));
    w.until(600);
    expect(w.letter(id)).toBe("B");
  });
});

describe("a device that is removed", () => {
  it("takes its alarms with it", () => {
    const w = world();
    w.raise(1, "high", "p-1");
    w.until(2);
    w.desk.changed();
    w.remove("p-1");
    w.until(3);
    expect(w.desk.changed()).toMatchObject([{ id, state: "A" }]);
    w.until(hour);
    expect(w.desk.alarms()).toEqual([]);
  });
});

describe("an alarm that has never been raised", () => {
  it("is there for planned work: normal, with why it would call, and nothing of it in the list", () => {
    const w = world();
    expect(w.alarm(id)).toMatchObject({
      id,
      state: "A",
      occurrence: 0,
      service: "yard",
      device: "p-1",
      title: { en: "high" },
      journal: [],
      group: null,
    });
    for (const none of ["yard-high-p-9", "yard-low-p-1", "ward-high-p-1", "p-1"]) expect(w.desk.alarm(none)).toBeUndefined();
    expect([w.desk.alarms(), w.desk.changed(), w.desk.state().alarms]).toEqual([[], [], []]);
    w.act({ do: "out-of-service", alarm: id, order: "W-1" }, as("supervisor"));
    expect(w.alarm(id)).toMatchObject({ state: "G", occurrence: 0 });
  });
});
