import { describe, expect, it } from "vitest";
import type { LimitCondition } from "../../../shared/alarm-rule.ts";
import { probe } from "../../contract/probe-service.ts";
import { birth, detectWorld, ruleOf, start } from "../../support/detect-world.ts";

const base: LimitCondition<string> = { kind: "limit", metric: "level", side: "above", steps: [{ limit: 5, priority: 3 }], deadband: 0.5 };
const ladder = { steps: [5, 6, 7].map((limit, k) => ({ limit, priority: (3 - k) as 1 | 2 | 3 })) };
/** A probe speaks every 60 s and is stale after 180 s. `null`: it is silent then. */
function run(
  change: Partial<LimitCondition<string>>,
  levels: readonly (number | null)[],
  more: { constants?: Record<string, number>; restart?: boolean } = {},
) {
  const w = detectWorld({
    service: probe,
    devices: [birth("p", "probe", more.constants === undefined ? {} : { constants: more.constants })],
    rules: [ruleOf("probe", { ...base, ...change })],
  });
  for (const [at, level] of levels.entries()) {
    const t = start + (at + 1) * 60_000;
    if (level !== null) w.say("p", t, { level });
    w.until(t);
    if (more.restart) w.restart();
  }
  w.until(start + (levels.length + 10) * 60_000);
  return w;
}
/** Minutes, what, priority. */
const told = (...args: Parameters<typeof run>) =>
  run(...args)
    .told()
    .map(([s, what, , priority]) => [Math.round(s / 6) / 10, what, priority]);

describe("a limit", () => {
  it.each<[string, Partial<LimitCondition<string>>, (number | null)[], [number, string, number][]]>([
    ["is reached at the limit itself", {}, [4.9, 5], [[2, "raised", 3]]],
    ["is not reached below it", {}, [4.9, 4.999], []],
    [
      "is left when the value is back by more than the deadband",
      {},
      [5, 4.6, 4.5, 4.49],
      [
        [1, "raised", 3],
        [4, "cleared", 3],
      ],
    ],
    ["is not entered within the deadband", {}, [4.6, 4.9], []],
    [
      "counts below as well",
      { side: "below", steps: [{ limit: 5, priority: 3 }] },
      [5.1, 5, 5.5, 5.6],
      [
        [2, "raised", 3],
        [4, "cleared", 3],
      ],
    ],
    ["wants its samples one after the other", { samples: 2 }, [5, 4, 5, 5], [[4, "raised", 3]]],
    ["is not one wrong reading", { samples: 2 }, [4, 9, 4, 4], []],
    ["waits for its on-delay", { on: 150 }, [5, 5, 5, 5], [[3.5, "raised", 3]]],
    ["begins its on-delay anew when it was gone", { on: 150 }, [5, 5, 4, 5, 5, 5, 5], [[6.5, "raised", 3]]],
    ["is not raised when it goes at the very end of the on-delay", { on: 120 }, [5, 5, 4, 4], []],
    [
      "waits for its off-delay",
      { off: 100 },
      [5, 4, 4, 4],
      [
        [1, "raised", 3],
        [3.7, "cleared", 3],
      ],
    ],
    ["stays through a short dip", { off: 100 }, [5, 4, 5, 5], [[1, "raised", 3]]],
    [
      "steps up and down, each step by its own deadband",
      ladder,
      [5.2, 6.1, 7.5, 6.7, 6.4, 5.4, 4.4],
      [
        [1, "raised", 3],
        [2, "priority", 2],
        [3, "priority", 1],
        [5, "priority", 2],
        [6, "priority", 3],
        [7, "cleared", 3],
      ],
    ],
    ["does not step up by one wrong reading", { ...ladder, samples: 2 }, [5.2, 5.2, 9, 5.2, 5.2], [[2, "raised", 3]]],
    [
      "steps up by the readings that its samples want",
      { ...ladder, samples: 2 },
      [5.2, 5.2, 6.2, 6.3],
      [
        [2, "raised", 3],
        [4, "priority", 2],
      ],
    ],
    ["leaps to the highest step", ladder, [4, 7.2], [[2, "raised", 1]]],
    ["does not count what nobody saw: silence within an on-delay", { on: 300 }, [5, null, null, null, null, null, null, 5], []],
    ["counts the delay from the first reading after a silence", { on: 200 }, [5, null, null, null, null, 5, 5, 5, 5], [[9.3, "raised", 3]]],
    ["is not cleared by silence", {}, [5, null, null, null, null, null], [[1, "raised", 3]]],
    ["does not clear on a stale off-delay", { off: 400 }, [5, 4, null, null, null, null, null, null, null], [[1, "raised", 3]]],
  ])("%s", (_name, change, levels, expected) => {
    expect(told(change, levels)).toEqual(expected);
    expect(told(change, levels, { restart: true }), "restarted after every reading").toEqual(expected);
  });

  it("may be a constant of the device, and is silent when its birth document lacks it", () => {
    const change = { steps: [{ limit: { constant: "alert", factor: 2, plus: 1 }, priority: 2 }] } as const;
    expect(told(change, [8, 9], { constants: { alert: 4 } })).toEqual([[2, "raised", 2]]);
    expect(told(change, [8, 9, 900])).toEqual([]);
  });

  it("holds only while the other number is high enough", () => {
    const w = detectWorld({
      service: probe,
      devices: [birth("p", "probe")],
      rules: [ruleOf("probe", { ...base, while: { metric: "volume", atLeast: 10 } })],
    });
    for (const [at, m] of [{ level: 9 }, { level: 9, volume: 9 }, { level: 9, volume: 10 }, { level: 9, volume: 3 }].entries())
      w.say("p", start + (at + 1) * 60_000, m);
    w.until(start + 600_000);
    expect(w.told().map(([s, what]) => [s, what])).toEqual([
      [180, "raised"],
      [240, "cleared"],
    ]);
  });

  it("rests on no value that the sensor itself calls bad or old", () => {
    const w = detectWorld({ service: probe, devices: [birth("p", "probe")], rules: [ruleOf("probe", base)] });
    w.say("p", start + 1000, { level: 9 }, { level: "bad" });
    w.say("p", start + 2000, { level: 9 }, { level: "stale" });
    w.until(start + 3000);
    expect(w.told()).toEqual([]);
    w.say("p", start + 4000, { level: 9 }, { level: "sat" });
    w.until(start + 5000);
    expect(w.raised()).toEqual(["rule"]);
  });

  it("says why, with the numbers of the device in both languages", () => {
    const { findings } = run({ samples: 2, on: 60, while: { metric: "level", atLeast: 1 } }, [5.25, 5.25, 5.25]);
    expect(findings[0]).toMatchObject({ metric: "level", value: 5.25, limit: 5 });
    expect(findings[0]?.evidence).toMatchObject({
      rule: "probe/rule",
      version: 1,
      inputs: [{ device: "p", metric: "level", value: 5.25 }, { metric: "level" }],
    });
    expect(findings[0]?.evidence?.condition).toEqual({
      ko: "수위 5.250 m ≥ 5.000 m, 2회 연속, 1분 지속, 수위 5.250 m, 불감대 0.500 m",
      en: "Level 5.250 m ≥ 5.000 m, 2 readings running, for 1 min, Level 5.250 m, deadband 0.500 m",
    });
  });

  it.each([
    ["at once", [60, 80, 80, 12, 12, 12, 12, 12]],
    ["by way of the middle", [60, 80, 80, 60, 12, 12, 12, 12]],
  ])("does not claim on the way down what is no longer so: %s", (_name, levels) => {
    const steps = [
      { limit: 55, priority: 3 },
      { limit: 78, priority: 2 },
    ] as const;
    const found = run({ steps, deadband: 3, on: 60, off: 120 }, levels).findings;
    for (const { what, value, limit, evidence } of found) {
      if (what !== "cleared") expect(Number(value)).toBeGreaterThanOrEqual(Number(limit));
      expect(evidence?.condition.en ?? "").not.toContain("Level 12");
    }
    expect(found.at(-1)).toMatchObject({ what: "cleared", value: 12 });
  });

  it("keeps value and evidence of before when it steps down below its milder limit too, and tells them anew when that one is still passed", () => {
    const steps = [
      { limit: 55, priority: 3 },
      { limit: 78, priority: 2 },
    ] as const;
    const down = (levels: number[], off: number) => run({ steps, deadband: 3, off }, levels).findings.filter(({ what }) => what === "priority");
    expect(down([80, 60, 12, 12, 12], 60)).toMatchObject([{ priority: 3, value: 80, limit: 55, evidence: null }]);
    expect(down([80, 54, 54, 54], 60)).toMatchObject([{ priority: 3, value: 80, limit: 55, evidence: null }]);
    expect(down([80, 60, 60, 60], 60)).toMatchObject([{ priority: 3, value: 60, limit: 55, evidence: { inputs: [{ value: 60 }] } }]);
  });
});
