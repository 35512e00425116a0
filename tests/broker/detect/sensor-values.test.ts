import { describe, expect, test } from "vitest";
import { sensorRulesOf } from "../../../shared/sensor-rules.ts";
import { serviceOf } from "../../../shared/services/index.ts";
import { birth, type DetectWorld, day, detectWorld, hour, minute, ruleOf, start } from "../../support/detect-world.ts";
import { gauge } from "../../support/stream-places.ts";

const [stream, traffic] = [serviceOf("stream")!, serviceOf("traffic")!];
const ids = ["ws-1", "ws-2", "ws-3"];
const gauges = (only: readonly string[]) => {
  const rules = sensorRulesOf(stream, "gauge").filter(({ id }) => only.includes(id));
  return detectWorld({ service: stream, devices: ids.map((id, k) => gauge(id, 1 + 2 * k)), rules });
};
/** A millimetre of noise that repeats itself after a while, the same in every run. */
const ripple = (t: number, n: number): number => (((t / minute) * 7 + n * 3) % 11) / 1000;
type Level = (t: number, n: number) => number | undefined;
const flow = (place: DetectWorld, to: number, level: Level, mmh = 0): void => {
  for (const [n, id] of ids.entries())
    place.keep(id, [start + minute, start + to], 60, (t) => {
      const value = level(t - start, n);
      // a bucket under steady rain tips unsteadily
      const rain = mmh + (mmh > 0 ? 100 * ripple(t, n) : 0);
      return value === undefined ? { rain } : { level: Math.round(1000 * (value + ripple(t, n))) / 1000, rain };
    });
  place.until(start + to);
};
/** Everybody rises by 1.1 m in 30 min: the worst that has been measured (domain.md B2). */
const storm: Level = (t) => 1.5 + 1.1 * Math.min(1, Math.max(0, (t - hour) / (30 * minute)));

describe("spike and step", () => {
  test("one gauge jumps and comes back: a spike, told when it is back, over after half an hour", () => {
    const place = gauges(["spike"]);
    flow(place, 2 * hour, (t, n) => (n === 1 && t >= hour && t < hour + 2 * minute ? 2.3 : 1.5));
    expect(place.told()).toEqual([
      [3720, "raised", "spike", 4],
      [5520, "cleared", "spike", 4],
    ]);
    expect(place.findings[0]!.evidence!.neighbours.map(({ device, agrees }) => [device, agrees])).toEqual([
      ["ws-1", false],
      ["ws-3", false],
    ]);
  });

  test("one gauge jumps by 0.8 m without rain and stays, its neighbours are flat: the sensor, and no operations alarm rests on it", () => {
    const level = ruleOf(
      "gauge",
      { kind: "limit", metric: "level", side: "above", steps: [{ limit: 2, priority: 3 }], deadband: 0.1, samples: 2 },
      { id: "level" },
    );
    const rules = [...sensorRulesOf(stream, "gauge").filter(({ id }) => id === "spike"), level];
    const place = detectWorld({ service: stream, devices: ids.map((id, k) => gauge(id, 1 + 2 * k)), rules });
    flow(place, 2 * hour, (t, n) => (n === 1 && t >= hour ? 2.3 : 1.5));
    expect(place.told()).toEqual([[3840, "raised", "spike", 4]]);
    const { verdict, condition } = place.findings[0]!.evidence!;
    expect(verdict).toEqual({ what: "sensor", because: { ko: expect.any(String), en: "neighbours are flat and only this value has stepped" } });
    expect(condition.en).toContain("step");
  });

  test("a step that somebody repairs a day later is over, wherever the stream stands by then", () => {
    const place = gauges(["spike"]);
    const water = (t: number): number => 1.5 + Math.min(0.6, Math.max(0, (0.6 * (t - 2 * hour)) / (10 * hour)));
    flow(place, day, (t, n) => water(t) + (n === 1 && t >= hour && t < 20 * hour ? 0.8 : 0));
    expect(place.told()).toEqual([
      [3840, "raised", "spike", 4],
      [20 * 3600, "cleared", "spike", 4],
    ]);
  });

  test("a sensor that jumps to and fro stays in trouble", () => {
    const place = gauges(["spike"]);
    flow(place, 4 * hour, (t, n) => (n === 1 && t >= hour ? 3 + (((t / minute) * 7) % 5) / 2 : 1.5));
    expect(place.told()).toEqual([[3840, "raised", "spike", 4]]);
  });

  test("the same jump while the next gauge has risen as well is the stream, and believed with the second reading", () => {
    const level = ruleOf(
      "gauge",
      { kind: "limit", metric: "level", side: "above", steps: [{ limit: 2, priority: 3 }], deadband: 0.1 },
      { id: "level" },
    );
    const rules = [...sensorRulesOf(stream, "gauge").filter(({ id }) => id === "spike"), level];
    const place = detectWorld({ service: stream, devices: ids.map((id, k) => gauge(id, 1 + 2 * k)), rules });
    flow(place, 2 * hour, (t, n) =>
      n === 1 ? (t >= hour ? 2.3 : 1.5) : 1.5 + 0.5 * Math.min(1, Math.max(0, (t - hour + 15 * minute) / (15 * minute))),
    );
    expect(place.told("ws-2")).toEqual([[3660, "raised", "level", 3]]);
  });

  test("a storm in which all rise by 1.1 m in half an hour is no trouble of anybody's", () => {
    const place = gauges(["spike", "range", "stuck", "drift"]);
    flow(place, 3 * hour, storm, 60);
    expect(place.told()).toEqual([]);
  });
});

describe("range", () => {
  test.each([
    ["a level below its own zero", (t: number, n: number) => (n === 0 && t >= hour && t < 2 * hour ? -2 : 1.5), ["range"]],
    ["one odd reading", (t: number, n: number) => (n === 0 && t === hour ? -2 : 1.5), []],
    [
      "half a metre a minute, for minutes, alone",
      (t: number, n: number) => 1.5 + (n === 0 && t >= hour ? Math.min(3, (0.5 * (t - hour)) / minute) : 0),
      ["range"],
    ],
    ["5 cm a minute", (t: number, n: number) => 1.5 + (n === 0 && t >= hour ? Math.min(3, (0.05 * (t - hour)) / minute) : 0), []],
  ])("%s", (_what, level, raised) => {
    const place = gauges(["range"]);
    flow(place, 3 * hour, level);
    expect(place.raised()).toEqual(raised);
  });

  test("what the sensor itself calls bad, and back when three readings are fine", () => {
    const place = gauges(["range"]);
    for (let n = 1; n <= 30; n++) place.say("ws-1", start + n * minute, { level: 1.5 }, n >= 10 && n < 20 ? { level: "bad" } : {});
    place.until(start + hour);
    expect(place.told()).toEqual([
      [660, "raised", "range", 3],
      [1320, "cleared", "range", 3],
    ]);
  });
});

describe("stuck", () => {
  test("a level the same to the millimetre for an hour, on a sensor whose noise would move it", () => {
    const place = gauges(["stuck"]);
    place.keep("ws-1", [start + minute, start + 30 * minute], 60, (t) => ({ level: 1.5 + ripple(t, 0) }));
    place.keep("ws-1", [start + 31 * minute, start + 100 * minute], 60, { level: 1.5 });
    place.keep("ws-1", [start + 101 * minute, start + 110 * minute], 60, (t) => ({ level: 1.6 + ripple(t, 0) }));
    place.until(start + 2 * hour);
    expect(place.told()).toEqual([
      [91 * 60, "raised", "stuck", 3],
      [101 * 60, "cleared", "stuck", 3],
    ]);
  });

  test("a level that stands while both neighbours rise is found after a third of the time", () => {
    const place = gauges(["stuck"]);
    flow(place, 3 * hour, (t, n) => (n === 1 && t >= hour ? 1.5 - ripple(t + start, 1) : storm(t, n)));
    const [first] = place.findings;
    expect([first!.rule.id, first!.device]).toEqual(["stuck", "ws-2"]);
    expect((first!.t - start) / minute).toBeLessThan(90);
    expect(place.findings.filter(({ device }) => device !== "ws-2")).toEqual([]);
  });

  test("a full road may count the same for hours and an empty one be empty; occupancy the same for half an hour is stuck", () => {
    for (const [occ, raised] of [
      [0, []],
      [0.31, ["stuck"]],
    ] as const) {
      const place = detectWorld({
        service: traffic,
        devices: [birth("tx-1", "approach", { constants: { lanes: 2, main: 1, heading: 0 } })],
        rules: sensorRulesOf(traffic, "approach").filter(({ id }) => id === "stuck"),
      });
      place.keep("tx-1", [start + minute, start + 2 * hour], 60, { volume: 12, occ });
      place.until(start + 2 * hour);
      expect(place.raised()).toEqual(raised);
    }
  });

  test("two equal speeds with a night of no vehicles between them are no proof", () => {
    const place = detectWorld({
      service: traffic,
      devices: [birth("tx-1", "approach", { constants: { lanes: 2, main: 1, heading: 0 } })],
      rules: sensorRulesOf(traffic, "approach").filter(({ id }) => id === "stuck"),
    });
    place.say("tx-1", start + minute, { volume: 1, speed: 41.2 });
    place.say("tx-1", start + 3 * hour, { volume: 1, speed: 41.2 });
    place.until(start + 4 * hour);
    expect(place.raised()).toEqual([]);
  });
});

describe("battery", () => {
  test.each([
    [
      "low for three readings, until it is changed",
      [0.16, 0.15, 0.15, 0.14, 0.14, 1],
      [
        [2400, "raised"],
        [3600, "cleared"],
      ],
    ],
    ["a cold night on a fair battery", [0.3, 0.26, 0.2, 0.17, 0.2, 0.3], []],
    ["one odd reading", [0.5, 0.1, 0.5, 0.5, 0.5, 0.5], []],
  ])("%s", (_what, values, told) => {
    const place = gauges(["battery"]);
    for (const [n, batt] of values.entries()) place.say("ws-1", start + (n + 1) * 10 * minute, { batt });
    place.until(start + day);
    expect(place.told().map(([t, what]) => [t, what])).toEqual(told);
  });
});

describe("drift", () => {
  const wet: Level = (t) => 1.5 + 0.4 * Math.exp(-t / (3 * day));
  test.each([
    [
      "one gauge creeps by 4 cm a day against both neighbours",
      (t: number, n: number) => (wet(t, n) ?? 0) + (n === 1 ? (0.04 * t) / day : 0),
      ["drift"],
    ],
    ["a wet week in which all fall together", wet, []],
    ["1 cm a day is within what ratings are worth", (t: number, n: number) => (wet(t, n) ?? 0) + (n === 1 ? (0.01 * t) / day : 0), []],
  ])("%s", (_what, level, raised) => {
    const devices = ids.map((id, k) => ({ ...gauge(id, 1 + 2 * k), every: 600, stale: 1800 }));
    const place = detectWorld({ service: stream, devices, rules: sensorRulesOf(stream, "gauge").filter(({ id }) => id === "drift") });
    for (const [n, id] of ids.entries())
      place.keep(id, [start + 10 * minute, start + 9 * day], 600, (t) => ({ level: (level(t - start, n) ?? 0) + ripple(t, n) }));
    place.until(start + 9 * day);
    expect(place.raised()).toEqual(raised);
    for (const { device } of place.findings) expect(device).toBe("ws-2");
  });
});

describe("drift where there is nobody, or one, to compare with", () => {
  const dry = 0;
  type Day = readonly [level: number, rain?: number];
  /** Hour by hour; the second gauge creeps or does not. */
  function creep(gauges: number, days: number, level: (day: number, n: number) => Day | undefined): DetectWorld {
    const devices = Array.from({ length: gauges }, (_, k) => ({ ...gauge(`ws-${k + 1}`, 1 + 2 * k), every: 600, stale: 1800 }));
    const place = detectWorld({ service: stream, devices, rules: sensorRulesOf(stream, "gauge").filter(({ id }) => id === "drift") });
    for (let t = 10 * minute; t <= days * day; t += 10 * minute)
      for (let n = 1; n <= gauges; n++) {
        const [value, rain] = level(t / day, n) ?? [undefined];
        if (value !== undefined)
          place.say(`ws-${n}`, start + t, { level: Math.round(1000 * (value + ripple(t, n))) / 1000, ...(rain === undefined ? {} : { rain }) });
      }
    place.until(start + days * day);
    return place;
  }
  const told = (place: DetectWorld) => place.findings.map(({ what, device, t }) => [what, device, Math.round((t - start) / day)]);
  const why = (place: DetectWorld) => place.findings[0]?.evidence?.verdict?.because.en;
  /** A stream after rain: falls, ever more slowly. */
  const water = (at: number): number => 1.5 + 0.3 * Math.exp(-at / 4);

  test("alone: what rises from day to day without rain creeps; what falls may be the stream", () => {
    const up = creep(1, 12, (at) => [water(at) + 0.06 * Math.max(0, at - 4), dry]);
    expect(told(up)).toEqual([["raised", "ws-1", 9]]);
    expect(why(up)).toContain("which it cannot without rain");
    expect(told(creep(1, 12, (at) => [water(at) - 0.04 * Math.max(0, at - 4), dry]))).toEqual([]);
  });
  test.each([
    ["in a rainy week", (at: number): Day => [1.5 + 0.04 * at, at % 2 < 0.3 ? 3 : 0]],
    ["that does not say whether it rains", (at: number): Day => [1.5 + 0.04 * at]],
    ["by as much as weeds lift it", (at: number): Day => [1.5 + 0.012 * at, dry]],
    ["for two days", (at: number): Day => [1.5 + 0.04 * Math.min(2, Math.max(0, at - 4)), dry]],
  ])("alone: is nothing %s", (_what, level) => expect(told(creep(1, 12, level))).toEqual([]));

  test.each([
    ["upwards, is the one that rises without rain", 1, "rises without rain"],
    ["downwards, is the one whose neighbour does not rise", -1, "has not risen"],
  ])("beside one: a gauge that creeps %s", (_what, sign, because) => {
    const place = creep(2, 12, (at, n) => [water(at) + (n === 2 ? sign * 0.05 * Math.max(0, at - 4) : 0), dry]);
    expect(told(place)).toEqual([["raised", "ws-2", sign > 0 ? 9 : 8]]);
    expect(why(place)).toContain(because);
  });
  test("beside one: both that fall together after rain are the stream, and so is a wet week in which one gets more of it", () => {
    expect(told(creep(2, 12, (at) => [water(at), dry]))).toEqual([]);
    expect(told(creep(2, 12, (at, n) => [water(at) + (n === 2 ? 0.05 * at : 0), at % 1 < 0.2 ? 4 : 0]))).toEqual([]);
  });
  test("is not over because it rains, and is when somebody has been there", () => {
    const place = creep(1, 20, (at) => [1.5 + 0.05 * Math.min(8, Math.max(0, at - 2)) - (at > 15 ? 0.4 : 0), at > 10 && at < 14 ? 2 : 0]);
    expect(told(place)).toEqual([
      ["raised", "ws-1", 6],
      ["cleared", "ws-1", 17],
    ]);
  });
});
