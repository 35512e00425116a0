import { describe, expect, it } from "vitest";
import { laneContent } from "../../console/web/views/tester/lanes/lane-boxes.ts";
import { laneActs, laneFinds } from "../../console/web/views/tester/lanes/lane-found.ts";
import { axisHeight, lanePlaces, lanes, rowTop, timeScale } from "../../console/web/views/tester/lanes/lane-places.ts";
import { pack } from "../../console/web/views/tester/lanes/pack.ts";
import { rainCurve, rainFigure, rainPath } from "../../console/web/views/tester/lanes/rain-curve.ts";
import type { JournalLine } from "../../shared/alarm.ts";
import type { InjectionState } from "../../shared/scenario/injection.ts";
import { injectionKinds } from "../../shared/scenario/kinds.ts";
import type { PlannedStep } from "../../shared/scenario/scenario-port.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import { services } from "../../shared/services/index.ts";
import { lineOf } from "../support/desk-rows.ts";

const minute = 60_000;
const kinds = new Map(injectionKinds.map((kind) => [kind.id, kind]));
const truth = (id: string, kind: string, onset: number, over: Partial<Truth> = {}): Truth => ({
  v: 1,
  id,
  by: "injection",
  kind,
  class: kinds.get(kind)?.truth ?? "event",
  service: null,
  devices: ["ws-01"],
  onset,
  observable: null,
  end: null,
  ...over,
});
const step = (id: string, what: PlannedStep["what"], t: number | null, over: Partial<PlannedStep> = {}): PlannedStep => ({
  id,
  t,
  what,
  step: {},
  words: { ko: id, en: id },
  devices: [],
  ends: null,
  state: "to-come",
  reason: null,
  ...over,
});
const event = injectionKinds.find(({ group, truth: what }) => group === "incident" && what === "event")?.id ?? "";
const quiet = injectionKinds.find(({ truth: what }) => what === "quiet")?.id ?? "";

describe("what stands in the lanes of a run", () => {
  const injections: InjectionState[] = [
    { id: "i2", kind: "stuck", targets: ["ws-01"], t: 5 * minute, lasts: 600, args: {}, state: "active", reason: null },
  ];
  const truths = [
    truth("i3", event, 9 * minute),
    truth("i1", event, minute, { end: 3 * minute }),
    truth("i2", "stuck", 5 * minute),
    truth("i4", "storm", 0, { devices: [] }),
    truth("i5", quiet, 2 * minute),
  ];
  const steps = [
    step("later", "inject", 20 * minute, { step: { inject: "drift" }, ends: 30 * minute }),
    step("unknown", "inject", null, { step: { inject: "drift" } }),
    step("was", "inject", minute, { step: { inject: event }, state: "done" }),
    step("say", "cue", 4 * minute, { step: { cue: { ko: "봄", en: "look" } }, state: "done" }),
  ];
  const content = laneContent({ run: { truths, steps }, kinds, injections });

  it("are events with numbers and faults with letters, in the order in which they begin", () => {
    expect(content.events.map(({ id, mark }) => [id, mark])).toEqual([
      ["i1", "2"],
      ["i3", "3"],
    ]);
    expect(content.faults.map(({ id, mark }) => [id, mark])).toEqual([
      ["i2", "a"],
      ["later", "b"],
    ]);
    // The storm is the first event, wherever it stands.
    expect([content.marks.get("i4"), content.marks.get("i3")]).toEqual(["1", "3"]);
  });
  it("end where they ended, else where their injection will; what is planned is marked as such, and once", () => {
    expect(content.events.map(({ to, isOver }) => [to, isOver])).toEqual([
      [3 * minute, true],
      [undefined, false],
    ]);
    expect(content.faults.map(({ to, isPlanned }) => [to, isPlanned])).toEqual([
      [15 * minute, false],
      [30 * minute, true],
    ]);
  });
  it("keep weather, ordinary life and what is said apart from both", () => {
    expect(content.environment.map(({ id }) => id)).toEqual(["i4"]);
    expect(content.quiet.map(({ id, mark }) => [id, mark])).toEqual([["i5", undefined]]);
    expect(content.cues).toEqual([{ id: "say", t: 4 * minute, words: { ko: "봄", en: "look" }, isPlanned: false }]);
  });
  it("have what strikes a district among the events, beside what the whole city feels", () => {
    const { environment, events } = laneContent({
      run: { truths: [truth("h", "heat-wave", 0), truth("p", "power-cut", 1)], steps: [] },
      kinds,
      injections: [],
    });
    expect([environment.map(({ id }) => id), events.map(({ id, mark }) => [id, mark])]).toEqual([["h"], [["p", "2"]]]);
  });
  it("go on with two signs when the letters are used up", () => {
    const many = Array.from({ length: 28 }, (_, n) => truth(`f${n}`, "spike", n * minute));
    const marks = laneContent({ run: { truths: many, steps: [] }, kinds, injections: [] }).faults.map(({ mark }) => mark);
    expect(marks.slice(24)).toEqual(["y", "z", "a1", "b1"]);
  });
});

describe("what the room made of it", () => {
  const card = {
    found: [
      {
        truth: truth("i1", event, 0),
        title: { ko: "", en: "" },
        by: { id: "a1", what: "alarm" as const, class: "operations" as const, rule: "stream/level", t: 3 * minute },
        delay: 180,
        alarms: 2,
        acknowledged: null,
        acted: null,
      },
      { truth: truth("i2", "stuck", 0), title: { ko: "", en: "" }, by: null, delay: null, alarms: 0, acknowledged: null, acted: null },
    ],
    false: [{ alarm: "a9", rule: "stream/rising", device: "ws-02", class: "maintenance" as const, t: minute }],
  };
  it("stands where it was raised, with the mark of its truth; what no truth explains has none, what was missed is not there", () => {
    expect(laneFinds(card, new Map([["i1", "1"]])).map(({ by, mark, look, delay, isFalse }) => [by, mark, look, delay, isFalse])).toEqual([
      ["a9", undefined, "maintenance", null, true],
      ["a1", "1", "alarm", 180, false],
    ]);
    // A truth that has no mark is no false alarm.
    expect(laneFinds(card, new Map()).map(({ isFalse }) => isFalse)).toEqual([true, false]);
  });
  it("has acts of people within the run alone, and a command once", () => {
    const by = (n: number, over: object): JournalLine => ({ ...lineOf({ t: n * minute, by: "한결", role: "operator", ...over }), n });
    const all = [
      by(1, { what: "acknowledged" }),
      by(2, { what: "command", after: "pending" }),
      by(3, { what: "command", after: "confirmed" }),
      by(4, { what: "raised", by: "rule", role: null }),
      by(5, { what: "shelved" }),
      by(60, { what: "acknowledged" }),
    ];
    expect(laneActs(all, 0, 30 * minute).map(({ n, look }) => [n, look])).toEqual([
      [1, "acknowledged"],
      [2, "command"],
      [5, "other"],
    ]);
  });
});

describe("places in the lanes", () => {
  const extent = ([x0, x1]: readonly number[]) => ({ x0: x0 ?? 0, x1: x1 ?? 0 });
  it("cover nothing: each in the first row that is free where it begins", () => {
    const { placed, left } = pack(
      [
        [50, 80],
        [0, 60],
        [62, 90],
        [65, 70],
      ],
      { rows: 2, extent, gap: 2 },
    );
    expect(placed.map(({ one, row }) => [one[0], row])).toEqual([
      [0, 0],
      [50, 1],
      [62, 0],
    ]);
    expect(left).toEqual([[65, 70]]);
  });
  it("leave words away where they would push out the next shape", () => {
    const { placed, left } = pack(
      [
        [0, 60],
        [20, 80],
        [40, 100],
      ],
      { rows: 1, extent, short: ([x0 = 0]) => ({ x0, x1: x0 + 10 }), gap: 2 },
    );
    expect(placed.map(({ one, isShort }) => [one[0], isShort])).toEqual([
      [0, true],
      [20, true],
      [40, false],
    ]);
    expect(left).toEqual([]);
  });
  it("are stacked without a gap, and what is over goes to the rain", () => {
    const tight = lanePlaces(0);
    const wide = lanePlaces(tight.height + 40);
    expect(tight.places.map(({ id }) => id)).toEqual(lanes.map(({ id }) => id));
    for (const [n, place] of tight.places.entries()) expect(place.y + place.height).toBe(tight.places[n + 1]?.y ?? tight.height - axisHeight);
    expect(wide.height).toBe(tight.height + 40);
    expect(wide.places.filter((place, n) => place.height !== tight.places[n]?.height).map(({ id }) => id)).toEqual(["environment"]);
    // the axis comes into sight where nothing stands
    const folded = lanePlaces(0, (id) => id === "faults" || id === "cues");
    expect(folded.height).toBe(tight.height - 40 - 10);
    expect(lanePlaces(tight.height + 40, () => true)).toEqual(wide);
    const events = tight.places.find(({ id }) => id === "events");
    expect(events && rowTop(events, events.rows - 1) + events.row).toBeLessThanOrEqual((events?.y ?? 0) + (events?.height ?? 0));
  });
  it("follow time to both sides, and nothing lies outside the plot", () => {
    const scale = timeScale({ from: 0, to: 100 * minute }, 150, 1150);
    expect(scale.x(50 * minute)).toBeCloseTo(650);
    expect(scale.t(scale.x(20 * minute))).toBeCloseTo(20 * minute);
    expect([scale.x(-9e9), scale.x(9e9)]).toEqual([150, 1150]);
    expect(scale.x(0)).toBeGreaterThan(150);
  });
});

describe("the curve of the rain", () => {
  it("is asked for in the city that lives now, and never in the place of a city that was", () => {
    const run = { cityRun: "run-1", from: 10 * minute };
    expect(rainPath(run, "run-1", services, 21 * minute)).toBe(`/api/v1/figures?service=stream&from=${10 * minute}&to=${25 * minute}`);
    for (const other of ["run-2", undefined]) expect(rainPath(run, other, services, 21 * minute)).toBeUndefined();
  });
  it("is a figure of some service, measured in mm/h", () => expect(rainFigure(services)).toEqual({ service: "stream", figure: "rain" }));
  it("breaks where there is no figure, and has room for a heavy shower", () => {
    const scale = timeScale({ from: 0, to: 10 * minute }, 0, 1000);
    const t = [0, 1, 2, 3, 4].map((n) => n * minute);
    const { lines, highest } = rainCurve({ t, v: [1, 2, null, 80, 40] }, scale, 0, 100);
    expect(lines.map((line) => line.length)).toEqual([2, 2]);
    expect(highest).toBe(80);
    expect(lines[1]?.[0]?.[1]).toBe(0);
    expect(rainCurve({ t, v: [0, 1, 0, 0, 0] }, scale, 0, 100).highest).toBe(20);
  });
});
