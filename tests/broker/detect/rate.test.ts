import { describe, expect, it } from "vitest";
import type { RateCondition } from "../../../shared/alarm-rule.ts";
import { probe } from "../../contract/probe-service.ts";
import { birth, detectWorld, ruleOf, start } from "../../support/detect-world.ts";

const base: RateCondition<string> = { kind: "rate", metric: "level", side: "rising", by: 0.3, within: 600 };
function run(change: Partial<RateCondition<string>>, levels: readonly (number | null)[]) {
  const w = detectWorld({
    service: probe,
    devices: [birth("p", "probe", { constants: { sill: 2 } })],
    rules: [ruleOf("probe", { ...base, ...change })],
  });
  for (const [at, level] of levels.entries()) {
    if (level !== null) w.say("p", start + (at + 1) * 60_000, { level });
    w.until(start + (at + 1) * 60_000);
  }
  w.until(start + (levels.length + 30) * 60_000);
  return w;
}
const told = (...args: Parameters<typeof run>) =>
  run(...args)
    .told()
    .map(([s, what]) => [Math.round(s / 6) / 10, what]);
const ramp = (from: number, step: number, count: number) => Array.from({ length: count }, (_, n) => Math.round((from + step * n) * 1000) / 1000);

describe("a rate", () => {
  it.each<[string, Partial<RateCondition<string>>, (number | null)[], [number, string][]]>([
    // the middle of three lags one reading behind: 1.3 above the first middle (1.05) at 1.35, seen when 1.40 has come
    ["is raised when it has risen by so much within the window", {}, ramp(1, 0.05, 9), [[9, "raised"]]],
    ["is not raised by the same rise over a longer time", {}, ramp(1, 0.02, 60), []],
    [
      "is over when it has moved by less than half",
      {},
      [...ramp(1, 0.1, 6), ...new Array(12).fill(1.5)],
      [
        [6, "raised"],
        [16, "cleared"],
      ],
    ],
    ["is no single wrong reading, up", {}, [1, 1, 1, 4, 1, 1, 1], []],
    ["is no single wrong reading, down", {}, [1, 1, 1, -4, 1, 1, 1], []],
    ["falls as well", { side: "falling" }, ramp(2, -0.05, 9), [[9, "raised"]]],
    ["does not count the other direction", { side: "falling" }, ramp(1, 0.05, 20), []],
    ["needs more than one look: nothing at the very begin, nothing across a long silence", {}, [1, 1, 1, ...new Array(12).fill(null), 2, 2, 2], []],
    ["holds only from its own level on", { from: { constant: "sill" } }, ramp(1, 0.05, 20), []],
    ["holds from its own level on", { from: { constant: "sill", factor: 0.5 } }, ramp(1, 0.05, 9), [[9, "raised"]]],
    ["waits for its on-delay", { on: 90 }, ramp(1, 0.05, 12), [[10.5, "raised"]]],
  ])("%s", (_name, change, levels, expected) => {
    const seen = told(change, levels);
    expect(seen.slice(0, expected.length)).toEqual(expected);
    if (expected.length === 0) expect(seen).toEqual([]);
  });

  it("keeps a bounded memory at any rate of readings", () => {
    const w = detectWorld({ service: probe, devices: [birth("p", "probe")], rules: [ruleOf("probe", { ...base, by: 100 })] });
    for (let n = 0; n < 5000; n++) w.say("p", start + n * 100, { level: n / 1000 });
    w.until(start + 600_000);
    expect(JSON.stringify(w.detector.state()).length).toBeLessThan(8000);
  });

  it("says from where to where, and in what time", () => {
    const { findings } = run({}, ramp(1, 0.1, 6));
    expect(findings[0]?.evidence?.condition).toEqual({
      ko: "수위 3분 만에 1.100 m → 1.400 m 상승 (기준: 10분 안에 0.300 m)",
      en: "Level rose 1.100 m → 1.400 m in 3 min (limit: 0.300 m within 10 min)",
    });
    expect(findings[0]?.evidence?.inputs).toHaveLength(2);
  });
});
