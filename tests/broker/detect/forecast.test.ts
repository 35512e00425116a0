import { describe, expect, test } from "vitest";
import { serviceOf } from "../../../shared/services/index.ts";
import { type DetectWorld, detectWorld, hour, minute, ruleOf, start } from "../../support/detect-world.ts";
import { gateAt, gauge } from "../../support/stream-places.ts";

const stream = serviceOf("stream")!;
const pathFloods = ruleOf(
  "gate",
  { kind: "forecast", metric: "level", limit: { constant: "sill" }, lead: 900, off: 1800 },
  { id: "path-floods", outcome: "event" },
);
const stays = ruleOf("gate", { kind: "unanswered", rule: "path-floods", metric: "gate", is: ["closed"], seconds: 120 }, { id: "gate-stays" });
const rising = ruleOf("gauge", { kind: "forecast", metric: "level", limit: { constant: "alert" }, lead: 3600, on: 180, off: 1800 }, { id: "rising" });

const wave = (t: number, n: number): number => (((t / minute) * 7 + n * 5) % 13) / 1000 - 0.006;
type Level = (t: number) => number;
/** Minutes of the run -> metres; flat, then so many metres an hour from minute 60 up to a top. */
const ramp =
  (perHour: number, top: number, from = 1.5): Level =>
  (t) =>
    Math.min(top, from + Math.max(0, (perHour * (t - hour)) / hour));
function flow(place: DetectWorld, to: number, levels: Readonly<Record<string, Level>>): void {
  for (const [n, [id, level]] of Object.entries(levels).entries())
    place.keep(id, [start + minute, start + to], 60, (t) => ({ level: Math.round(1000 * (level(t - start) + wave(t, n))) / 1000, rain: 0 }));
}
const minuteOf = (t: number): number => (t - start) / minute;

describe("the water beside a gate", () => {
  // between two gauges without slope, so the water beside it stands as high as theirs; sill 3 m
  const path = (): DetectWorld =>
    detectWorld({ service: stream, devices: [gauge("ws-1", 1), gauge("ws-2", 3), gateAt("sg-1", 2, 3)], rules: [pathFloods, stays] });

  test.each([
    ["1 m in 30 min, the fastest that was measured", 2],
    ["half of that", 1],
  ])("%s: at least ten minutes before the path is under water", (_what, perHour) => {
    const place = path();
    place.keep("sg-1", [start + minute, start + 4 * hour], 600, { gate: "closed", person: false });
    const level = ramp(perHour, 3.6);
    flow(place, 4 * hour, { "ws-1": level, "ws-2": level });
    place.until(start + 4 * hour);
    expect(place.raised()).toEqual(["path-floods"]);
    const crosses = 60 + (1.5 / perHour) * 60;
    const before = crosses - minuteOf(place.findings[0]!.t);
    expect(before).toBeGreaterThan(10);
    expect(before).toBeLessThan(30);
    expect(place.findings[0]!.respondBy).toBeGreaterThan(place.findings[0]!.t);
  });

  test("a shower that lifts it by half a metre and stops a metre below says nothing", () => {
    const place = path();
    const level = ramp(0.6, 2);
    flow(place, 4 * hour, { "ws-1": level, "ws-2": level });
    place.until(start + 4 * hour);
    expect(place.told()).toEqual([]);
  });

  test("one gauge jumps by 2 m alone: no gate closes for a broken sensor", () => {
    const spike = ruleOf("gauge", { kind: "sensor", trouble: "spike" }, { id: "spike", class: "maintenance" });
    const devices = [gauge("ws-1", 1), gauge("ws-2", 3), gateAt("sg-1", 2, 3)];
    const run = (rules: readonly (typeof spike)[]) => {
      const place = detectWorld({ service: stream, devices, rules });
      flow(place, 3 * hour, { "ws-1": (t) => (t >= hour ? 5.5 : 1.5), "ws-2": () => 1.5 });
      place.until(start + 3 * hour);
      return place.raised();
    };
    expect(run([spike, pathFloods])).toEqual(["spike"]);
    // without the doubt the jump would have closed it
    expect(run([pathFloods])).toEqual(["path-floods"]);
  });

  test("a gauge that falls silent in the storm: the other one's change stands in, and the evidence says so", () => {
    const place = path();
    const level = ramp(1.5, 3.6);
    place.keep("ws-1", [start + minute, start + 70 * minute], 60, (t) => ({ level: level(t - start) + wave(t, 0) }));
    flow(place, 3 * hour, { "ws-2": level });
    place.keep("sg-1", [start + minute, start + 3 * hour], 600, { gate: "closed", person: false });
    place.until(start + 3 * hour);
    const told = place.findings.find(({ rule }) => rule.id === "path-floods")!;
    expect(minuteOf(told.t)).toBeLessThan(110);
    expect(told.evidence!.verdict!.because.en).toContain("one gauge is not trusted");
  });

  test("a gate that stays open for two minutes is an alarm; one that closes in time is none", () => {
    for (const [closes, raised] of [
      [false, ["path-floods", "gate-stays"]],
      [true, ["path-floods"]],
    ] as const) {
      const place = path();
      const level = ramp(2, 3.6);
      flow(place, 2 * hour, { "ws-1": level, "ws-2": level });
      place.say("sg-1", start + minute, { gate: "open", person: false });
      for (let n = 61; n < 120 && place.findings.length === 0; n++) place.until(start + n * minute);
      const at = place.findings[0]!.t;
      place.say("sg-1", at + minute, { gate: "closing", person: false });
      place.say("sg-1", at + 1.5 * minute, { gate: closes ? "closed" : "fault", person: false });
      place.until(start + 2 * hour);
      expect(place.raised()).toEqual(raised);
    }
  });
});

describe("a gauge's alert level, 5 m", () => {
  const gauges = (): DetectWorld => detectWorld({ service: stream, devices: [gauge("ws-1", 1), gauge("ws-2", 5)], rules: [rising] });

  test("comes down from upstream, where it stands already", () => {
    const place = gauges();
    flow(place, 3 * hour, { "ws-1": ramp(3, 5.4, 2), "ws-2": (t) => ramp(0.4, 4, 3)(t) });
    place.until(start + 3 * hour);
    const told = place.findings.find(({ device }) => device === "ws-2")!;
    expect([told.what, told.evidence!.condition.en]).toEqual(["raised", expect.stringContaining("by the level of ws-1 bridge upstream")]);
    // 4 km at 3 m/s
    expect((told.respondBy! - told.t) / minute).toBe(22);
  });

  test("its own slope says so at least a quarter of an hour before; over half an hour after it has fallen", () => {
    const place = gauges();
    const level = (t: number): number => (t < 4 * hour ? ramp(2, 5.2, 2)(t) : Math.max(2, 5.2 - (2 * (t - 4 * hour)) / hour));
    flow(place, 8 * hour, { "ws-1": () => 1.5, "ws-2": level });
    place.until(start + 8 * hour);
    expect(place.told().map(([, what]) => what)).toEqual(["raised", "cleared"]);
    const reached = 60 + 90;
    expect(reached - minuteOf(place.findings[0]!.t)).toBeGreaterThan(15);
    expect(reached - minuteOf(place.findings[0]!.t)).toBeLessThan(60);
  });

  test("a rise that ends at half of the height says nothing", () => {
    const place = gauges();
    flow(place, 4 * hour, { "ws-1": ramp(1, 2.5), "ws-2": ramp(1, 2.5) });
    place.until(start + 4 * hour);
    expect(place.told()).toEqual([]);
  });
});
