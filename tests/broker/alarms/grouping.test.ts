import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCauseForest } from "../../../broker/alarms/groups/cause-forest.ts";
import { as, deskWorld, operator, postRule } from "../../support/desk-world.ts";

const rules = [
  postRule("storm"),
  postRule("level", {
    causedBy: [
      { rule: "yard/storm", within: "city" },
      { rule: "yard/level", within: "downstream" },
    ],
  }),
  postRule("path", { causedBy: [{ rule: "yard/level", within: "downstream" }] }),
  postRule("crowd", { causedBy: [{ rule: "yard/path", within: "district" }] }),
  ...(["city", "district"] as const).map((of) => postRule(of, { class: "maintenance", when: { kind: "outage", of, least: 3, share: 0.6 } })),
  postRule("gateway", { class: "maintenance" }),
  postRule("silent", { class: "maintenance", causedBy: [{ rule: "yard/gateway", within: "gateway" }] }),
];
const posts = [
  { id: "up", chainage: 1 },
  { id: "mid", chainage: 4 },
  { id: "down", chainage: 9 },
  { id: "gw-1", gateway: "g" },
  { id: "d-1", gateway: "g" },
  { id: "d-2", gateway: "g" },
  { id: "far", gateway: "h", district: "south" },
  { id: "real", gateway: "g", chainage: 9, timeline: "field" },
] as const;
const world = () => deskWorld({ rules, posts });
type World = ReturnType<typeof world>;
const tree = (w: World, ...ids: string[]) =>
  ids.map((id) => {
    const { group, cause, first, consequences } = w.alarm(id);
    return [cause, group, first, consequences];
  });

describe("a consequence", () => {
  it("hangs under its open cause, the top names the group, and whoever was first is marked", () => {
    const w = world();
    w.raise(10, "path", "mid");
    expect(tree(w, "yard-path-mid")).toEqual([[null, null, false, 0]]);
    w.raise(20, "level", "up");
    w.raise(30, "crowd", "down");
    w.raise(40, "storm", "far");
    expect(tree(w, "yard-storm-far", "yard-level-up", "yard-path-mid", "yard-crowd-down")).toEqual([
      [null, "yard-storm-far", false, 3],
      ["yard-storm-far", "yard-storm-far", false, 2],
      ["yard-level-up", "yard-storm-far", true, 1],
      ["yard-path-mid", "yard-storm-far", false, 0],
    ]);
  });

  it("is looked for within reach: water runs downstream, other districts and other timelines are apart", () => {
    const w = world();
    w.raise(1, "level", "mid");
    for (const post of ["up", "down", "real"]) w.raise(2, "path", post);
    w.raise(3, "crowd", "far");
    expect(tree(w, "yard-path-up", "yard-path-down", "yard-path-real", "yard-crowd-far").map(([cause]) => cause)).toEqual([
      null,
      "yard-level-mid",
      null,
      null,
    ]);
  });

  it("never hangs under what hangs under it", () => {
    const w = world();
    w.raise(1, "level", "up");
    w.raise(2, "level", "mid");
    w.raise(3, "level", "down");
    expect(tree(w, "yard-level-up", "yard-level-mid", "yard-level-down").map(([cause, , , n]) => [cause, n])).toEqual([
      [null, 2],
      ["yard-level-up", 0],
      ["yard-level-up", 0],
    ]);
  });

  it("of the city is only folded: it keeps its state, and stands alone when the cause has gone", () => {
    const w = world();
    w.raise(1, "level", "up");
    w.raise(2, "path", "mid");
    expect(w.letter("yard-path-mid")).toBe("B");
    w.desk.changed();
    w.clear(3, "level", "up");
    expect(tree(w, "yard-path-mid")).toEqual([[null, null, false, 0]]);
    expect(new Set(w.desk.changed().map(({ id }) => id))).toEqual(new Set(["yard-level-up", "yard-path-mid"]));
  });

  it("is not folded under what nobody sees", () => {
    const w = world();
    w.raise(1, "level", "up");
    w.raise(2, "path", "mid");
    w.act({ do: "shelve", alarm: "yard-level-up", until: w.at(600).t, reason: "공사", once: false }, operator);
    expect(tree(w, "yard-path-mid")[0]?.[0]).toBeNull();
    w.act({ do: "unshelve", alarm: "yard-level-up" });
    expect(tree(w, "yard-path-mid")[0]?.[0]).toBe("yard-level-up");
  });
});

describe("a silent device under its lost gateway", () => {
  it("is suppressed, whichever came first, counts under the gateway and calls nobody", () => {
    const w = world();
    w.raise(10, "silent", "d-1");
    w.raise(10, "gateway", "gw-1");
    w.raise(20, "silent", "d-2");
    w.until(30);
    expect(["yard-silent-d-1", "yard-silent-d-2"].map((id) => w.alarm(id))).toMatchObject([
      { state: "F", suppressed: { by: "yard-gateway-gw-1" }, cause: "yard-gateway-gw-1" },
      { state: "F" },
    ]);
    expect(w.alarm("yard-gateway-gw-1")).toMatchObject({ state: "B", consequences: 2, group: "yard-gateway-gw-1" });
    expect(w.desk.score("city").maintenance).toEqual({ raised: 1, standing: 1 });
    expect(w.told().filter(([, what]) => what === "suppressed")).toEqual([
      [10, "suppressed", "yard-silent-d-1", "BF"],
      [20, "suppressed", "yard-silent-d-2", "BF"],
    ]);
  });

  it("stays suppressed for a period after the gateway is back, and is released when it still says nothing", () => {
    const w = world();
    w.raise(10, "gateway", "gw-1");
    for (const post of ["d-1", "d-2"]) w.raise(10, "silent", post);
    w.clear(100, "gateway", "gw-1");
    expect(w.letter("yard-silent-d-1")).toBe("F");
    w.clear(130, "silent", "d-1");
    expect(w.letter("yard-silent-d-1")).toBe("A");
    w.until(219);
    expect(w.letter("yard-silent-d-2")).toBe("F");
    w.until(300);
    expect(w.alarm("yard-silent-d-2")).toMatchObject({ state: "B", cause: null, suppressed: null });
    expect(w.told().at(-1)).toEqual([220, "released", "yard-silent-d-2", "FB"]);
  });

  it("is not released when the gateway is lost again meanwhile", () => {
    const w = world();
    w.raise(10, "gateway", "gw-1");
    w.raise(10, "silent", "d-1");
    w.clear(100, "gateway", "gw-1");
    w.raise(150, "gateway", "gw-1");
    w.until(1000);
    expect(w.alarm("yard-silent-d-1")).toMatchObject({ state: "F", cause: "yard-gateway-gw-1" });
  });

  it("stays suppressed while the gateway is out of service or shelved", () => {
    const w = world();
    w.raise(10, "gateway", "gw-1");
    w.raise(10, "silent", "d-1");
    w.act({ do: "out-of-service", alarm: "yard-gateway-gw-1", order: "W-1" }, as("supervisor"));
    w.raise(20, "silent", "d-2");
    expect([w.letter("yard-silent-d-1"), w.letter("yard-silent-d-2")]).toEqual(["F", "F"]);
  });

  it("is let go when the gateway's device is removed", () => {
    const w = world();
    w.raise(10, "gateway", "gw-1");
    w.raise(10, "silent", "d-1");
    w.remove("gw-1");
    w.until(400);
    expect(w.letter("yard-silent-d-1")).toBe("B");
  });
});

describe("a lost gateway of a district that is cut off", () => {
  it("is suppressed with its devices under the one line of the district, whatever service tells it", () => {
    const w = world();
    w.raise(10, "gateway", "gw-1");
    w.raise(10, "silent", "d-1");
    w.raise(10, "district", "up");
    w.raise(20, "silent", "d-2");
    w.raise(20, "gateway", "far");
    w.until(30);
    expect(["yard-gateway-gw-1", "yard-silent-d-1", "yard-silent-d-2"].map((id) => w.alarm(id))).toMatchObject([
      { state: "F", suppressed: { by: "yard-district-up" }, cause: "yard-district-up" },
      { state: "F", cause: "yard-gateway-gw-1", group: "yard-district-up" },
      { state: "F", cause: "yard-gateway-gw-1", group: "yard-district-up" },
    ]);
    expect(w.alarm("yard-district-up")).toMatchObject({ state: "B", consequences: 3 });
    expect(w.alarm("yard-gateway-far")).toMatchObject({ state: "B", cause: null });
    expect(w.desk.score("city").maintenance).toEqual({ raised: 2, standing: 2 });
  });

  it("is released when it is still lost a while after the district is back", () => {
    const w = world();
    w.raise(10, "district", "up");
    w.raise(10, "gateway", "gw-1");
    w.clear(100, "district", "up");
    expect(w.letter("yard-gateway-gw-1")).toBe("F");
    w.until(300);
    expect(w.alarm("yard-gateway-gw-1")).toMatchObject({ state: "B", cause: null, suppressed: null });
  });

  it("hangs with its district under the city", () => {
    const w = world();
    w.raise(10, "district", "up");
    w.raise(10, "gateway", "gw-1");
    w.raise(10, "city", "far");
    expect(["yard-district-up", "yard-gateway-gw-1"].map((id) => w.alarm(id))).toMatchObject([
      { state: "F", cause: "yard-city-far" },
      { state: "F", cause: "yard-district-up", group: "yard-city-far" },
    ]);
  });
});

describe("a restart", () => {
  const step = fc.record({
    rule: fc.constantFrom(...rules.map(({ id }) => id)),
    post: fc.constantFrom(...posts.slice(0, 7).map(({ id }) => id)),
    what: fc.constantFrom("raise", "raise", "clear", "acknowledge", "shelve", "wait"),
  });
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

  /** One thing every twenty seconds. */
  function take(w: World, { rule, post, what }: Step, s: number): void {
    const id = `yard-${rule}-${post}`;
    const { active = false, occurrence = 0 } = w.desk.alarm(id) ?? {};
    if (what === "raise" && !active) w.raise(s, rule, post);
    if (what === "clear" && active) w.clear(s, rule, post);
    w.until(s);
    if (what === "acknowledge") w.acknowledge(id, occurrence);
    if (what === "shelve") w.act({ do: "shelve", alarm: id, until: w.at(s + 50).t, reason: "공사", once: false });
  }
  function live(steps: readonly Step[], restartAt: number) {
    const w = world();
    for (const [n, one] of steps.entries()) {
      if (n === restartAt) w.restart();
      take(w, one, (n + 1) * 20);
    }
    w.until(3000);
    const alarms = [...w.desk.alarms()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return { told: w.told(), alarms, score: w.desk.score("city") };
  }

  it("at any moment changes nothing of what follows", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(40), (steps, at) => {
        expect(live(steps, at)).toEqual(live(steps, -1));
      }),
      { numRuns: 150 },
    );
  });
});

/** What the forest must know, found by a walk through all of it. */
function walked(ids: readonly string[], causes: ReadonlyMap<string, string>, raisedAt: (id: string) => number) {
  const above = (id: string): string[] => (causes.has(id) ? [...above(causes.get(id)!), causes.get(id)!] : []);
  const under = (id: string): string[] => ids.filter((one) => above(one).includes(id));
  const topOf = (id: string): string => above(id)[0] ?? id;
  const seen = () =>
    ids.map((id) => {
      const group = [topOf(id), ...under(topOf(id))];
      const [first] = group.toSorted((a, b) => raisedAt(a) - raisedAt(b) || above(a).length - above(b).length || (a < b ? -1 : 1));
      return { id, top: topOf(id), size: under(id).length, first: group.length > 1 ? first : undefined };
    });
  return { above, seen };
}

describe("the forest of causes", () => {
  const ids = ["a", "b", "c", "d", "e", "f", "g"];
  const raisedAt = (id: string): number => (id.charCodeAt(0) * 7) % 5;

  it("knows sizes, tops and whoever was first as a walk through all of it would, and touches whom it changes", () => {
    const moves = fc.array(fc.tuple(fc.constantFrom(...ids), fc.option(fc.constantFrom(...ids))), { maxLength: 40 });
    fc.assert(
      fc.property(moves, (all) => {
        const touched = new Set<string>();
        const forest = createCauseForest(raisedAt, (id) => touched.add(id));
        const causes = new Map<string, string>();
        const { above, seen } = walked(ids, causes, raisedAt);
        for (const [id, cause] of all) {
          const before = seen();
          touched.clear();
          if (cause === null) forest.unlink(id);
          else if (cause !== id && !above(cause).includes(id)) forest.link(id, cause);
          else continue;
          if (cause === null) causes.delete(id);
          else causes.set(id, cause);
          forest.refresh();
          const now = seen();
          expect(ids.map((one) => ({ id: one, top: forest.topOf(one), size: forest.sizeOf(one), first: forest.firstOf(one) }))).toEqual(now);
          // an alarm shows its group, what hangs under it, and whether it was first
          const shown = ({ id: one, top, size, first }: (typeof now)[number]): string => `${one} ${top} ${size} ${first === one}`;
          const changed = now.filter((one, at) => shown(one) !== shown(before[at]!)).map(({ id: one }) => one);
          expect([...touched]).toEqual(expect.arrayContaining(changed));
        }
      }),
      { numRuns: 300 },
    );
  });
});
