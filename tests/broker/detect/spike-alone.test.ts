import { describe, expect, test } from "vitest";
import { sensorRulesOf } from "../../../shared/sensor-rules.ts";
import { serviceOf } from "../../../shared/services/index.ts";
import { birth, type DetectWorld, detectWorld, hour, minute, ruleOf, second, start } from "../../support/detect-world.ts";
import { gauge } from "../../support/stream-places.ts";

const stream = serviceOf("stream")!;
/** As the README's tester registers it: no place on a stream, so nobody is beside it. */
const mine = birth("ws-mine", "gauge", { constants: { reference: 10, caution: 5, alert: 8, serious: 9 } });
/** All rules of the contract; a reading every 6 s, then event time passes without another one. */
function said(levels: readonly number[]): DetectWorld {
  const place = detectWorld({ service: stream, devices: [mine] });
  levels.forEach((level, n) => {
    place.say("ws-mine", start + (n + 1) * 6 * second, { level });
  });
  place.until(start + levels.length * 6 * second + 1);
  return place;
}
const many = (level: number, times: number): number[] => Array.from({ length: times }, (_, n) => Math.round(1000 * level + (n % 3)) / 1000);
const ofRule = (place: DetectWorld, id: string) => place.told().filter(([, , rule]) => rule === id);

describe("a gauge without neighbours", () => {
  test("the README's tour: two high readings raise, five low ones clear; the jump is told as long as a spike", () => {
    const place = said([8.5, 8.5, ...many(3, 5)]);
    expect(ofRule(place, "level")).toEqual([
      [12, "raised", "level", 2],
      [42, "cleared", "level", 2],
    ]);
    expect(ofRule(place, "spike")).toEqual([[42, "raised", "spike", 4]]);
    const { verdict, condition, neighbours } = place.findings.find(({ rule }) => rule.id === "spike")!.evidence!;
    expect([condition.en, neighbours]).toEqual(["Level 8.500 m → 3.001 m: step", []]);
    expect(verdict?.because.en).toContain("no neighbour to ask");
    place.until(start + hour);
    expect(ofRule(place, "spike")[1]).toEqual([42 + 1800, "cleared", "spike", 4]);
  });

  test("a rise that stands raises, though no physics allows the step", () => {
    expect(ofRule(said([4, 4, ...many(8.5, 9)]), "level")).toEqual([[48, "raised", "level", 2]]);
  });

  test("four readings are not enough, up or down", () => {
    expect(said([4, 4, ...many(8.5, 4)]).raised()).toEqual([]);
    expect(said([8.5, 8.5, ...many(3, 4)]).standing()).toEqual(["level"]);
  });

  test("a wild reading, up or down, is a spike and nothing rests on it", () => {
    expect(said([4, 4, 9.5, 4, 4, 4]).raised()).toEqual(["spike"]);
    const low = said([8.5, 8.5, 1, 8.5, 8.5]);
    expect(ofRule(low, "level")).toEqual([[12, "raised", "level", 2]]);
    expect(ofRule(low, "spike")).toEqual([[24, "raised", "spike", 4]]);
  });

  test("readings that do not agree among themselves are not believed until they do", () => {
    const wild = [8, 9, 8, 9, 8, 9, 8, 9];
    expect(
      said([4, 4, ...wild])
        .raised()
        .filter((id) => id === "level"),
    ).toEqual([]);
    const calmed = said([4, 4, ...wild, ...many(8.5, 5)]);
    expect(ofRule(calmed, "level").length).toBe(0);
    expect(ofRule(said([4, 4, ...wild, ...many(8.5, 8)]), "level").map(([, what]) => what)).toEqual(["raised"]);
  });
});

describe("a gauge whose neighbours", () => {
  const rules = [
    ...sensorRulesOf(stream, "gauge").filter(({ id }) => id === "spike"),
    ruleOf(
      "gauge",
      { kind: "limit", metric: "level", side: "above", steps: [{ limit: 2, priority: 3 }], deadband: 0.1, samples: 2 },
      { id: "level" },
    ),
  ];
  /** ws-1 steps by 0.8 m after an hour; ws-2, flat, is silent from then until then (minutes). */
  function beside([from, to]: readonly [number, number], hours: number): DetectWorld {
    const place = detectWorld({ service: stream, devices: [gauge("ws-1", 1), gauge("ws-2", 3)], rules });
    place.keep("ws-1", [start + minute, start + hours * hour], 60, (t) => ({ level: t < start + hour ? 1.5 : 2.3 }));
    place.keep("ws-2", [start + minute, start + from * minute - minute], 60, { level: 1.5 });
    place.keep("ws-2", [start + to * minute, start + hours * hour], 60, { level: 1.5 });
    place.until(start + hours * hour);
    return place;
  }
  const never = 9999;

  test("contradict stays doubted, also while they are silent for a quarter of an hour", () => {
    expect(beside([never, never], 6).told()).toEqual([[3840, "raised", "spike", 4]]);
    expect(beside([80, 95], 6).told()).toEqual([[3840, "raised", "spike", 4]]);
  });

  test("cannot be compared is believed, and so it is when who contradicted has gone for good", () => {
    expect(beside([30, never], 2).raised()).toEqual(["spike", "level"]);
    const gone = beside([80, never], 6);
    expect(gone.raised()).toEqual(["spike", "level"]);
    expect(gone.standing()).toEqual(["level"]);
  });
});
