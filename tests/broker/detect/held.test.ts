import { describe, expect, it } from "vitest";
import type { HeldCondition } from "../../../shared/alarm-rule.ts";
import type { Value } from "../../../shared/reading.ts";
import { defineService, flag, state, text } from "../../../shared/service.ts";
import { probe } from "../../contract/probe-service.ts";
import { birth, detectWorld, ruleOf, start } from "../../support/detect-world.ts";

const base: HeldCondition<string, string> = { kind: "held", metric: "gate", is: ["fault"], seconds: 150 };
type Said = Readonly<Record<string, Value>> | null;
/** Minute by minute; a probe is stale after 3 min. */
function run(change: Partial<HeldCondition<string, string>>, readings: readonly Said[]) {
  const w = detectWorld({ service: probe, devices: [birth("p", "probe")], rules: [ruleOf("probe", { ...base, ...change })] });
  for (const [at, m] of readings.entries()) {
    if (m !== null) w.say("p", start + (at + 1) * 60_000, m);
    w.until(start + (at + 1) * 60_000);
  }
  w.until(start + (readings.length + 30) * 60_000);
  return w;
}
const told = (...args: Parameters<typeof run>) =>
  run(...args)
    .told()
    .map(([s, what, , priority]) => [Math.round(s / 6) / 10, what, priority]);
const bad: Said = { gate: "fault" };
const good: Said = { gate: "open" };
const wet: Said = { wet: true };
const times = (count: number, said: Said): Said[] => new Array(count).fill(said);

describe("a flag or state that holds", () => {
  it.each<[string, Partial<HeldCondition<string, string>>, Said[], [number, string, number][]]>([
    ["is raised after its time, between two readings", {}, [good, bad, bad, bad, bad], [[4.5, "raised", 3]]],
    [
      "at once when no time is wanted",
      { seconds: 0 },
      [good, bad, good],
      [
        [2, "raised", 3],
        [3, "cleared", 3],
      ],
    ],
    ["is not raised when it goes at the very end of its time", { seconds: 120 }, [bad, bad, good, good], []],
    ["begins anew when it was gone", {}, [bad, bad, good, bad, bad, bad, bad], [[6.5, "raised", 3]]],
    ["takes any of its words", { is: ["fault", "closed"] }, [bad, { gate: "closed" }, bad, bad], [[3.5, "raised", 3]]],
    ["is no single wrong reading", {}, [good, bad, good, good, good], []],
    [
      "takes flags",
      { metric: "wet", is: true },
      [wet, wet, wet, wet, { wet: false }],
      [
        [3.5, "raised", 3],
        [5, "cleared", 3],
      ],
    ],
    ["is not said of what another metric says meanwhile", { seconds: 200 }, [bad, wet, wet, wet, good], []],
    [
      "grows graver with time, and begins at the least grave again",
      {
        seconds: 60,
        steps: [
          { seconds: 240, priority: 2 },
          { seconds: 360, priority: 1 },
        ],
      },
      [...times(8, bad), good, bad, bad],
      [
        [2, "raised", 3],
        [5, "priority", 2],
        [7, "priority", 1],
        [9, "cleared", 1],
        [11, "raised", 3],
      ],
    ],
    [
      "waits for its off-delay",
      { off: 90 },
      [...times(4, bad), good, bad, good, good, good],
      [
        [3.5, "raised", 3],
        [8.5, "cleared", 3],
      ],
    ],
    ["does not count a silence", { seconds: 400 }, [bad, bad, null, null, null, null, bad, bad], []],
    [
      "is raised when it still holds long enough after a silence",
      { seconds: 200 },
      [bad, null, null, null, null, bad, bad, bad, bad, bad],
      [[9.3, "raised", 3]],
    ],
    ["is not cleared by silence", {}, [...times(4, bad), ...times(20, null)], [[3.5, "raised", 3]]],
    [
      "holds only while another metric says so",
      { while: { metric: "wet", is: true } },
      [
        { gate: "fault", wet: false },
        { gate: "fault", wet: false },
        { gate: "fault", wet: true },
        { gate: "fault", wet: true },
        { gate: "fault", wet: true },
        { gate: "fault", wet: true },
      ],
      [[5.5, "raised", 3]],
    ],
  ])("%s", (_name, change, readings, expected) => {
    expect(told(change, readings)).toEqual(expected);
  });

  it("says since when, for how long and what is allowed", () => {
    const { findings } = run({}, times(4, bad));
    expect(findings[0]).toMatchObject({ metric: "gate", value: "fault", limit: 150 });
    expect(findings[0]?.evidence).toMatchObject({
      condition: { ko: "문 고장 2분 30초 지속 (기준 2분 30초)", en: "Gate fault for 2 min 30 s (limit 2 min 30 s)" },
      inputs: [{ device: "p", metric: "gate", t: start + 60_000, value: "fault" }],
    });
  });
});

const lot = defineService({
  ...probe,
  id: "lot",
  metrics: {
    taken: flag("점유", "Taken", text("예", "yes"), text("아니요", "no")),
    plug: state("충전기", "Plug", { free: text("비었음", "free"), busy: text("사용", "busy") }),
  },
  kinds: {
    bay: { label: text("면", "Bay"), metrics: ["taken"], every: 60, stale: 180, constants: ["number"] },
    plug: { label: text("충전기", "Plug"), metrics: ["plug"], every: 60, stale: 180, constants: ["number"] },
  },
  panel: { figures: [], trend: "", main: { bay: "taken", plug: "plug" } },
} as never);

describe("a state that holds while a device of another kind says something", () => {
  const rule = ruleOf("bay", {
    kind: "held",
    metric: "taken",
    is: true,
    seconds: 200,
    while: { metric: "plug", is: ["free"], at: { kind: "plug", same: "number" } },
  });
  const at = (d: string, kind: string, site: string, number: number | undefined) =>
    birth(d, kind, { site, ...(number === undefined ? {} : { constants: { number } }) });
  function run(
    plugs: Record<string, readonly (string | null)[]>,
    devices = [at("b1", "bay", "a", 1), at("p1", "plug", "a", 1), at("p2", "plug", "a", 2), at("p3", "plug", "b", 1)],
  ) {
    const w = detectWorld({ service: lot as never, devices, rules: [rule] });
    for (let n = 1; n <= 8; n++) {
      w.say("b1", start + n * 60_000, { taken: true });
      for (const [id, said] of Object.entries(plugs)) {
        const plug = said[n - 1];
        if (plug !== null && plug !== undefined) w.say(id, start + n * 60_000 - 5000, { plug });
      }
    }
    w.until(start + 9 * 60_000);
    return w.told().map(([s, what]) => [Math.round(s / 6) / 10, what]);
  }
  const always = (word: string | null) => new Array(8).fill(word);

  it.each<[string, Record<string, (string | null)[]>, [number, string][]]>([
    [
      "is raised when the one with the same constant at the same place says so",
      { p1: always("free"), p2: always("busy"), p3: always("busy") },
      [[4.3, "raised"]],
    ],
    ["not by one with another constant, nor by one at another place", { p1: always("busy"), p2: always("free"), p3: always("free") }, []],
    ["not when the other one is silent", { p1: always(null) }, []],
    ["not when the other one fell silent long ago", { p1: ["free", ...always(null)] }, []],
    ["begins anew when the other one changed its mind", { p1: ["free", "free", "busy", "free", "free", "free", "free", "free"] }, [[7.3, "raised"]]],
    [
      "is over when the other one says otherwise",
      { p1: ["free", "free", "free", "free", "free", "busy", "busy", "busy"] },
      [
        [4.3, "raised"],
        [6, "cleared"],
      ],
    ],
  ])("%s", (_name, plugs, expected) => {
    expect(run(plugs)).toEqual(expected);
  });

  it("asks the right one, whoever comes first", () => {
    expect(run({ p0: always("free"), p1: always("busy") }, [at("b1", "bay", "a", 1), at("p0", "plug", "a", 9), at("p1", "plug", "a", 1)])).toEqual(
      [],
    );
  });

  it("asks the other one again when the time is over", () => {
    const w = detectWorld({ service: lot as never, devices: [at("b1", "bay", "a", 1), at("p1", "plug", "a", 1)], rules: [rule] });
    for (let n = 1; n <= 8; n++) w.say("b1", start + n * 60_000, { taken: true });
    for (let n = 0; n <= 8; n++) w.say("p1", start + n * 60_000 + 10_000, { plug: n < 4 ? "free" : "busy" });
    w.until(start + 9 * 60_000);
    expect(w.told()).toEqual([]);
  });

  it("is silent for a device without the constant", () => {
    expect(run({ p1: always("free") }, [at("b1", "bay", "a", undefined), at("p1", "plug", "a", undefined)])).toEqual([]);
  });
});
