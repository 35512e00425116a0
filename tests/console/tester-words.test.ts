import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { byWeight, differencesOf, differenceText, isSame } from "../../console/web/views/tester/compare/differences.ts";
import { deskRun } from "../../console/web/views/tester/desk-run.ts";
import { commandOf } from "../../console/web/views/tester/inject/inject-command.ts";
import { draftOf, keepDraft, openDraft } from "../../console/web/views/tester/inject/inject-drafts.ts";
import {
  fitsDevice,
  formOf,
  formProblem,
  type InjectForm,
  requestOf,
  stepLines,
  withStep,
} from "../../console/web/views/tester/inject/inject-request.ts";
import { figureLength, lengthText, shortLength } from "../../console/web/views/tester/lengths.ts";
import { movesText, paceText } from "../../console/web/views/tester/library/pace.ts";
import { hidesTruth, presentCues, runNow, runProgress } from "../../console/web/views/tester/run-progress.ts";
import { delayEnds, delayPlace, delayTicks } from "../../console/web/views/tester/score/delay-scale.ts";
import { confusionCells, scoreFigures, soughtKinds } from "../../console/web/views/tester/score/score-figures.ts";
import { inTime } from "../../console/web/views/tester/step-order.ts";
import { injectionKindOf, injectionKinds } from "../../shared/scenario/kinds.ts";
import { longestInjection } from "../../shared/scenario/lasting.ts";
import { scenarioSchema } from "../../shared/scenario/scenario.ts";
import type { InjectionKindRow, ScenarioRun } from "../../shared/scenario/scenario-port.ts";
import type { Scorecard } from "../../shared/scenario/scorecard.ts";
import { selectorSchema } from "../../shared/scenario/selector.ts";
import { services } from "../../shared/services/index.ts";

const kindOf = (id: string): InjectionKindRow => injectionKindOf(id) as InjectionKindRow;
const fill = (id: string, over: Partial<InjectForm> = {}): InjectForm => ({ ...formOf(kindOf(id)), ...over });
const ask = (id: string, over: Partial<InjectForm> = {}) => requestOf(fill(id, over), kindOf(id));

describe("lengths of time", () => {
  it.each([
    [48, "48 s", "48초"],
    [192, "3 m 12 s", "3분 12초"],
    [360, "6 m", "6분"],
    [6420, "1 h 47", "1시간 47분"],
    [7200, "2 h", "2시간"],
    [172_800, "2 d", "2일"],
    [180_000, "2 d 2 h", "2일 2시간"],
    [-4, "0 s", "0초"],
  ])("of %s s are told as %s", (seconds, en, ko) => expect(lengthText(seconds)).toEqual({ ko, en }));
  it("in large type are minutes with seconds, and hours with a decimal from 100 minutes on: never 2:18 for hours", () => {
    expect([162, 1560, 5999, 6000].map((seconds) => figureLength(seconds).figure)).toEqual(["2:42", "26:00", "99:59", "1.7"]);
    expect([shortLength(48).en, shortLength(6000).en]).toEqual(["0:48", "1.7 h"]);
  });
});

describe("the axis of delays", () => {
  it("is logarithmic from seconds to hours, and holds what lies beyond its ends at them", () => {
    const places = delayTicks.map(delayPlace);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(delayPlace(600) - delayPlace(60)).toBeCloseTo(delayPlace(60_0) - delayPlace(60), 6);
    expect(delayPlace(100) - delayPlace(10)).toBeCloseTo(delayPlace(1000) - delayPlace(100), 6);
    expect([delayPlace(0), delayPlace(delayEnds.low), delayPlace(delayEnds.high), delayPlace(1e9)]).toEqual([0, 0, 1, 1]);
  });
});

const card: Scorecard = {
  from: 0,
  to: 1,
  found: [
    {
      truth: { v: 1, id: "i", by: "injection", kind: "drift", class: "fault", service: null, devices: [], onset: 0, observable: null, end: null },
      title: { ko: "드리프트", en: "Drift" },
      by: null,
      delay: null,
      alarms: 0,
      acknowledged: null,
      acted: null,
    },
  ],
  kinds: [
    { kind: "drift", title: { ko: "", en: "" }, class: "fault", found: 0, of: 1, delays: [], alarms: 0 },
    { kind: "storm", title: { ko: "", en: "" }, class: "event", found: 2, of: 2, delays: [60, 162], alarms: 5 },
    { kind: "ucare/steam", title: { ko: "", en: "" }, class: "quiet", found: 0, of: 1, delays: [], alarms: 0 },
  ],
  confusion: {
    event: { operations: 6, maintenance: 0, nothing: 0 },
    fault: { operations: 0, maintenance: 4, nothing: 1 },
    nothing: { operations: 1, maintenance: 0 },
  },
  false: [{ alarm: "a", rule: "stream/level", device: "ws-01", class: "operations", t: 0 }],
  falsePerSensorDay: 0.0079,
  sensors: 300,
  medianDelay: 162,
  worstDelay: 1560,
  alarmsPerIncident: null,
  toAcknowledge: { city: 48, wall: 3, count: 9 },
  toAction: { city: null, wall: null, count: 0 },
};
describe("the scorecard", () => {
  it("has six figures; what must stay quiet is not there to be found, and what nobody did yet is no number", () => {
    const figures = scoreFigures(card, true);
    // as long as it goes on nothing is missed
    expect(scoreFigures(card, false)[0]?.note.en).toBe("1 not yet: Drift");
    expect(figures.map(({ id, figure, note }) => [id, figure, note.en])).toEqual([
      ["found", "2", "1 missed: Drift"],
      ["delay", "2:42", "worst 26:00"],
      ["false", "1", "7.9 per 1,000 sensor-days"],
      ["acknowledge", "0:48", "median of 9 · wall 0:03"],
      ["action", "—", "none yet"],
      ["per-incident", "—", "target ≤ 3"],
    ]);
    expect(figures[0]?.unit.en).toBe("/ 3");
    expect(soughtKinds(card).map(({ kind }) => kind)).toEqual(["drift", "storm"]);
  });
  it("marks as wrong what was taken for something else, and never a zero", () => {
    const cells = confusionCells(card);
    expect(cells).toHaveLength(9);
    expect(cells.filter(({ isWrong }) => isWrong).map(({ row, column }) => `${row} ${column}`)).toEqual(["fault nothing", "nothing operations"]);
    expect(cells.filter(({ isRight }) => isRight).map(({ count }) => count)).toEqual([6, 4]);
    expect(cells.at(-1)).toMatchObject({ row: "nothing", column: "nothing", count: undefined });
  });
});

describe("an injection that is being filled in", () => {
  const kinds = (...ids: readonly string[]) => new Map(ids.map((id) => [id, kindOf(id)]));
  it("stays as it was left, whatever was looked at or cleared meanwhile, each device's for itself", () => {
    openDraft(kinds("drift", "noise"), "ws-01");
    expect(draftOf("ws-01")).toMatchObject({ kind: "drift", device: "ws-01" });
    keepDraft("ws-01", { ...formOf(kindOf("noise")), device: "ws-01", minutes: 7 });
    openDraft(kinds("drift", "noise"), "ws-01");
    expect(draftOf("ws-01")).toMatchObject({ kind: "noise", minutes: 7 });
    openDraft(kinds("drift", "noise"), "ws-02");
    expect(draftOf("ws-02")).toMatchObject({ kind: "drift", device: "ws-02" });
  });
  it("begins anew where its kind is none", () => {
    keepDraft(undefined, formOf(kindOf("noise")));
    openDraft(kinds("stuck"), undefined);
    expect(draftOf(undefined)).toMatchObject({ kind: "stuck", device: "" });
  });
});

describe("an injection that is filled in", () => {
  it("asks for what is chosen, and leaves out what is not", () => {
    expect(ask("storm")).toEqual({ kind: "storm", on: {}, with: { depth: 90, peak: 40 } });
    expect(ask("storm", { minutes: 90 }).lasts).toBe(5400);
    expect(ask("stuck", { trade: "stream/gauge", district: "bukmun", share: "10 % of gateways", minutes: undefined })).toEqual({
      kind: "stuck",
      on: { service: "stream", kind: "gauge", district: "bukmun", share: "10 % of gateways" },
    });
    expect(ask("stuck", { trade: "stream", share: "3" }).on).toEqual({ service: "stream", count: 3 });
    expect(ask("stuck", { trade: "stream", share: "50 %", device: "ws-01" }).on).toEqual({ device: "ws-01" });
    expect(ask("power-cut", { trade: "stream", district: "bukmun" }).on).toEqual({ district: "bukmun" });
  });
  it("names places as the selector has them, whatever is chosen", () => {
    for (const share of ["", "1", "10 %", "50 % of gateways"])
      expect(selectorSchema.safeParse(ask("delay", { trade: "traffic", share }).on).success).toBe(true);
  });
  it("of every kind is whole with its usual values, but for a district that nobody chose", () => {
    const unfit = injectionKinds.filter((kind) => formProblem(formOf(kind), kind) !== undefined);
    expect(unfit.every(({ on }) => on === "district")).toBe(true);
    expect(formProblem(fill("storm", { args: { depth: 9000, peak: 40 } }), kindOf("storm"))?.en).toContain("Depth");
    const may = (minutes: number): boolean => formProblem(fill("storm", { minutes }), kindOf("storm")) === undefined;
    expect([0, 90, longestInjection / 60, longestInjection / 60 + 1].map(may)).toEqual([false, true, true, false]);
  });
  it("can strike a device of its service and kind alone, and no city from a device", () => {
    const gauge = { service: "stream", kind: "gauge" };
    expect(["storm", "stuck", "delay", "power-cut"].map((id) => fitsDevice(kindOf(id), gauge))).toEqual([false, true, true, false]);
    const incidents = injectionKinds.filter(({ service }) => service !== null);
    for (const incident of incidents)
      for (const { id, kinds } of services)
        for (const kind of Object.keys(kinds))
          expect(fitsDevice(incident, { service: id, kind })).toBe(incident.service === id && (incident.kinds ?? []).includes(kind));
    // Another service may have a kind of the same name.
    expect(incidents.some((incident) => fitsDevice(incident, { service: "harbour", kind: "gauge" }))).toBe(false);
  });
  it("is one line for a terminal", () => {
    expect(commandOf(ask("stuck", { trade: "stream/gauge", share: "10 % of gateways", minutes: 30, args: { metric: "level" } }))).toBe(
      "npx gwanje inject stuck --on 'service=stream,kind=gauge,share=10 % of gateways' --for 30m --with metric=level",
    );
    expect(commandOf(ask("storm", { minutes: undefined }))).toBe("npx gwanje inject storm --with depth=90 --with peak=40");
  });
  it("becomes a step of a scenario file, at the end of its timeline", () => {
    const file = [
      "scenario: one",
      "title: { ko: 하나, en: One }",
      "story: { ko: 하나, en: One }",
      "start: 2026-07-14T20:00",
      "lasts: 2h",
      "timeline:",
      "  - at: 10m",
      "    inject: storm",
      "",
      "expect:",
      "  - alarm: stream/level",
      "",
    ].join("\n");
    const step = stepLines(ask("stuck", { trade: "stream/gauge", share: "10 %", minutes: 90, args: { metric: "level" } }), 754);
    const next = withStep(file, step);
    expect(next.split("\n").slice(7, 16)).toEqual([
      "    inject: storm",
      "  - at: 12m34s",
      "    inject: stuck",
      '    on: { service: stream, kind: gauge, share: "10 %" }',
      "    for: 1h30m",
      "    with: { metric: level }",
      "",
      "expect:",
      "  - alarm: stream/level",
    ]);
    expect(scenarioSchema.safeParse(parse(next)).success).toBe(true);
  });
});

const run = (over: Partial<ScenarioRun> = {}): ScenarioRun => ({
  id: "r",
  scenario: null,
  cityRun: "c",
  seed: 1,
  by: "한결",
  startedAt: 0,
  from: 0,
  to: 1_000_000,
  now: 0,
  state: "running",
  drill: false,
  steps: [],
  expectations: [],
  truths: [],
  passed: null,
  reason: null,
  repeat: "",
  noTwin: null,
  ...over,
});
const cue = (id: string, t: number, state: "done" | "to-come") => ({
  id,
  t,
  what: "cue" as const,
  step: {},
  words: { ko: id, en: id },
  devices: [],
  ends: null,
  state,
  reason: null,
});
describe("a run", () => {
  it("is where the city is, within its own time; one that is over stays at its end", () => {
    expect([-5, 400_000, 9e9].map((city) => runNow(run(), city))).toEqual([0, 400_000, 1_000_000]);
    expect(runNow(run({ state: "stopped", now: 300_000 }), 900_000)).toBe(300_000);
  });
  it("says how long it still takes where the clock moves", () => {
    const steps = [cue("a", 100_000, "done"), cue("b", 500_000, "to-come"), cue("c", 700_000, "to-come")];
    const told = runProgress(run({ steps }), 400_000, { rate: 60, paused: false });
    expect(told).toMatchObject({ done: 0.4, elapsed: 400, whole: 1000, wallLeft: 10 });
    expect(told.cues).toEqual([
      { at: 0.1, isPast: true },
      { at: 0.5, isPast: false },
      { at: 0.7, isPast: false },
    ]);
    expect(runProgress(run(), 0, { rate: 60, paused: true }).wallLeft).toBeUndefined();
    expect(presentCues(run({ steps }))).toMatchObject({ last: { id: "a" }, next: { id: "b" } });
    expect(presentCues(run({ steps, state: "stopped" }))).toMatchObject({ last: { id: "a" }, next: undefined });
  });
  it("has its steps in the order of time, whatever the order of the file; what has no time yet is last", () => {
    const [late, open, early, same, other] = [
      cue("late", 900_000, "to-come"),
      { ...cue("open", 0, "to-come"), t: null },
      cue("early", 100_000, "to-come"),
      cue("same", 100_000, "to-come"),
      { ...cue("other", 0, "to-come"), t: null },
    ] as const;
    expect(inTime([late, open, early, same, other]).map(({ id }) => id)).toEqual(["early", "same", "late", "open", "other"]);
    expect(presentCues(run({ steps: [late, open, early] })).next?.id).toBe("early");
  });
  it("is what the desk opens with while it goes on and after its end, but not when the city has begun anew", () => {
    const [over, older] = [run({ id: "over", state: "finished" }), run({ id: "older", state: "stopped" })];
    const open = run({ id: "open", state: "paused" });
    expect(deskRun([over, open, older], "c")?.id).toBe("open");
    expect(deskRun([over, older], "c")?.id).toBe("over");
    expect(deskRun([over, older], "d")).toBeUndefined();
    expect(deskRun(undefined, "c")).toBeUndefined();
  });
  it("hides what is true while it is a drill that goes on", () => {
    expect([run({ drill: true }), run({ drill: true, state: "finished" }), run()].map(hidesTruth)).toEqual([true, false, false]);
  });
});

describe("a story's pace", () => {
  const story = { rate: 120, lasts: 7200 };
  it("is its own when the city begins with it, else the city's, and says where that stands still", () => {
    const stands = { asked: 60, paused: true };
    expect(paceText(story, true, stands).en).toBe("At 120×: takes 1 m of real time.");
    expect(paceText(story, false, stands).en).toMatch(/stands still/);
    expect(paceText(story, false, { asked: 60, paused: false }).en).toBe("At the city's present 60×: takes 2 m of real time.");
    expect([movesText(stands).en, movesText({ asked: 60, paused: false }).en]).toEqual(["going on, stands still", "going on, 60×"]);
  });
});

describe("two nights side by side", () => {
  const night = (sums: Record<string, number[]>) => ({ from: 0, to: 2, t: [1, 2], sums });
  const told = (a: number, b: number) => {
    const [one] = differencesOf(
      { asItWas: night({ "stream/on-flooded-path": [0, a] }), without: night({ "stream/on-flooded-path": [0, b] }) },
      services,
    );
    return one && differenceText(one).en;
  };
  it("say in a sentence what the room changed", () => {
    expect(told(23, 96)).toBe("23.0 person-minutes instead of 96.0 · 76 % less");
    expect(told(96, 23)).toBe("96.0 person-minutes instead of 23.0 · 317 % more");
    expect(told(5, 0)).toBe("5.0 person-minutes instead of 0.0");
    expect(told(7.01, 7.04)).toBe("7.0 person-minutes with and without the room");
  });
  it("have what was measured in both, vehicles in hours, and first what differs most", () => {
    const all = differencesOf(
      {
        asItWas: night({ "traffic/delay": [0, 36_000], "stream/on-flooded-path": [0, 10], "x/y": [1, 2] }),
        without: night({ "traffic/delay": [0, 39_600], "stream/on-flooded-path": [0, 90] }),
      },
      services,
    );
    expect(all.map(({ measure }) => measure).sort()).toEqual(["stream/on-flooded-path", "traffic/delay"]);
    expect(all.find(({ measure }) => measure === "traffic/delay")).toMatchObject({ asItWas: 10, without: 11 });
    expect([...all].sort(byWeight)[0]?.measure).toBe("stream/on-flooded-path");
    expect(all.map(isSame)).toEqual([false, false]);
  });
});
