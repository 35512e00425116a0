import { describe, expect, it } from "vitest";
import { createStages } from "../../commands/scenario/stages.ts";
import { planOf } from "../../director/plan/plan.ts";
import { rings, unfold } from "../../director/plan/unfold.ts";
import { createStepBook } from "../../director/play/step-book.ts";
import { durationOf, secondsOf } from "../../shared/scenario/duration.ts";
import type { Scenario, ScenarioStep } from "../../shared/scenario/scenario.ts";
import { watchedStage } from "../support/watched-stage.ts";

const cue = { ko: "말", en: "words" };
const comings = (timeline: readonly ScenarioStep[], lasts = "1h") => unfold({ timeline: [...timeline], lasts }).map(({ id, at }) => `${id} ${at}`);
const scenario = (timeline: readonly ScenarioStep[]): Scenario => ({
  ...{
    scenario: "x",
    title: cue,
    story: cue,
    city: "small",
    seed: 1,
    start: "2026-06-09T10:00",
    lasts: "1h",
    rate: 60,
    baseline: "1h",
    responses: "auto",
  },
  ...{ tags: [], timeline: [...timeline], expect: [{ none: {} }] },
});
const from = Date.UTC(2026, 5, 9, 1);
const stage = createStages()("small");

describe("durations", () => {
  it.each([
    ["90s", 90],
    ["1h30m", 5400],
    ["1.5h", 5400],
    ["2d", 172_800],
  ])("%s is %d seconds", (text, seconds) => expect(secondsOf(text)).toBe(seconds));
  it.each([
    [0, "0s"],
    [5430, "1h30m30s"],
    [172_800, "2d"],
  ])("%d seconds are written %s", (seconds, text) => expect(durationOf(seconds)).toBe(text));
});

describe("a timeline", () => {
  it("comes at times, after steps, and again and again", () => {
    const timeline = [
      { at: "5m", id: "a", cue },
      { after: "a", cue },
      { after: { step: "a", by: "90s" }, cue, id: "b" },
      { after: "b", cue },
    ];
    expect(comings(timeline)).toEqual(["a 300", "step-2 300", "b 390", "step-4 390"]);
    expect(comings([{ at: "50m", every: "5m", id: "a", cue }])).toEqual(["a 3000", "a.2 3300", "a.3 3600"]);
    expect(comings([{ at: "0s", every: "1m", times: 2, id: "a", cue }])).toEqual(["a 0", "a.2 60"]);
  });
  it("does not know when a person will have acted", () => {
    const timeline: ScenarioStep[] = [
      { at: "1m", id: "ack", act: { do: "acknowledge" } },
      { after: { step: "ack", by: "2m" }, id: "then", cue },
    ];
    expect(comings(timeline)).toEqual(["ack 60", "then null"]);
    const planned = planOf(scenario(timeline), stage, from, "x");
    const book = createStepBook(planned);
    expect(book.ready(from + 3_600_000).map(({ coming }) => coming.id)).toEqual(["ack"]);
    book.set(planned[0]!, "done", from + 300_000);
    expect(book.timeOf("then")).toBe(from + 420_000);
    expect(book.ready(from + 419_000)).toEqual([]);
    expect(book.ready(from + 420_000).map(({ coming }) => coming.id)).toEqual(["then"]);
  });
  it("finds rings, and ends in one", () => {
    const timeline: ScenarioStep[] = [
      { after: "b", id: "a", cue },
      { after: "a", id: "b", cue },
      { after: "a", id: "c", cue },
    ];
    expect(rings(timeline)).toEqual([0, 1]);
    expect(comings(timeline)).toEqual(["a null", "b null", "c null"]);
  });
});

describe("a plan", () => {
  const plan = (...timeline: ScenarioStep[]) => planOf(scenario(timeline), stage, from, "x")[0]!;
  it("resolves devices, arguments and time of an injection", () => {
    const { injection, words } = plan({ at: "5m", id: "s", inject: "spike", on: { device: "ws-02" }, with: { often: 20 } });
    expect(injection).toEqual({
      id: "x.s",
      kind: "spike",
      targets: ["ws-02"],
      t: from + 300_000,
      lasts: 3600,
      args: { by: 0, share: 20, often: 20 },
    });
    expect(words.en).toBe("Spikes: ws-02: Level jumps for single readings (20 % of them). (for 1h)");
  });
  it("lets an injection end exactly when a later step clears it", () => {
    const { injection } = plan({ at: "5m", id: "s", inject: "stuck", on: { device: "ws-02" } }, { at: "20m", clear: "s" });
    expect(injection?.lasts).toBe(900);
  });
  it("looks for the devices of a step once, however often it comes: the room stands still meanwhile", () => {
    const watched = watchedStage(stage);
    const often: ScenarioStep = { at: "0s", every: "1s", times: 3000, id: "s", inject: "spike", on: { service: "traffic" }, for: "1s" };
    const planned = planOf(scenario([often]), watched.stage, from, "x");
    expect(planned.map(({ injection }) => injection?.id).at(-1)).toBe("x.s.3000");
    expect(watched.looks()).toBe(1);
  });
  it("sends districts to what strikes districts, and nothing to what befalls all", () => {
    expect(plan({ at: "0s", inject: "power-cut", on: { district: "jungang" } }).injection?.targets).toEqual(["jungang"]);
    expect(plan({ at: "0s", inject: "storm" }).injection?.targets).toEqual([]);
  });
});
