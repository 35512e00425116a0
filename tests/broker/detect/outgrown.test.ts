import { describe, expect, test } from "vitest";
import type { Rule } from "../../../shared/alarm-rule.ts";
import { serviceOf } from "../../../shared/services/index.ts";
import { birth, type DetectWorld, day, detectWorld, hour, minute, ruleOf, start } from "../../support/detect-world.ts";
import { gauge } from "../../support/stream-places.ts";

const stream = serviceOf("stream")!;
const high = (version: number, limit = 4): Rule =>
  ruleOf("gauge", { kind: "limit", metric: "level", side: "above", steps: [{ limit, priority: 3 }], deadband: 0.1 }, { id: "high", version });
const trouble = (id: "range" | "stuck" | "spike" | "silent", version: number): Rule =>
  ruleOf("gauge", { kind: "sensor", trouble: id }, { id, version, class: "maintenance", priority: 4 });
const world = (rules: readonly Rule[]): DetectWorld => detectWorld({ service: stream, devices: [gauge("ws-1", 1)], rules });

/** As after a restart with another contract. */
function reborn(before: DetectWorld, rules: readonly Rule[]): DetectWorld {
  const next = world(rules);
  next.detector.restore(structuredClone(before.detector.state()));
  return next;
}
const levels = (place: DetectWorld, [from, to]: readonly [number, number], level: number | ((t: number) => number)): void => {
  place.keep("ws-1", [start + from, start + to], 60, (t) => ({ level: typeof level === "number" ? level : level(t) }));
  place.until(start + to);
};
/** Moves by its last digit: nothing is stuck. */
const about = (level: number) => (t: number) => Math.round(1000 * (level + ((t / minute) % 7) / 1000)) / 1000;

describe("after a restart with another version of a rule", () => {
  test("what the old one raised is over, and the new one begins anew", () => {
    const before = world([high(1)]);
    levels(before, [minute, 10 * minute], about(5));
    expect(before.standing()).toEqual(["high"]);
    const milder = reborn(before, [high(2, 6)]);
    levels(milder, [11 * minute, 12 * minute], about(5));
    expect(milder.told()).toEqual([[600, "cleared", "high", 3]]);
    expect(milder.findings[0]?.rule.version).toBe(2);
    const same = reborn(before, [high(2, 4)]);
    levels(same, [11 * minute, 12 * minute], about(5));
    expect(same.told()).toEqual([
      [600, "cleared", "high", 3],
      [660, "raised", "high", 3],
    ]);
    expect(Object.keys(same.detector.state().minds["ws-1"]?.rules ?? {})).toEqual(["high@2"]);
    const restarted = reborn(same, [high(2, 4)]);
    levels(restarted, [13 * minute, 14 * minute], about(5));
    expect(restarted.told(), "once").toEqual([]);
  });

  test("a rule that has left the contract is over, told under its own name; nobody is woken for it", () => {
    const held = ruleOf(
      "gauge",
      { kind: "limit", metric: "level", side: "above", steps: [{ limit: 4, priority: 2 }], deadband: 0.1, off: 600 },
      { id: "left" },
    );
    const before = world([held]);
    levels(before, [minute, 10 * minute], about(5));
    levels(before, [11 * minute, 12 * minute], about(2));
    expect(before.standing()).toEqual(["left"]);
    const next = reborn(before, [high(1)]);
    levels(next, [13 * minute, 40 * minute], about(2));
    expect(next.told()).toEqual([[720, "cleared", "left", 2]]);
    expect(next.detector.state().minds["ws-1"]).toMatchObject({ raised: {}, wakes: {} });
  });

  for (const [id, level] of [
    ["range", () => 99],
    ["stuck", () => 2.5],
    ["spike", (t: number) => (t >= start + 10 * hour - 2 * minute ? 9 : 2) + about(0)(t)],
  ] as const)
    test(`a sensor that "${id}" distrusted is trusted again, and what other rules doubt stays doubted`, () => {
      const before = world([trouble(id, 1)]);
      levels(before, [minute, 10 * hour], level);
      expect(before.detector.state().minds["ws-1"]?.doubted, "the story is one of doubt").toBeGreaterThan(0);
      const next = reborn(before, [trouble(id, 2)]);
      next.until(start + 10 * hour + 1);
      expect(next.detector.state().minds["ws-1"]).toMatchObject({ doubts: {}, doubted: 0, raised: {} });
      const kept = reborn(before, [trouble(id, 1)]);
      kept.until(start + 10 * hour + 1);
      const { doubts, doubted } = before.detector.state().minds["ws-1"]!;
      expect(kept.detector.state().minds["ws-1"]).toMatchObject({ doubts, doubted });
      // another rule has gone: what this one doubts is counted again from what it remembers
      const both = world([trouble(id, 1), high(1)]);
      levels(both, [minute, 10 * hour], level);
      const one = reborn(both, [trouble(id, 1)]);
      one.until(start + 10 * hour + 1);
      const counted = one.detector.state().minds["ws-1"]!;
      expect(Object.fromEntries(Object.entries(counted.doubts).filter(([, n]) => n > 0))).toEqual(
        Object.fromEntries(Object.entries(doubts).filter(([, n]) => n > 0)),
      );
      expect(counted.doubted).toBe(doubted);
    });

  /** As before, with what it doubts: a device in doubt under the first version, under the second none is, and the same again when only another rule has gone. */
  function isForgotten(
    of: (version: number, others: readonly Rule[]) => DetectWorld,
    device: string,
    live: (place: DetectWorld) => void,
    other: Rule,
  ): void {
    const before = of(1, [other]);
    live(before);
    const { doubts, doubted } = before.detector.state().minds[device]!;
    expect(doubted, "the story is one of doubt").toBeGreaterThan(0);
    const mindAfter = (place: DetectWorld) => {
      place.detector.restore(structuredClone(before.detector.state()));
      place.until(before.detector.state().mark + 1);
      return place.detector.state().minds[device];
    };
    expect(mindAfter(of(2, [other]))).toMatchObject({ doubts: {}, doubted: 0, raised: {} });
    expect(mindAfter(of(1, []))).toMatchObject({ doubts, doubted });
  }
  test("a gauge that had drifted is trusted again, and stays doubted while it is the same version that says so", () => {
    const drift = (version: number): Rule => ruleOf("gauge", { kind: "sensor", trouble: "drift" }, { id: "drift", version, class: "maintenance" });
    isForgotten(
      (version, others) => detectWorld({ service: stream, devices: [1, 2, 3].map((n) => gauge(`ws-${n}`, n)), rules: [drift(version), ...others] }),
      "ws-2",
      (place) => {
        for (const n of [1, 2, 3])
          place.keep(`ws-${n}`, [start + minute, start + 6 * day], 60, (t) => ({
            level: about(1.5)(t) + (n === 2 ? (0.04 * (t - start)) / day : 0),
          }));
        place.until(start + 6 * day);
      },
      high(1, 9),
    );
  });
  test("so is a detector that had counted nothing beside neighbours that count", () => {
    const traffic = serviceOf("traffic")!;
    const noFlow = (version: number): Rule =>
      ruleOf(
        "approach",
        { kind: "consistency", metric: "volume", against: "neighbours", most: 0.9, relative: true, on: 900, off: 300 },
        { id: "no-flow", version },
      );
    const slow = ruleOf("approach", { kind: "seasonal", metric: "speed", side: "below", spreads: 6, least: 12 }, { id: "slow" });
    const approach = (d: string) => birth(d, "approach", { site: "tx-1", gateway: "gw-1", constants: { lanes: 2, main: 1, heading: 0 } });
    isForgotten(
      (version, others) => detectWorld({ service: traffic, devices: ["tx-a", "tx-b"].map(approach), rules: [noFlow(version), ...others] }),
      "tx-a",
      (place) => {
        for (const id of ["tx-a", "tx-b"])
          place.keep(id, [start + minute, start + 3 * hour], 60, (t) => ({ volume: id === "tx-a" && t > start + 2 * hour ? 0 : 9, occ: 0.1 }));
        place.until(start + 3 * hour);
      },
      slow,
    );
  });

  test("a device that is silent still is told silent by the new version", () => {
    const two = (version: number) =>
      detectWorld({ service: stream, devices: [gauge("ws-1", 1), gauge("ws-2", 3)], rules: [trouble("silent", version)] });
    const [before, next] = [two(1), two(2)];
    for (const place of [before, next]) place.keep("ws-2", [start + minute, start + 3 * hour], 60, (t) => ({ level: about(2)(t) }));
    before.say("ws-1", start + minute, { level: 2 });
    before.until(start + 2 * hour);
    expect(before.told("ws-1").map(([, what, rule]) => [what, rule])).toEqual([["raised", "silent"]]);
    next.detector.restore({ ...structuredClone(before.detector.state()) });
    next.keep("ws-2", [start + 2 * hour + minute, start + 3 * hour], 60, (t) => ({ level: about(2)(t) }));
    next.until(start + 3 * hour);
    expect(next.told("ws-1").map(([, what]) => what)).toEqual(["cleared", "raised"]);
  });
});
