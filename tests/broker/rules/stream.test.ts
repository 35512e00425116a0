import { describe, expect, test } from "vitest";
import { serviceOf } from "../../../shared/services/index.ts";
import { type DetectWorld, detectWorld, hour, minute, start } from "../../support/detect-world.ts";
import { gateAt, gauge } from "../../support/stream-places.ts";

const stream = serviceOf("stream")!;
const wave = (t: number, n: number): number => (((t / minute) * 7 + n * 5) % 13) / 1000 - 0.006;
type Level = (t: number) => number;
/** Three gauges with the contract's own rules, sensor trouble included; caution 4 m, alert 5 m, serious 6 m, interest 2 m. */
function flow(to: number, levels: readonly Level[], gates: readonly string[] = []): DetectWorld {
  const devices = [...levels.map((_, k) => gauge(`ws-${k + 1}`, 1 + 2 * k)), ...gates.map((id) => gateAt(id, 2, 9))];
  const place = detectWorld({ service: stream, devices });
  levels.forEach((level, k) => {
    place.keep(`ws-${k + 1}`, [start + minute, start + to], 60, (t) => ({
      level: Math.round(1000 * (level(t - start) + wave(t, k))) / 1000,
      rain: 0,
      batt: 0.9,
    }));
  });
  return place;
}
const ramp =
  (perHour: number, top: number, from = 1.5): Level =>
  (t) =>
    Math.min(top, from + Math.max(0, (perHour * (t - hour)) / hour));
const operations = (place: DetectWorld) => place.findings.filter(({ rule }) => rule.class === "operations");
const maintenance = (place: DetectWorld) => place.findings.filter(({ rule }) => rule.class === "maintenance");
const all = (level: Level): Level[] => [level, level, level];

describe("the ladder", () => {
  test("a flood that comes and goes steps up and down at every gauge, and is nobody's broken sensor", () => {
    const level = (t: number): number => (t < 6 * hour ? ramp(1, 6.3)(t) : Math.max(1.5, 6.3 - (t - 6 * hour) / hour));
    const place = flow(12 * hour, all(level));
    place.until(start + 12 * hour);
    const own = place.findings.filter(({ rule, device }) => rule.id === "level" && device === "ws-2");
    expect(own.map(({ what, priority, step }) => [what, priority, step?.en])).toEqual([
      ["raised", 3, "caution"],
      ["priority", 2, "alert"],
      ["priority", 1, "serious"],
      ["priority", 2, "alert"],
      ["priority", 3, "caution"],
      ["cleared", 3, undefined],
    ]);
    expect(maintenance(place)).toEqual([]);
    expect(place.standing()).toEqual([]);
  });
  test("interest is told in the chronicle, not alarmed", () => {
    const place = flow(4 * hour, all(ramp(0.5, 2.3)));
    place.until(start + 4 * hour);
    expect(new Set(operations(place).map(({ rule }) => `${rule.id} ${rule.outcome}`))).toEqual(new Set(["interest event"]));
  });
  test("one gauge that steps above caution while its neighbours are flat is a sensor, not a flood", () => {
    const place = flow(4 * hour, [() => 1.5, (t) => (t >= hour ? 4.5 : 1.5), () => 1.5]);
    place.until(start + 4 * hour);
    expect([operations(place), place.raised()]).toEqual([[], ["spike"]]);
  });
});

describe("fast rise", () => {
  test("of 0.4 m in ten minutes above the path is an alarm", () => {
    const place = flow(3 * hour, all(ramp(2.4, 3.5)));
    place.until(start + 3 * hour);
    expect(place.raised()).toContain("rise");
  });
  test("of 0.1 m in ten minutes is none, nor is 0.4 m far below the path", () => {
    for (const level of [ramp(0.6, 3.5), ramp(2.4, 1.4, 0.7)]) {
      const place = flow(3 * hour, all(level));
      place.until(start + 3 * hour);
      expect(place.raised()).not.toContain("rise");
    }
  });
});

describe("the alert level is forecast", () => {
  test("before it is there", () => {
    const place = flow(5 * hour, all(ramp(1.5, 5.4)));
    place.until(start + 5 * hour);
    const [told, there] = ["rising", "level"].map(
      (id) => place.findings.find(({ rule, device, priority }) => rule.id === id && device === "ws-2" && (id !== "level" || priority === 2))!,
    );
    expect(there!.t - told!.t).toBeGreaterThan(10 * minute);
  });
  test("not in a shower", () => {
    const place = flow(5 * hour, all(ramp(0.6, 2.6)));
    place.until(start + 5 * hour);
    expect(place.raised()).not.toContain("rising");
  });
});

describe("gates", () => {
  const gateSays = (...said: readonly (readonly [minutes: number, gate: string, person: boolean])[]): string[] => {
    const place = flow(
      4 * hour,
      all(() => 1.5),
      ["sg-1"],
    );
    for (const [minutes, gate, person] of said) place.say("sg-1", start + minutes * minute, { gate, person, batt: 0.9, display: "off" });
    place.until(start + 90 * minute);
    return place.raised();
  };
  test.each([
    [
      "a fault that lasts",
      [
        [10, "open", false],
        [20, "fault", false],
        [30, "fault", false],
      ],
      ["gate-fault"],
    ],
    [
      "a gate that only moves",
      [
        [10, "open", false],
        [20, "closing", false],
        [20.5, "closed", false],
        [30, "closed", false],
      ],
      [],
    ],
  ] as const)("%s", (_what, said, raised) =>
    expect(
      gateSays(...said, [40, said.at(-1)![1], false], [50, said.at(-1)![1], false], [60, said.at(-1)![1], false], [70, said.at(-1)![1], false]),
    ).toEqual(raised),
  );
  test("somebody who stays in the gap of a closing gate; not somebody who walks on, nor anybody at an open one", () => {
    const stays = [10, 10.5, 11, 11.5, 12, 12.5].map((at) => [at, "closing", true] as const);
    expect(gateSays(...stays, [13, "closed", false], [20, "closed", false])).toContain("person-in-gap");
    expect(gateSays([10, "closing", true], [10.5, "closing", false], [11, "closed", false])).not.toContain("person-in-gap");
    expect(gateSays(...stays.map(([at]) => [at, "open", true] as const))).not.toContain("person-in-gap");
  });
});
