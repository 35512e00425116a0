import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createStages } from "../../commands/scenario/stages.ts";
import { checkSelector } from "../../director/language/check-selector.ts";
import { readScenario } from "../../director/language/read-scenario.ts";

const stages = createStages();
const good = `scenario: night
title: { ko: 밤, en: Night }
story: { ko: 이야기, en: A story }
start: 2026-06-09T20:00
lasts: 1h
timeline:
  - at: 5m
    id: stand
    inject: stuck
    on: { device: ws-02 }
    with: { metric: dist }
    for: 30m
  - after: { step: stand, by: 10m }
    cue: { ko: 말, en: Words }
expect:
  - follows: stand
    onStep: stand
    alarm: stream/stuck
    class: maintenance
    within: 45m
`;
/** The mistakes of the good file with some lines replaced, as `line: message`. */
function mistakes(...changes: readonly (readonly [line: string, becomes: string])[]): string[] {
  let text = good;
  for (const [line, becomes] of changes) {
    if (!text.includes(line)) throw new Error(`no "${line}" to change`);
    text = text.replace(line, becomes);
  }
  const read = readScenario(text, stages, "night");
  return read.ok ? [] : read.reason.map(({ line, message }) => `${line}: ${message}`);
}

describe("the scenario language", () => {
  it("takes a file in which everything is right", () => expect(mistakes()).toEqual([]));

  it.each(readdirSync("director/library"))("takes the library's %s", (file) => {
    const read = readScenario(readFileSync(`director/library/${file}`, "utf8"), stages, file.replace(".yaml", ""));
    expect(read.ok ? [] : read.reason).toEqual([]);
  });

  it("tells all mistakes at once, each with its line and what was meant", () => {
    const told = mistakes(["inject: stuck", "inject: stukc"], ["device: ws-02", "device: wss-02"], ["    within: 45m", "    witin: 45m"]);
    expect(told).toHaveLength(3);
    expect(told[0]).toMatch(/^9: there is no kind of injection "stukc", did you mean "stuck"\?; the nearest of \d+: stuck, /);
    expect(told[1]).toMatch(/^10: there is no device "wss-02", did you mean "ws-02"\?; the nearest of \d+: /);
    expect(told[2]).toMatch(/^20: there is no field "witin", did you mean "within"\?/);
  });

  it.each<[string, string, string, string]>([
    [
      "an unknown service",
      "device: ws-02",
      "service: strem",
      '10: there is no service "strem", did you mean "stream"?; known: traffic, stream, evzone, ucare, foodwaste',
    ],
    ["an unknown kind of device", "device: ws-02", "kind: gague", '10: there is no kind "gague", did you mean "gauge"?'],
    [
      "an unknown district",
      "device: ws-02",
      "district: jungan",
      '10: there is no district "jungan", did you mean "jungang"?; known: bungmun, jungang',
    ],
    ["an unknown tag", "device: ws-02", "tag: near-stadum", '10: there is no tag "near-stadum", did you mean "near-stadium"?'],
    ["an unknown rule", "stream/stuck", "stream/stcuk", '18: there is no rule "stream/stcuk", did you mean "stream/stuck"?'],
    ["an unknown step", "follows: stand", "follows: stadn", '16: there is no step "stadn", did you mean "stand"?; known: stand, step-2'],
    ["an unknown argument", "metric: dist", "metrik: dist", '11: there is no argument of "stuck" "metrik", did you mean "metric"?; known: metric'],
    ["an unknown metric", "metric: dist", "metric: dits", '11: there is no metric of these devices "dits", did you mean "dist"?'],
    ["an argument of another kind", "inject: stuck\n", "inject: stranger\n", "11: there is no argument of"],
    ["a kind of another service", "device: ws-02", "kind: gate, service: ucare", '10: there is no kind "gate"'],
    ["a selector that fits nowhere", "device: ws-02", "device: ws-02, district: jungang", "10: this selects no device of Little Gaon"],
    ["a step after the end", "at: 5m", "at: 61m", "7: this step would come 60 s after the end: the scenario lasts 1h"],
    ["no duration", "for: 30m", "for: 30min", '12: a duration is written like "90s", "10m", "1h30m" or "2d"'],
    [
      "two deeds in one step",
      "cue: { ko: 말, en: Words }",
      "cue: { ko: 말, en: Words }\n    clear: stand",
      "14: a step does one thing, and this one has clear and cue: make two steps of it",
    ],
    ["no deed at all", "    cue: { ko: 말, en: Words }\n", "", "13: this step does nothing: give exactly one of inject, clear, command, act, cue"],
    ["both times", "at: 5m", "at: 5m\n    after: step-2", "8: a step comes `at` a time or `after` another step, not both"],
    ["two names of an injection in one step", "inject: stuck", "inject: stuck\n    fault: spike", '10: there is no field "fault"'],
    [
      "three deeds in one step",
      "cue: { ko: 말, en: Words }",
      "cue: { ko: 말, en: Words }\n    inject: storm\n    clear: stand",
      "16: a step does one thing, and this one has inject and clear and cue: make two steps of it",
    ],
    [
      "two things expected at once",
      "alarm: stream/stuck\n",
      "alarm: stream/stuck\n    item: stream/stuck\n",
      "19: an expectation is about one thing, and this one has alarm and item: make two of it",
    ],
    ["both selectors", "onStep: stand", "onStep: stand\n    on: { device: ws-02 }", "17: give `on` or `onStep`, not both"],
    [
      "a value and a bound of it",
      "alarm: stream/stuck\n    class: maintenance",
      "state: { metric: dist, is: 3, below: 4 }",
      "18: give `is` or `below`, not both",
    ],
    ["a wrong class", "class: maintenance", "class: operations", '18: "stream/stuck" is of class maintenance'],
    [
      "another name than the file's",
      "scenario: night",
      "scenario: nigth",
      '1: a scenario has the name of its file: write "scenario: night", or call the file nigth.yaml',
    ],
    ["a day that is none", "2026-06-09T20:00", "2026-06-31T20:00", '4: "2026-06-31T20:00" is no day and hour of the calendar'],
    ["a year in which no city lives", "2026-06-09T20:00", "9999-12-31T20:00", "4: a city lives from 2000 to 2099"],
    ["a missing line", "start: 2026-06-09T20:00\n", "", '1: "start" is missing'],
    ["no YAML", "timeline:", "timeline: [", "7: this is not YAML"],
  ])("finds %s", (_what, line, becomes, message) => {
    const told = mistakes([line, becomes]);
    expect(told[0]).toContain(message);
  });

  it("judges what stands beside a wrong name as if the nearest had been written", () => {
    const told = mistakes(
      ["inject: stuck", "inject: stukc"],
      ["metric: dist }", "metric: dits, speed: 3 }"],
      ["stream/stuck", "stream/stcuk"],
      ["class: maintenance", "class: operations"],
    );
    expect(told.map((one) => one.slice(0, 45))).toEqual([
      '9: there is no kind of injection "stukc", did',
      '11: there is no metric of these devices "dits',
      '11: there is no argument of "stuck" "speed"; ',
      '18: there is no rule "stream/stcuk", did you ',
      '18: "stream/stuck" is of class maintenance',
    ]);
  });

  it("goes on in a map of which one entry is wrong", () => {
    const told = mistakes(
      ["with: { metric: dist }", "with: { metric: true, speed: 3 }"],
      ["cue: { ko: 말, en: Words }", "act: { do: acknowlege, rule: stream/stcuk }"],
      ["device: ws-02", "device: wss-02, gateway: 7"],
    );
    expect(told.map((one) => one.slice(0, 40))).toEqual([
      '10: there is no device "wss-02", did you',
      "10: it must be a text or a list (ids of ",
      "11: it must be a number or a text (argum",
      '11: there is no argument of "stuck" "spe',
      '14: "acknowlege" is none of acknowledge,',
      '14: there is no rule "stream/stcuk", did',
    ]);
  });

  it("finds steps that wait for each other in a ring", () => {
    const told = mistakes(["at: 5m", "after: second"], ["  - after: { step: stand, by: 10m }", "  - id: second\n    after: stand"]);
    expect(told).toEqual([
      "7: these steps wait for each other in a ring, so none of them ever comes",
      "14: these steps wait for each other in a ring, so none of them ever comes",
    ]);
  });

  it("finds an id that a step without a name has by its number", () => {
    expect(
      mistakes(
        ["id: stand", "id: step-2"],
        ["step: stand", "step: step-2"],
        ["follows: stand", "follows: step-2"],
        ["onStep: stand", "onStep: step-2"],
      ),
    ).toContain('13: "step-2" is the id of number 1 already');
  });

  it.each([
    ["an injection of a thousand years", "for: 30m", "for: 365000d", '12: "stuck" lasts 100d at most, usually 2h'],
    ["an injection without end", "for: 30m", `for: ${"9".repeat(400)}d`, '12: "stuck" lasts 100d at most, usually 2h'],
    [
      "a step that comes too often",
      "- after: { step: stand, by: 10m }",
      "- at: 0s\n    every: 1s\n    times: 10000",
      "14: this step comes 10000 times, and all of them 10001 times: a scenario's steps come 10000 times together at most",
    ],
    [
      "a step that comes often at many devices",
      "- at: 5m\n    id: stand\n    inject: stuck\n    on: { device: ws-02 }\n    with: { metric: dist }\n    for: 30m\n  - after: { step: stand, by: 10m }",
      "- at: 5m\n    id: stand\n    inject: delay\n    on: { share: 100 % }\n    every: 1s\n    times: 5000\n    for: 1m\n  - at: 10m",
      "11: this step comes 5000 times at 44 devices, and all together come 220000 times: 200000 is the most that a run can tell of",
    ],
  ])("refuses %s", (_what, line, becomes, message) => expect(mistakes([line, becomes])).toContain(message));

  const line = (step: string): string => `  - { ${step}, cue: { ko: 말, en: Words } }\n`;
  const last = "expect:\n";
  it("reads a chain as long as a file may be at once", { timeout: 5000 }, () => {
    const chain = Array.from({ length: 1900 }, (_, n) => line(`after: step-${n + 2}`)).join("");
    expect(mistakes([last, chain + last])).toEqual([]);
  });
  it("finds a ring as long as a file may be at once", { timeout: 5000 }, () => {
    const ring = Array.from({ length: 1900 }, (_, n) => line(`after: step-${n === 0 ? 1902 : n + 2}`)).join("");
    expect(mistakes([last, ring + last])).toHaveLength(201);
  });
  it("looks up thousands of unknown names no longer than it tells of them", () => {
    const unknown = Array.from({ length: 1900 }, (_, n) => line(`after: nowhere-${n}`)).join("");
    const told = mistakes([last, unknown + last]);
    expect(told).toHaveLength(201);
    expect(told.at(-1)).toMatch(/: there are more mistakes from here on$/);
  });

  it("looks up a list of unknown names no longer than it tells of them", () => {
    const device = Array.from({ length: 18_000 }, (_, n) => `wx${n}`);
    expect(checkSelector({ device }, ["timeline", 0, "on"], stages("small"), 1).findings).toHaveLength(201);
  });

  it("reads a map as wide as a file may be at once, and finds the key that stands twice in it", { timeout: 20_000 }, () => {
    const wide = Array.from({ length: 60_000 }, (_, n) => `k${n}:\n`).join("");
    expect(mistakes(["timeline:", `${wide}timeline:`])).toHaveLength(201);
    expect(mistakes(["timeline:", `${wide}k7:\ntimeline:`])).toEqual(["60006: this is not YAML: Map keys must be unique"]);
  });

  it.each([
    ["  - at: 5m", "  - !!binary aGVsbG8=\n  - at: 5m", "7: it must be a map"],
    ["device: ws-02", "device: !!set { ws-02 }", "10: it must be a text or a list (ids of devices)"],
    ["{ metric: dist }", "[metric, dist]", "11: it must be a map (arguments of the injection or of the command)"],
    ["  - at: 5m", "  - *before\n  - at: 5m", "7: this is not YAML: Unresolved alias (the anchor must be set before the alias): before"],
    ["device: ws-02", "device: 수위계", "10: an id is of a-z, 0-9 and - (ids of devices)"],
  ])("tells what is wrong with YAML's rarer shapes: %s as %s", (line, becomes, message) => expect(mistakes([line, becomes])).toContain(message));

  it("measures a file in bytes, as whoever keeps it does", () => {
    expect(mistakes(["scenario: night\n", `# ${"가".repeat(300_000)}\nscenario: night\n`])).toEqual([]);
    expect(mistakes(["scenario: night\n", `# ${"가".repeat(333_334)}\nscenario: night\n`])).toEqual(["1: the file is larger than 1,000,000 bytes"]);
  });

  it("knows the range of an argument", () => {
    const told = mistakes(["inject: stuck", "inject: stranger"], ["with: { metric: dist }", "with: { every: 2 }"]);
    expect(told).toEqual(["11: 2 is out of range: 5 to 3600 s"]);
  });

  it("wants as many devices as it asks for", () => {
    expect(mistakes(["{ device: ws-02 }", "{ service: stream, kind: gauge, count: 2 }"])).toEqual([]);
    const told = mistakes(["{ device: ws-02 }", "{ service: stream, kind: gauge, count: 5 }"]);
    expect(told[0]).toMatch(/^10: 5 are asked for, and .* has 2 of them$/);
  });

  it("says what can be struck when nothing of it is selected", () => {
    expect(mistakes(["inject: stuck", "inject: power-cut"], ["    with: { metric: dist }\n", ""])).toEqual([]);
    expect(mistakes(["    on: { device: ws-02 }\n", ""])[0]).toContain('"stuck" needs to know where: give `on: { … }`');
  });
});
