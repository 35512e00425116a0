import { describe, expect, it } from "vitest";
import type { Alarm } from "../../../shared/alarm.ts";
import { deskWorld, postRule } from "../../support/desk-world.ts";

const rules = [
  postRule("level"),
  postRule("path", { causedBy: [{ rule: "yard/level", within: "gateway" }] }),
  postRule("silent", { class: "maintenance", causedBy: [{ rule: "yard/level", within: "gateway" }] }),
];
const posts = [
  { id: "p-1", gateway: "g" },
  { id: "p-2", gateway: "g" },
];
const normal = { state: "A", active: false, acked: true, suppressed: null, group: null, cause: null, consequences: 0 };
const byId = (a: Alarm, b: Alarm): number => (a.id < b.id ? -1 : 1);

describe("what a removed device leaves", () => {
  it("is told as normal, once, of each of its alarms, also of those in one group and of what was suppressed", () => {
    const w = deskWorld({ rules, posts });
    w.raise(1, "level", "p-1");
    for (const rule of ["path", "silent"]) w.raise(2, rule, "p-1");
    w.until(5);
    expect(new Set(w.desk.changed().map(({ id }) => id)).size).toBe(3);
    w.remove("p-1");
    w.until(10);
    const told = [...w.desk.changed()].sort(byId);
    expect(told.map(({ id }) => id)).toEqual(["yard-level-p-1", "yard-path-p-1", "yard-silent-p-1"]);
    for (const one of told) expect(one).toMatchObject(normal);
    w.until(20);
    expect(w.desk.changed()).toEqual([]);
  });

  it("is told when the cause went with one device and the consequence with another", () => {
    const w = deskWorld({ rules, posts });
    w.raise(1, "path", "p-1");
    w.raise(2, "level", "p-2");
    w.desk.changed();
    for (const id of ["p-1", "p-2"]) w.remove(id);
    w.until(10);
    expect(
      w.desk
        .changed()
        .map(({ id, state }) => [id, state])
        .sort(),
    ).toEqual([
      ["yard-level-p-2", "A"],
      ["yard-path-p-1", "A"],
    ]);
  });

  it("is told, too, when it changed or became normal in the moment before, and nobody had heard of that yet", () => {
    const w = deskWorld({ rules, posts });
    w.raise(1, "level", "p-1");
    w.raise(1, "level", "p-2");
    w.until(2);
    w.desk.changed();
    w.step(3, "level", "p-1", 1);
    w.acknowledge("yard-level-p-2");
    w.clear(3, "level", "p-2");
    for (const id of ["p-1", "p-2"]) w.remove(id);
    w.until(10);
    expect(
      w.desk
        .changed()
        .map(({ id, state }) => [id, state])
        .sort(),
    ).toEqual([
      ["yard-level-p-1", "A"],
      ["yard-level-p-2", "A"],
    ]);
  });
});

describe("a device that comes while alarms stand", () => {
  it("is nobody's news: no alarm is told again, and all go on as they were", () => {
    const w = deskWorld({ rules, posts });
    for (const rule of ["level", "path"]) w.raise(1, rule, "p-1");
    w.until(5);
    w.desk.changed();
    w.put({ id: "p-3", gateway: "g" });
    w.until(10);
    expect(w.desk.changed()).toEqual([]);
    w.raise(11, "path", "p-3");
    const causes = () => w.desk.changed().flatMap(({ id, cause }) => (id.startsWith("yard-path") ? [[id, cause]] : []));
    expect(causes()).toContainEqual(["yard-path-p-3", "yard-level-p-1"]);
    w.clear(12, "level", "p-1");
    expect(causes().sort()).toEqual([
      ["yard-path-p-1", null],
      ["yard-path-p-3", null],
    ]);
  });

  it("is looked at when it was there before: its alarms are told anew", () => {
    const w = deskWorld({ rules, posts });
    w.raise(1, "level", "p-1");
    w.until(5);
    w.desk.changed();
    w.put({ id: "p-1", gateway: "g", district: "d-2" });
    w.until(10);
    expect(w.desk.changed()).toMatchObject([{ id: "yard-level-p-1", district: "d-2" }]);
  });
});

describe("an alarm whose rule has left the contract, or makes no alarms any more", () => {
  it("does not stay on the desk: it is shown until the desk has looked, then told as normal once", () => {
    for (const next of [[], [postRule("level", { version: 2, outcome: "event" })]]) {
      const w = deskWorld({ rules, posts });
      w.raise(1, "level", "p-1");
      w.until(2);
      const state = structuredClone(w.desk.state());
      const { desk, at } = deskWorld({ rules: next, posts });
      desk.restore(state);
      expect(desk.alarms().map(({ id, state: letter }) => [id, letter])).toEqual([["yard-level-p-1", "B"]]);
      desk.changed();
      desk.advance(at(10));
      expect(desk.changed().map(({ id, state: letter }) => [id, letter])).toEqual([["yard-level-p-1", "A"]]);
      expect([desk.alarms(), desk.state().alarms, desk.changed()]).toEqual([[], [], []]);
    }
  });
});
