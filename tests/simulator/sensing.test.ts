import { describe, expect, it } from "vitest";
import type { Value } from "../../shared/reading.ts";
import { number, position, type Service, state, text } from "../../shared/service.ts";
import { createBattery, discharge, shownCharge } from "../../simulator/devices/battery.ts";
import { decimal } from "../../simulator/devices/decimal.ts";
import { createLine, isDown, type Line } from "../../simulator/devices/outage.ts";
import { createMeasure } from "../../simulator/devices/sensing.ts";
import type { Sensing } from "../../simulator/model.ts";
import { createRng } from "../../simulator/random.ts";

const service: Service = {
  id: "toy",
  title: text("장난감", "Toy"),
  mark: "",
  sensitive: false,
  metrics: {
    level: number("수위", "Level", { unit: "m", min: -1, max: 5, precision: 3, aggregate: "mean" }),
    count: number("수", "Count", { unit: "1", min: 0, max: 100, precision: 0, aggregate: "sum" }),
    mode: state("상태", "Mode", { on: text("켬", "on"), off: text("끔", "off") }),
    place: position("위치", "Place"),
  },
  kinds: { box: { label: text("상자", "Box"), metrics: ["level", "count", "mode", "place"], every: 60, stale: 180 } },
  events: {},
  derived: [],
  commands: {},
  rules: [],
  responses: [],
  incidents: {},
  outcomes: {},
  panel: { figures: [], trend: "", main: { box: "level" } },
};
const say = (truth: Record<string, Value>, sensing: Record<string, Sensing> = {}, seed = 1) =>
  createMeasure(service, "box", sensing)(truth, createRng(seed, "x"));

describe("sensing", () => {
  it.each<[string, Record<string, Value>, Record<string, Sensing>, string, string]>([
    ["rounds to the metric's precision", { level: 1.23456 }, {}, '"level":1.235', ""],
    ["rounds to the sensor's step", { level: 1.23456 }, { level: { step: 0.05 } }, '"level":1.25', ""],
    ["keeps the order of the contract", { mode: "on", count: 3, level: -0.5 }, {}, '"level":-0.5,"count":3,"mode":"on"', ""],
    ["says saturated beyond the range", { level: 7, count: -2 }, {}, '"level":5,"count":0', '"level":"sat","count":"sat"'],
    ["leaves out what is not measurable", { level: Number.NaN, mode: "maybe" }, {}, "", ""],
    ["writes positions in millionths of a degree", { place: [37.1234567, 127] }, {}, '"place":[37.123457,127]', ""],
  ])("%s", (_name, truth, sensing, m, q) => {
    expect(say(truth, sensing)).toEqual({ m, q });
  });

  it("adds noise of the given spread, from the device's own generator", () => {
    const measure = createMeasure(service, "box", { level: { sd: 0.02, relative: 0.01 } });
    const rng = createRng(3, "noise");
    const values = Array.from({ length: 4000 }, () => JSON.parse(`{${measure({ level: 2 }, rng).m}}`).level as number);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / values.length);
    expect(mean).toBeCloseTo(2, 2);
    expect(sd).toBeGreaterThan(0.026);
    expect(sd).toBeLessThan(0.031);
  });

  it("does not call noise at the edge of the range saturated", () => {
    for (let seed = 0; seed < 50; seed++) expect(say({ count: 0 }, { count: { sd: 2 } }, seed).q).toBe("");
  });
});

describe("decimals", () => {
  it.each([
    [183, 3, "0.183"],
    [500, 3, "0.5"],
    [-5, 1, "-0.5"],
    [-0, 2, "0"],
    [1_000_000_000, 2, "10000000"],
    [1_000_000_001, 2, "10000000.01"],
    [37_123_450, 6, "37.12345"],
  ])("writes %d with %d digits as %s", (n, precision, expected) => {
    expect(decimal(n, precision)).toBe(expected);
  });
  it("writes what JSON writes", () => {
    for (let n = -2500; n < 2500; n++) expect(decimal(n, 3)).toBe(JSON.stringify(n / 1000 + 0));
  });
});

describe("battery", () => {
  it("lasts as long as it says, shows less in the cold, and is replaced when empty", () => {
    const battery = { ...createBattery(createRng(1, "b")), charge: 1 };
    let days = 0;
    while (!discharge(battery, 86_400_000)) days += 1;
    expect(days / battery.lifeDays).toBeCloseTo(0.94, 1);
    expect(battery.charge).toBe(1);
    expect(shownCharge(battery, -10)).toBeCloseTo(0.8, 2);
    expect(shownCharge(battery, 25)).toBe(1);
  });
});

describe("lines that fail", () => {
  const hour = 3_600_000;
  const year = 24 * 365 * hour;
  /** From and to of every silence of a year, whether the gateway itself was out. */
  function silencesOf(line: Line): { from: number; to: number; hung: boolean }[] {
    const all: { from: number; to: number; hung: boolean }[] = [];
    for (let t = line.turn; t < year; t = line.turn) {
      isDown(line, t);
      all.push({ from: t, to: Math.min(year, line.turn), hung: line.hung });
      isDown(line, line.turn);
    }
    return all;
  }
  const lines = Array.from({ length: 300 }, (_, n) => silencesOf(createLine(5, `gw-${n}`, 0)));
  const lengthOf = ({ from, to }: { from: number; to: number }): number => (to - from) / hour;
  const outages = lines.flat().filter(({ hung }) => hung);
  it("lie as long as the gaps of real archives: a third of them minutes, almost half a day and more, few for many days", () => {
    const lengths = outages.map(lengthOf).sort((a, b) => a - b);
    const share = (holds: (hours: number) => boolean): number => lengths.filter(holds).length / lengths.length;
    expect(share((hours) => hours < 0.1)).toBeCloseTo(0.37, 1);
    expect(share((hours) => hours >= 23.9)).toBeCloseTo(0.45, 1);
    expect(share((hours) => hours > 72)).toBeGreaterThan(0.005);
    expect(share((hours) => hours > 72)).toBeLessThan(0.03);
    expect(lengths[Math.floor(lengths.length * 0.75)]).toBeLessThan(30);
  });
  it("come 10 to 43 times a year, at bad sites more often than at good ones", () => {
    const counts = lines.map((one) => one.filter(({ hung }) => hung).length).sort((a, b) => a - b);
    expect(counts[30]).toBeGreaterThan(10);
    expect(counts[150]).toBeGreaterThan(20);
    expect(counts[270]).toBeGreaterThan(32);
    expect(counts[270]).toBeLessThan(50);
  });
  it("also fail alone, for minutes mostly: then the gateway measures on", () => {
    const alone = lines.flat().filter(({ hung }) => !hung);
    expect(alone.length / 300).toBeGreaterThan(6);
    expect(alone.map(lengthOf).sort((a, b) => a - b)[Math.floor(alone.length / 2)]).toBeLessThan(1);
  });
  it("are silent for 3 to 7 % of the time, half of the gaps for days", () => {
    const hour = 3_600_000;
    const [lines, hours] = [200, 24 * 365];
    let down = 0;
    const gaps: number[] = [];
    for (let n = 0; n < lines; n++) {
      const line = createLine(5, `gw-${n}`, 0);
      let length = 0;
      for (let at = 0; at < hours; at++) {
        if (isDown(line, at * hour)) length += 1;
        else if (length > 0) {
          gaps.push(length);
          length = 0;
        }
        if (line.down) down += 1;
      }
    }
    expect(down / lines / hours).toBeGreaterThan(0.03);
    expect(down / lines / hours).toBeLessThan(0.07);
    expect(gaps.filter((length) => length >= 24).length / (20 * lines)).toBeGreaterThan(0.25);
  });
});
