import { describe, expect, it } from "vitest";
import type { AlarmSeen, Evidence } from "../../director/judge/evidence.ts";
import { cameLate, judge, type Window } from "../../director/judge/expectations.ts";
import type { ScenarioExpectation } from "../../shared/scenario/scenario.ts";

const from = Date.UTC(2026, 5, 9, 1);
const at = (minutes: number): number => from + minutes * 60_000;
const ledger = { received: 10, accepted: 8, duplicate: 2, refused: 0, lost: 0, late: 1 };
const nothing: Evidence = {
  alarms: [],
  items: [],
  events: [],
  commands: [],
  refusals: [],
  floods: [],
  counted: [],
  ledger,
  reading: () => undefined,
};
const alarm = (minutes: number, over: Partial<AlarmSeen> = {}): AlarmSeen => ({
  ...{
    id: "a",
    occurrence: 1,
    rule: "stream/level",
    class: "operations",
    device: "ws-01",
    raisedAt: at(minutes),
    at: 0,
    clearedAt: null,
    acknowledged: null,
    cause: null,
  },
  ...over,
});
const window: Window = { from, until: at(60), devices: new Set(["ws-01"]), injectedUntil: at(30), to: at(60) };
const told = (expectation: ScenarioExpectation, evidence: Partial<Evidence>, minutes = 60, over: Partial<Window> = {}) =>
  judge(expectation, { ...window, ...over }, { ...nothing, ...evidence }, at(minutes)).state;

describe("an expected alarm", () => {
  const level: ScenarioExpectation = { alarm: "stream/level" };
  it("holds from its first moment on, and fails when its time is over", () => {
    expect(told(level, {}, 10)).toBe("to-come");
    expect(told(level, { alarms: [alarm(10)] }, 10)).toBe("held");
    expect(told(level, {}, 60)).toBe("failed");
  });
  it("must be of this rule, on these devices, of this class, and within this time", () => {
    expect(told(level, { alarms: [alarm(10, { rule: "stream/rising" })] })).toBe("failed");
    expect(told(level, { alarms: [alarm(10, { device: "ws-02" })] })).toBe("failed");
    expect(told(level, { alarms: [alarm(61)] }, 70)).toBe("failed");
    expect(told(level, { alarms: [alarm(-1)] })).toBe("failed");
    expect(told({ alarm: "stuck", class: "maintenance" }, { alarms: [alarm(10, { rule: "stream/stuck", class: "maintenance" })] })).toBe("held");
    expect(told({ alarm: "level", class: "maintenance" }, { alarms: [alarm(10)] })).toBe("failed");
  });
  it("comes no more often than it may: then the end decides", () => {
    const once: ScenarioExpectation = { alarm: "stream/level", atMost: 1 };
    expect(told(once, { alarms: [alarm(10)] }, 20)).toBe("to-come");
    expect(told(once, { alarms: [alarm(10)] })).toBe("held");
    expect(told(once, { alarms: [alarm(10), alarm(11, { occurrence: 2 })] }, 20)).toBe("failed");
  });
  it("clears in time after the end of what caused it", () => {
    const clears: ScenarioExpectation = { alarm: "stream/level", clears: "10m" };
    expect(told(clears, { alarms: [alarm(10)] }, 35)).toBe("to-come");
    expect(told(clears, { alarms: [alarm(10, { clearedAt: at(36) })] }, 37)).toBe("held");
    expect(told(clears, { alarms: [alarm(10, { clearedAt: at(45) })] }, 46)).toBe("failed");
    expect(told(clears, { alarms: [alarm(10)] }, 41)).toBe("failed");
  });
  it("is decided at the scenario's end at the latest, also when nobody knows when its cause is over, or when that lies behind the end", () => {
    const clears: ScenarioExpectation = { alarm: "stream/level", clears: "10m" };
    for (const injectedUntil of [null, at(55), at(90)]) {
      expect(told(clears, { alarms: [alarm(10)] }, 54, { injectedUntil })).toBe("to-come");
      expect(told(clears, { alarms: [alarm(10, { clearedAt: at(20) })] }, 54, { injectedUntil })).toBe("to-come");
      expect(told(clears, { alarms: [alarm(10, { clearedAt: at(20) })] }, 60, { injectedUntil })).toBe("held");
      expect(told(clears, { alarms: [alarm(10)] }, 60, { injectedUntil })).toBe("failed");
    }
  });
  it("waits for the step that it follows", () => {
    expect(told(level, { alarms: [alarm(10)] }, 20, { from: null })).toBe("to-come");
    expect(told(level, { alarms: [alarm(10)] }, 60, { from: null })).toBe("failed");
  });
});

describe("other expectations", () => {
  it("none of something fails at once, and holds at the end", () => {
    expect(told({ none: { class: "operations" } }, { alarms: [alarm(10)] }, 11)).toBe("failed");
    expect(told({ none: { class: "maintenance" } }, { alarms: [alarm(10)] }, 11)).toBe("to-come");
    expect(told({ none: { class: "maintenance" } }, { alarms: [alarm(10)] })).toBe("held");
    expect(told({ none: { item: "evzone/non-ev" } }, { items: [{ id: "i", rule: "evzone/non-ev", device: "ws-01", t: at(5) }] }, 6)).toBe("failed");
  });
  it.each<[string, ScenarioExpectation, Partial<Evidence>]>([
    ["a case", { item: "evzone/non-ev" }, { items: [{ id: "i", rule: "evzone/non-ev", device: "ws-01", t: at(5) }] }],
    ["an event", { event: "silent" }, { events: [{ t: at(5), service: "stream", device: "ws-01", what: "silent" }] }],
    ["a refusal", { refused: "json" }, { refusals: [{ t: at(5), code: "json", device: "ws-01", times: 1 }] }],
    ["a flood", { flood: "begins" }, { floods: [{ from: at(5), to: null }] }],
    [
      "a command",
      { action: "close" },
      { commands: [{ id: "c", op: "close", service: "stream", device: "ws-01", t: at(4), at: 0, confirmedAt: at(5), alarm: null }] },
    ],
  ])("%s comes", (_what, expectation, evidence) => {
    expect(told(expectation, evidence, 5)).toBe("held");
    expect(told(expectation, {}, 60)).toBe("failed");
  });
  it("a command that nobody confirmed is none", () => {
    expect(
      told(
        { action: "close" },
        { commands: [{ id: "c", op: "close", service: "stream", device: "ws-01", t: at(4), at: 0, confirmedAt: null, alarm: null }] },
      ),
    ).toBe("failed");
  });
  it("a state is read at the end, of all devices or of a share", () => {
    const gates = { devices: new Set(["g-1", "g-2"]) };
    const reading = (device: string) => (device === "g-1" ? "closed" : "open");
    expect(told({ state: { metric: "gate", is: "closed" } }, { reading }, 59, gates)).toBe("to-come");
    expect(told({ state: { metric: "gate", is: "closed" } }, { reading }, 60, gates)).toBe("failed");
    expect(told({ state: { metric: "gate", is: "closed", share: 0.5 } }, { reading }, 60, gates)).toBe("held");
    expect(told({ state: { metric: "level", above: 1, below: 3 } }, { reading: () => 2 }, 60)).toBe("held");
    expect(told({ state: { metric: "level", above: 2 } }, { reading: () => 2 }, 60)).toBe("failed");
    expect(told({ state: { metric: "level", above: 2 } }, {}, 60)).toBe("failed");
  });
  it("the ledger is counted at the end", () => {
    expect(told({ count: { of: "duplicate", atLeast: 2, atMost: 2 } }, {}, 60)).toBe("held");
    expect(told({ count: { of: "lost", atLeast: 1 } }, {}, 60)).toBe("failed");
  });
});

describe("what came too late", () => {
  const late = (expectation: ScenarioExpectation, evidence: Partial<Evidence>) =>
    cameLate(expectation, { ...window, until: at(20) }, { ...nothing, ...evidence })?.en;
  const item = { id: "i", rule: "ucare/inactive", device: "ws-01", t: at(40) };
  it("is told of everything that is to come, and of nothing that is not", () => {
    expect(late({ alarm: "stream/level" }, { alarms: [alarm(30), alarm(25)] })).toBe("came at 10:25:00, after 25m, too late");
    expect(late({ item: "inactive" }, { items: [item] })).toBe("came at 10:40:00, after 40m, too late");
    expect(late({ event: "silent" }, { events: [{ t: at(21), service: "stream", device: "ws-01", what: "silent" }] })).toContain("too late");
    expect(late({ flood: "begins" }, { floods: [{ from: at(21), to: null }] })).toContain("too late");
    expect(late({ none: { rule: "stream/level" } }, { alarms: [alarm(30)] })).toBeUndefined();
  });
  it("is not what came too often or elsewhere", () => {
    expect(late({ alarm: "stream/level", atMost: 1 }, { alarms: [alarm(10), alarm(11), alarm(30)] })).toBeUndefined();
    expect(late({ alarm: "stream/level" }, { alarms: [alarm(30, { device: "ws-02" })] })).toBeUndefined();
  });
});
