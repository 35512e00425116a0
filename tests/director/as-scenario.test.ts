import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createStages } from "../../commands/scenario/stages.ts";
import { actionsOf } from "../../director/language/acts.ts";
import { readScenario } from "../../director/language/read-scenario.ts";
import { asScenario } from "../../director/span/as-scenario.ts";
import type { Happened } from "../../director/span/happened.ts";
import type { JournalLine } from "../../shared/alarm.ts";
import type { InjectionState } from "../../shared/scenario/injection.ts";
import type { Scenario } from "../../shared/scenario/scenario.ts";
import { chanceOf } from "../../simulator/chance-of.ts";
import { listedAlarm } from "../support/listed-alarm.ts";

const stages = createStages();
const { devices, kinds, services } = stages("small");
const minute = 60_000;
const runStart = Date.UTC(2026, 6, 14, 9);
const from = runStart + 120 * minute + 20_000;
const at = (minutes: number): number => runStart + (120 + minutes) * minute;

const gauge = devices.find(({ kind }) => kind === "gauge")!.id;
const gate = devices.find(({ kind }) => kind === "gate")!.id;
const signal = devices.find(({ kind }) => kind === "signal")!.id;
let n = 0;
const line = (minutes: number, what: string, over: Partial<JournalLine> = {}): JournalLine => ({
  ...{ n: ++n, run: "r", timeline: "city", t: at(minutes), at: 0, what, alarm: null, occurrence: null, rule: null, service: null, device: null },
  ...{ by: "rule", role: null, before: null, after: null, reason: null },
  ...over,
});
const person = { by: "박준호", role: "operator" } as const;
const level = { alarm: `stream-level-${gauge}`, rule: "stream/level", service: "stream", device: gauge };
const stuck = { alarm: `stream-stuck-${gauge}`, rule: "stream/stuck", service: "stream", device: gauge };
const injection = (id: string, minutes: number, over: Partial<InjectionState>): InjectionState => ({
  ...{ id, kind: "stuck", targets: [gauge], t: at(minutes), lasts: 3600, args: { metric: "dist" }, state: "over", reason: null },
  ...over,
});

const happened = (over: Partial<Happened> = {}): Happened => ({
  ...{ id: "the-night", city: "small", run: "r", seed: 7, runStart, from, to: at(180), responses: "manual" },
  ...{ injections: [], ends: new Map(), lines: [], devices, kinds, services },
  ...over,
});
/** The text, and what the check reads in it: it must have no mistake. */
function made(over: Partial<Happened>): { text: string; scenario: Scenario } {
  const text = asScenario(happened(over));
  const read = readScenario(text, stages, "the-night");
  if (!read.ok) throw new Error(`${read.reason.map(({ line: row, message }) => `${row}: ${message}`).join("\n")}\n${text}`);
  return { text, scenario: read.value };
}

describe("a span that was lived, as a scenario", () => {
  it("gives an alarm to nobody where nobody was to have it any more", () => {
    const { scenario } = made({ lines: [line(5, "assigned", { ...level, ...person, before: "박준호", after: null })] });
    const actions = actionsOf(scenario.timeline[0]!.act!, null, {
      ...{ alarms: [listedAlarm({ id: level.alarm, rule: level.rule, device: gauge })], items: [], services, mark: at(5) },
    });
    expect(actions).toMatchObject({ ok: true, value: [{ do: "assign", to: "" }] });
  });
  it("lives the same before it: same seed, from the begin of its run", () => {
    const { scenario, text } = made({});
    expect(scenario).toMatchObject({
      scenario: "the-night",
      city: "small",
      seed: 7,
      start: "2026-07-14T20:00",
      baseline: "2h",
      lasts: "3h",
      responses: "manual",
    });
    expect(text.startsWith("# Saved from the run r, 2026-07-14T11:00:20.000Z to 2026-07-14T14:00:00.000Z.")).toBe(true);
  });
  it("of a quiet span expects that it stays quiet, and does nothing", () => {
    const { scenario } = made({});
    expect(scenario.expect.map(({ none }) => none)).toEqual([{ class: "operations" }, { class: "maintenance" }]);
    expect(scenario.timeline).toMatchObject([{ at: "0s", cue: { en: "Nothing is done on purpose." } }]);
  });
  it("injects what was injected, at its offset and for as long as it lasted", () => {
    const { scenario, text } = made({
      injections: [
        injection("a", 10, {}),
        injection("b", 30, { kind: "storm", targets: [], lasts: 7200, args: {}, state: "active" }),
        injection("c", -30, { kind: "bias", state: "active", args: { by: 1 } }),
        injection("d", 40, { lasts: 86_400 }),
        injection("e", 50, { lasts: null, state: "active" }),
        injection("f", 400, { state: "waits" }),
        injection("g", 60, { state: "refused", reason: "no such device" }),
        injection("h", -300, {}),
      ],
      ends: new Map([["d", at(45)]]),
    });
    expect(scenario.timeline.map(({ at: when, inject, for: lasts, on }) => [when, inject, lasts, on])).toEqual([
      // half an hour of its hour lay before the span
      ["0s", "bias", "30m", { device: gauge }],
      ["10m", "stuck", "1h", { device: gauge }],
      ["30m", "storm", "2h", undefined],
      // somebody cleared it
      ["40m", "stuck", "5m", { device: gauge }],
      // it lasted longer than the span
      ["50m", "stuck", "2h10m", { device: gauge }],
    ]);
    expect(text).toContain("# - stuck, which was refused: no such device");
    expect(text).toContain("# - the part of bias before the span");
  });
  it("calls a step as the simulator draws its chance, whatever the run was called", () => {
    const { scenario } = made({
      injections: [injection("blackout-2.stand", 10, {}), injection("blackout-2.step-3.2", 20, {}), injection("one-1-X", 30, {})],
    });
    expect(scenario.timeline.map(({ id }) => id)).toEqual(["stand", "step-3-2", "inject-3"]);
    expect(["blackout-2.stand", "stand", "saved.step-3-2", "blackout-2.step-3.2"].map(chanceOf)).toEqual(["stand", "stand", "step-3-2", "step-3-2"]);
  });
  it("names the gateway where all of it is struck, and the district where that is", () => {
    const targets = devices.filter(({ gateway }) => gateway === "gw-tx-001").map(({ id }) => id);
    const { scenario } = made({
      injections: [
        injection("a", 10, { kind: "disconnect", targets, args: {}, lasts: 600 }),
        injection("b", 20, { kind: "power-cut", targets: [devices[0]!.district], args: {}, lasts: 600 }),
      ],
    });
    expect(scenario.timeline.map(({ on }) => on)).toEqual([{ gateway: "gw-tx-001" }, { district: devices[0]!.district }]);
  });
  it("lets people do what they did: commands and acts, not what rules and responses did", () => {
    const { scenario, text } = made({
      lines: [
        line(-5, "command", { ...person, device: gate, after: "pending", x: { command: "c-0", op: "open" } }),
        line(10, "command", { ...person, service: "stream", device: gate, after: "pending", x: { command: "c-1", op: "close" } }),
        line(11, "command", {
          by: "system",
          service: "stream",
          device: gate,
          before: "pending",
          after: "confirmed",
          x: { command: "c-1", op: "close" },
        }),
        line(12, "command", {
          by: "system",
          role: "system",
          device: gate,
          after: "pending",
          x: { command: "c-2", op: "close", response: "close-gate" },
        }),
        line(13, "command", {
          ...{ ...person, service: "traffic", device: signal, after: "pending" },
          x: { command: "c-3", op: "timing", args: "cycle=110 main=52 cross=42 offset=37" },
        }),
        line(20, "acknowledged", { ...person, ...level, before: "B", after: "C" }),
        line(21, "shelved", { ...person, ...level, reason: "crew on site", x: { until: at(51), once: 0 } }),
        line(22, "comment", { ...person, ...level, reason: "looks real" }),
        line(23, "reset", { ...person, ...level }),
      ],
    });
    expect(scenario.timeline).toEqual([
      { at: "10m", command: "close", on: { device: gate } },
      { at: "13m", command: "timing", on: { device: signal }, with: { cycle: 110, main: 52, cross: 42, offset: 37 } },
      { at: "20m", act: { do: "acknowledge", rule: "stream/level", as: "operator" }, on: { device: gauge } },
      {
        at: "21m",
        act: { do: "shelve", rule: "stream/level", as: "operator", with: { minutes: 30, reason: "crew on site" } },
        on: { device: gauge },
      },
      { at: "22m", act: { do: "comment", rule: "stream/level", as: "operator", with: { note: "looks real" } }, on: { device: gauge } },
    ]);
    expect(scenario.expect.map(({ action }) => action)).toContain("close");
    expect(text).toContain('# - "reset" by people (1): a scenario has no word for it');
  });
  it("expects the alarms that there were, after what struck their device, with some patience", () => {
    const { scenario, text } = made({
      injections: [injection("a", 10, {}), injection("b", 30, { kind: "storm", targets: [], lasts: 3600, args: {} })],
      lines: [
        line(-20, "raised", { ...level, alarm: "stream-level-before" }),
        line(30, "raised", stuck),
        line(80, "cleared", stuck),
        line(90, "raised", { alarm: `stream-gate-fault-${gate}`, rule: "stream/gate-fault", service: "stream", device: gate }),
        line(95, "item-opened", {
          rule: "evzone/overstay",
          service: "evzone",
          device: devices.find(({ kind }) => kind === "bay")!.id,
          after: "open",
        }),
      ],
    });
    const [first, second, ...rest] = scenario.expect;
    // twenty minutes after the injection: a tenth and a minute more, in whole minutes; over ten minutes after its end
    expect(first).toMatchObject({
      follows: "a",
      alarm: "stream/stuck",
      class: "maintenance",
      on: { device: gauge },
      within: "23m",
      clears: "12m",
    });
    // nothing struck the gate but the storm, which strikes all; it still stands
    expect(second).toMatchObject({ follows: "b", alarm: "stream/gate-fault", class: "operations", on: { device: gate }, within: "1h7m" });
    expect(second).not.toHaveProperty("clears");
    // a car that stays too long stays so in any weather
    expect(rest).toEqual([]);
    expect(text).toContain("# - what has nothing to do with injections or operations alarms: 1 cases and tasks");
    expect(text).toContain("# - alarms that stood before: stream-level-before");
  });
  it("waits for what a fault from before the span showed as long as the fault itself had taken", () => {
    const { scenario } = made({
      injections: [injection("a", -54, { state: "active" })],
      lines: [line(6, "raised", stuck)],
    });
    expect(scenario.expect[0]).toMatchObject({ follows: "a", alarm: "stream/stuck", within: "1h7m" });
  });
  it("waits for what came late until the scenario ends, and no longer", () => {
    const { scenario } = made({ lines: [line(176, "raised", level)] });
    expect(scenario.expect[0]).toMatchObject({ alarm: "stream/level", within: "3h" });
  });
  it("leaves out the ordinary life of the city, and counts it", () => {
    const bays = devices.filter(({ kind }) => kind === "bay").map(({ id }) => id);
    const done = (minutes: number, device: string, op: string, command: string): JournalLine =>
      line(minutes, "command", { by: "system", device, before: "pending", after: "confirmed", x: { command, op } });
    const { scenario, text } = made({
      injections: [injection("a", 10, { lasts: 600 }), injection("b", 20, { kind: "heat-wave", targets: [], args: {} })],
      lines: [
        ...bays.map((device, n) => line(n + 1, "item-opened", { rule: "evzone/overstay", service: "evzone", device })),
        ...bays.map((device) => done(30, device, "warn", `c-${device}`)),
        // the gauge is struck at 10m and its alarm comes in time; two and a half hours after its end it has nothing to do with that any more
        line(25, "raised", stuck),
        line(175, "raised", { alarm: `stream-drift-${gauge}`, rule: "stream/drift", service: "stream", device: gauge }),
        line(30, "raised", { alarm: `stream-silent-${gate}`, rule: "stream/silent", service: "stream", device: gate }),
        line(40, "raised", { ...level, device: gate, alarm: `stream-gate-fault-${gate}`, rule: "stream/gate-fault" }),
        done(41, gate, "close", "c-1"),
        line(50, "item-opened", { rule: "ucare/hot-room", service: "ucare", device: devices.find(({ kind }) => kind === "home")!.id }),
        line(60, "command", { ...person, device: signal, after: "pending", x: { command: "c-2", op: "timing" } }),
        done(61, signal, "timing", "c-2"),
      ],
    });
    expect(scenario.expect.map(({ alarm, item, action }) => alarm ?? item ?? action)).toEqual([
      "stream/stuck",
      "stream/gate-fault",
      "close",
      "ucare/hot-room",
      "timing",
    ]);
    const left = `2 maintenance alarms, ${bays.length} cases and tasks, ${bays.length} confirmed commands`;
    expect(text).toContain(`# - what has nothing to do with injections or operations alarms: ${left}\n`);
  });
  it("is YAML that a person can read", () => {
    const { text } = made({ injections: [injection("a", 10, {})] });
    expect(text).toContain(`  - at: 10m\n    id: a\n    inject: stuck\n    on:\n      device: ${gauge}\n    for: 1h\n`);
    expect(parse(text)).toMatchObject({ scenario: "the-night" });
  });
});
