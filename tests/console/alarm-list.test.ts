import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cluster, clustersOf, linesOf, refreshed } from "../../console/web/views/alarms/clusters.ts";
import { countsOf } from "../../console/web/views/alarms/counts.ts";
import { allFacets, countIn, filtered, inTab, leaving, matrixOf, stateRows } from "../../console/web/views/alarms/facets.ts";
import { inOrder, mostUrgent, newestUnacknowledged } from "../../console/web/views/alarms/order.ts";
import { type Press, successorOf, walkOf } from "../../console/web/views/alarms/walk.ts";
import type { Alarm } from "../../shared/alarm.ts";
import { listedAlarm } from "../support/listed-alarm.ts";

const ids = (clusters: readonly Cluster[]) => clusters.flatMap(({ head, under }) => [head.id, ...under.map(({ id }) => `  ${id}`)]);
const byId = (alarms: readonly Alarm[]) => new Map(alarms.map((alarm) => [alarm.id, alarm]));
const unacknowledged = { acked: false } as const;
const cleared = { active: false, acked: false } as const;

it("the row that comes to the place of what was put away is chosen next; what another took away leaves the choice alone", () => {
  const lines = linesOf(clustersOf([listedAlarm({ id: "a" }), listedAlarm({ id: "c" })], false), new Map(), false);
  const [first, last] = lines.map(({ id }) => id);
  expect(successorOf(lines, { id: "b", at: 1 }, ["b"])).toBe(last);
  expect(successorOf(lines, { id: "d", at: 2 }, ["d"])).toBe(last);
  expect(successorOf(lines, { id: "b", at: 0 }, ["b"])).toBe(first);
  expect(successorOf(lines, { id: "b", at: 1 }, [])).toBeUndefined();
  expect(successorOf(lines, { id: "a", at: 0 }, ["a"])).toBeUndefined();
  expect(successorOf([], { id: "b", at: 0 }, ["b"])).toBeUndefined();
});

describe("the order of the list", () => {
  it("is active before returned, unacknowledged before acknowledged, then priority, then oldest first", () => {
    const alarms = [
      listedAlarm({ id: "cleared-p1", priority: 1, ...cleared }),
      listedAlarm({ id: "acked-p1", priority: 1 }),
      listedAlarm({ id: "new-p4", priority: 4, ...unacknowledged }),
      listedAlarm({ id: "new-p2-young", priority: 2, raisedAt: 20, ...unacknowledged }),
      listedAlarm({ id: "new-p2-old", priority: 2, raisedAt: 10, ...unacknowledged }),
    ];
    expect([...alarms].sort(inOrder).map(({ id }) => id)).toEqual(["new-p2-old", "new-p2-young", "new-p4", "acked-p1", "cleared-p1"]);
  });
  it("never puts a cleared alarm above an active one, whatever their priorities", () => {
    const rank = fc.constantFrom(1, 2, 3, 4) as fc.Arbitrary<Alarm["priority"]>;
    fc.assert(
      fc.property(rank, rank, fc.boolean(), (one, other, acked) => {
        const active = listedAlarm({ id: "active", priority: one, acked });
        return inOrder(active, listedAlarm({ id: "cleared", priority: other, ...cleared })) < 0;
      }),
    );
  });
  it("names the most urgent and the newest unacknowledged of operations alone", () => {
    const alarms = [
      listedAlarm({ id: "sensor", class: "maintenance", priority: 1, raisedAt: 0, ...unacknowledged }),
      listedAlarm({ id: "new-sensor", class: "maintenance", priority: 1, raisedAt: 99, ...unacknowledged }),
      listedAlarm({ id: "old-p1", priority: 1, raisedAt: 1, ...unacknowledged }),
      listedAlarm({ id: "new-p3", priority: 3, raisedAt: 50, ...unacknowledged }),
    ];
    expect(mostUrgent(alarms)?.id).toBe("old-p1");
    expect(newestUnacknowledged(alarms)?.id).toBe("new-p3");
    expect(mostUrgent([])).toBeUndefined();
  });
});

describe("groups", () => {
  const cause = listedAlarm({ id: "cause", priority: 3, group: "cause", first: true });
  const worst = listedAlarm({ id: "worst", priority: 1, group: "cause", cause: "cause", ...unacknowledged });
  const mild = listedAlarm({ id: "mild", priority: 4, group: "cause", cause: "cause" });
  const alone = listedAlarm({ id: "alone", priority: 2, ...unacknowledged });

  it("hang under their cause and stand where their most urgent member would", () => {
    expect(ids(clustersOf([alone, mild, cause, worst], true))).toEqual(["cause", "  worst", "  mild", "alone"]);
  });
  it("are undone where every alarm is asked for by itself", () => {
    expect(ids(clustersOf([alone, mild, cause, worst], false))).toEqual(["worst", "alone", "cause", "mild"]);
  });
  it("of which the cause is not in the list stand by themselves", () => {
    expect(ids(clustersOf([mild, worst], true))).toEqual(["worst", "mild"]);
  });
  it("are closed from seven consequences on, until somebody opens them", () => {
    const many = Array.from({ length: 7 }, (_, at) => listedAlarm({ id: `c${at}`, group: "cause", cause: "cause" }));
    const clusters = clustersOf([cause, ...many], true);
    expect(linesOf(clusters, new Map(), false)).toHaveLength(1);
    expect(linesOf(clusters, new Map([["cause", true]]), false)).toHaveLength(8);
    expect(linesOf(clustersOf([cause, ...many.slice(1)], true), new Map(), false)).toHaveLength(7);
  });
  it("fold the fourth priority into one line in a flood, and only then", () => {
    const lowest = [1, 2].map((at) => listedAlarm({ id: `p4-${at}`, priority: 4 }));
    const clusters = clustersOf([alone, ...lowest], true);
    expect(linesOf(clusters, new Map(), true).map(({ kind, id }) => [kind, id])).toEqual([
      ["alarm", "alone"],
      ["fold", "fold-p4"],
    ]);
    expect(linesOf(clusters, new Map([["fold-p4", true]]), true)).toHaveLength(4);
    expect(linesOf(clusters, new Map(), false)).toHaveLength(3);
  });
});

describe("a list that is held", () => {
  const one = listedAlarm({ id: "one", priority: 3 });
  const two = listedAlarm({ id: "two", priority: 3, raisedAt: 5 });
  const held = clustersOf([one, two], true);

  it("keeps every row where it is, says what has become of it, and counts what is new", () => {
    const graver = listedAlarm({ ...two, priority: 1, acked: false });
    const fresh = listedAlarm({ id: "fresh", priority: 1, ...unacknowledged });
    const view = refreshed(held, clustersOf([one, graver, fresh], true), byId([one, graver, fresh]));
    expect(ids(view.clusters)).toEqual(["one", "two"]);
    expect(view.clusters[1]?.head).toMatchObject({ priority: 1, state: "B" });
    expect(view.fresh).toBe(1);
  });
  it("keeps the row of an alarm that is normal again, and says so", () => {
    const view = refreshed(held, clustersOf([two], true), byId([two]));
    expect(view.clusters.map(({ head }) => [head.id, head.state])).toEqual([
      ["one", "A"],
      ["two", "C"],
    ]);
    expect(view.fresh).toBe(0);
  });
  it("counts a new consequence as new, also when its group is closed", () => {
    const child = listedAlarm({ id: "child", group: "one", cause: "one" });
    const head = listedAlarm({ ...one, group: "one" });
    expect(refreshed(held, clustersOf([head, two, child], true), byId([head, two, child])).fresh).toBe(1);
  });
});

describe("lists and filters", () => {
  const alarms = [
    listedAlarm({ id: "active", ...unacknowledged }),
    listedAlarm({ id: "sensor", class: "maintenance" }),
    listedAlarm({ id: "shelved", shelved: { until: 1, by: "a", reason: "b", once: false } }),
    listedAlarm({ id: "suppressed", suppressed: { by: "gateway" } }),
    listedAlarm({ id: "away", outOfService: { since: 0, by: "a", order: "WO-1" } }),
    listedAlarm({ id: "queue", service: "traffic", priority: 1 }),
  ];
  it("hold each alarm in one list alone", () => {
    const listed = (tab: Parameters<typeof inTab>[1]) => alarms.filter((alarm) => inTab(alarm, tab)).map(({ id }) => id);
    expect(listed("active")).toEqual(["active", "queue"]);
    expect(listed("maintenance")).toEqual(["sensor"]);
    expect(listed("shelved")).toEqual(["shelved"]);
    expect(listed("suppressed")).toEqual(["suppressed"]);
    expect(listed("out-of-service")).toEqual(["away"]);
    expect(listed("history")).toEqual([]);
  });
  it("leave what fits service, priority, state and every word", () => {
    const words = ({ id, service }: Alarm) => `${id} ${service}`;
    const left = (part: Partial<typeof allFacets>) => filtered(alarms, { ...allFacets, ...part }, words).map(({ id }) => id);
    expect(left({ service: "traffic" })).toEqual(["queue"]);
    expect(left({ priority: 1 })).toEqual(["queue"]);
    expect(left({ without: ["B"] })).not.toContain("active");
    expect(left({ text: " Stream  ACT" })).toEqual(["active"]);
    expect(left({ text: "stream queue" })).toEqual([]);
    expect(left({ class: "maintenance" })).toEqual(["sensor"]);
  });
  it("are counted by service and priority, and in the banner apart by what they are", () => {
    const matrix = matrixOf(alarms.filter((alarm) => inTab(alarm, "active")));
    expect(matrix.get("traffic")).toEqual({ 1: 1, 2: 0, 3: 0, 4: 0 });
    expect(matrix.get("")).toEqual({ 1: 1, 2: 0, 3: 1, 4: 0 });
    expect(countsOf(alarms)).toEqual({
      by: {
        1: { all: 1, unacknowledged: 0, calling: 0 },
        2: { all: 0, unacknowledged: 0, calling: 0 },
        3: { all: 1, unacknowledged: 1, calling: 1 },
        4: { all: 0, unacknowledged: 0, calling: 0 },
      },
      ...{ unacknowledged: 1, maintenance: 1, shelved: 1, suppressed: 1, outOfService: 1 },
    });
  });
  it("are unacknowledged in the banner and in the filter of that name alike: also where the condition has gone", () => {
    const desk = [...alarms, listedAlarm({ id: "gone", priority: 2, ...cleared })];
    const { by, unacknowledged: inBanner } = countsOf(desk);
    const row = (id: string) => stateRows.find((one) => one.id === id)?.letters ?? [];
    const listed = desk.filter((alarm) => inTab(alarm, "active"));
    expect(inBanner).toBe(2);
    expect(countIn(listed, row("unacknowledged"))).toBe(inBanner);
    expect(countIn(listed, row("standing")) + countIn(listed, row("cleared"))).toBe(inBanner);
    // What has gone is counted, and calls nobody.
    expect(by[2]).toEqual({ all: 1, unacknowledged: 1, calling: 0 });
    expect(leaving([], row("unacknowledged"), false)).toEqual(["B", "D"]);
    expect(leaving(["B", "C"], row("unacknowledged"), true)).toEqual(["C"]);
  });
  it("stay usable with two thousand alarms: an order, a filter and a refresh together fit into a tenth of a second", () => {
    const many = Array.from({ length: 2000 }, (_, at) =>
      listedAlarm({
        id: `a${at}`,
        raisedAt: (at * 7919) % 2000,
        priority: ((at % 4) + 1) as Alarm["priority"],
        acked: at % 3 === 0,
        group: `a${at - (at % 20)}`,
      }),
    );
    const held = clustersOf(many, true);
    const known = byId(many);
    const began = performance.now();
    const present = clustersOf(
      filtered(many, { ...allFacets, text: "a" }, ({ id }) => id),
      true,
    );
    const lines = linesOf(refreshed(held, present, known).clusters, new Map(), true);
    expect(lines.length).toBeGreaterThan(90);
    // Ten times of what was measured: this finds a cost that grows with the square.
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe("keys in the list", () => {
  const lines = linesOf(
    clustersOf(
      [
        listedAlarm({ id: "a", group: "a", ...unacknowledged }),
        listedAlarm({ id: "b", group: "a", cause: "a" }),
        listedAlarm({ id: "c", raisedAt: 9 }),
      ],
      true,
    ),
    new Map(),
    false,
  );
  const press = (code: string, part: Partial<Press> = {}): Press => ({
    code,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...part,
  });
  const walk = (code: string, at: number, part?: Partial<Press>) => walkOf(press(code, part), lines, at, 10);

  it("walk and stop at the ends", () => {
    expect(walk("ArrowDown", 0)).toEqual({ do: "go", to: 1, marks: false });
    expect(walk("ArrowUp", 0)).toEqual({ do: "go", to: 0, marks: false });
    expect(walk("End", 0)).toEqual({ do: "go", to: 2, marks: false });
    expect(walk("ArrowDown", -1)).toEqual({ do: "go", to: 0, marks: false });
    expect(walk("ArrowDown", 1, { shiftKey: true })).toEqual({ do: "go", to: 2, marks: true });
  });
  it("fold, unfold and go from a consequence to its cause", () => {
    expect(walk("ArrowLeft", 0)).toEqual({ do: "fold", id: "a", open: false });
    expect(walk("ArrowLeft", 1)).toEqual({ do: "go", to: 0, marks: false });
    expect(walk("ArrowRight", 0)).toBeUndefined();
    expect(walk("ArrowLeft", 2)).toBeUndefined();
  });
  it("mark a row, mark what is in sight, open; everything else is the room's", () => {
    expect(walk("Space", 1)).toEqual({ do: "mark", id: "b" });
    expect(walk("KeyA", 1, { ctrlKey: true })).toEqual({ do: "mark-all" });
    expect(walk("Enter", 2)).toEqual({ do: "open", id: "c" });
    expect(walk("KeyK", 1)).toBeUndefined();
    expect(walk("KeyA", 1)).toBeUndefined();
    expect(walkOf(press("ArrowDown"), [], -1, 10)).toBeUndefined();
  });
});
