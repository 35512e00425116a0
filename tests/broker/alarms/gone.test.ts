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
