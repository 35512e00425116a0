import { describe, expect, it } from "vitest";
import type { Figure, Metric, Service, Text } from "../../shared/service.ts";
import { services } from "../../shared/services/index.ts";
import { idPattern } from "../../shared/topics.ts";
import { models } from "../../simulator/services/index.ts";

/** Every text of a contract, with where it stands. */
function textsOf(service: Service): [where: string, text: Text][] {
  const metric = (name: string, one: Metric): [string, Text][] => [
    [name, one.label],
    ...(one.kind === "flag"
      ? ([
          [`${name} on`, one.on],
          [`${name} off`, one.off],
        ] as [string, Text][])
      : []),
    ...(one.kind === "state" ? Object.entries(one.texts).map(([word, text]): [string, Text] => [`${name} ${word}`, text]) : []),
  ];
  return [
    ["title", service.title],
    ...Object.entries(service.metrics).flatMap(([name, one]) => metric(name, one)),
    ...Object.entries(service.kinds).map(([name, { label }]): [string, Text] => [name, label]),
    ...Object.entries(service.events).flatMap(([name, { label, fields }]): [string, Text][] => [
      [name, label],
      ...Object.entries(fields).map(([field, one]): [string, Text] => [`${name} ${field}`, one.label]),
    ]),
    ...service.panel.figures.map(({ id, label }): [string, Text] => [`figure ${id}`, label]),
  ];
}
const unique = (names: readonly string[]): void => expect(names).toEqual([...new Set(names)]);
/** Case sensitive UCUM codes; `{…}` annotates a count. */
const units = new Set([
  "1",
  "%",
  "m",
  "m3/s",
  "mm/h",
  "s",
  "km/h",
  "kW",
  "kW.h",
  "kg",
  "Cel",
  "lx",
  "[ppm]",
  "KRW",
  "{veh}",
  "{count}",
  "{veh}/h",
  "",
]);

describe("the catalogue", () => {
  it("has no two services of one id or mark", () => {
    unique(services.map(({ id }) => id));
    unique(services.map(({ mark }) => mark));
  });

  it("has a model for every service and no model without one", () => {
    expect(Object.keys(models).sort()).toEqual(services.map(({ id }) => id).sort());
  });
});

describe.each<Service>(services as Service[])("service $id", (service) => {
  const { metrics, kinds, events, derived, panel } = service;

  it("has ids that a topic can carry and metric names that a column can have", () => {
    for (const id of [service.id, ...Object.keys(kinds), ...Object.keys(events), ...panel.figures.map((figure) => figure.id)])
      expect(id).toMatch(idPattern);
    for (const name of [...Object.keys(metrics), ...Object.values(kinds).flatMap(({ constants = [] }) => constants)])
      expect(name).toMatch(/^[a-z][a-z0-9_]{0,31}$/);
    for (const name of Object.keys(metrics))
      expect(["d", "t", "time", "device", "service", "kind", "district", "window", "quality", "ix"]).not.toContain(name);
    unique(panel.figures.map(({ id }) => id));
    for (const { metrics: names } of Object.values(kinds)) unique([...names]);
  });

  it("has texts in both languages", () => {
    for (const [where, { ko, en }] of textsOf(service)) {
      expect(ko.trim(), where).not.toBe("");
      expect(en.trim(), where).not.toBe("");
      expect(ko, `${where} in Korean`).toMatch(/[가-힣0-9]/);
      expect(en, `${where} in English`).not.toMatch(/[가-힣]/);
    }
    expect(service.mark).toMatch(/^M[\d\sMLHVCSQTAZmlhvcsqtaz.,-]+$/);
  });

  it("gives every number a unit, a range, a precision that its range can carry, and an aggregate", () => {
    for (const [name, metric] of Object.entries(metrics)) {
      if (metric.kind !== "number") continue;
      expect(units, `unit of ${name}`).toContain(metric.unit);
      expect(metric.max, name).toBeGreaterThan(metric.min);
      // a tenth of a millimetre is the finest that anything here tells
      expect([0, 1, 2, 3, 4], name).toContain(metric.precision);
      expect(Number.isSafeInteger(metric.max * 10 ** metric.precision), `${name} as whole steps`).toBe(true);
      if (metric.aggregate === "sum") expect([metric.min >= 0, metric.precision], `${name} is a count`).toEqual([true, 0]);
    }
  });

  it("gives every state its words, each with a text, and few enough for a small code", () => {
    for (const metric of Object.values(metrics)) {
      if (metric.kind !== "state") continue;
      expect(Object.keys(metric.texts)).toEqual([...metric.words]);
      unique([...metric.words]);
      expect(metric.words.length).toBeGreaterThan(1);
      expect(metric.words.length).toBeLessThan(128);
    }
  });

  it("has quality for each of its metrics in the 32 bits of a row", () => {
    expect(Object.keys(metrics).length * 3).toBeLessThanOrEqual(31);
  });

  it("has kinds that speak more often than they become stale, of metrics that it has, none of them idle", () => {
    for (const [kind, { every, stale, metrics: names }] of Object.entries(kinds)) {
      expect(every, kind).toBeGreaterThan(0);
      expect(Number.isInteger(every)).toBe(true);
      expect(stale, `${kind} may miss two readings`).toBeGreaterThanOrEqual(2 * every);
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(Object.keys(metrics)).toContain(name);
    }
    const used = new Set(Object.values(kinds).flatMap(({ metrics: names }) => names));
    expect(Object.keys(metrics).filter((name) => !used.has(name))).toEqual([]);
  });

  it("has events whose fields have a range, words, or are tokens", () => {
    for (const [name, { fields }] of Object.entries(events))
      for (const [key, field] of Object.entries(fields)) {
        expect(key, name).toMatch(/^[a-z][a-z0-9_]*$/);
        if (field.kind === "number") {
          expect(units, `${name} ${key}`).toContain(field.unit);
          expect(field.max).toBeGreaterThan(field.min);
        } else if (field.kind === "word") unique([...field.words]);
      }
  });

  it("derives numbers from numbers and constants of the same kind of device, and says by which formula", () => {
    for (const { metric, from, constants, source } of derived) {
      for (const name of [metric, ...from]) expect(metrics[name]?.kind, name).toBe("number");
      expect(from).not.toContain(metric);
      expect(source.length).toBeGreaterThan(5);
      const homes = Object.values(kinds).filter(({ metrics: names }) => names.includes(metric));
      expect(homes.length).toBeGreaterThan(0);
      for (const kind of homes) {
        for (const name of from) expect(kind.metrics).toContain(name);
        for (const name of constants) expect(kind.constants ?? []).toContain(name);
      }
    }
    unique(derived.map(({ metric }) => metric));
  });

  it("shows three figures of metrics that their kind has, in units and on scales of their own, one of them as the trend", () => {
    expect(panel.figures).toHaveLength(3);
    expect(panel.figures.map(({ id }) => id)).toContain(panel.trend);
    for (const figure of panel.figures) {
      expect(Object.keys(kinds), figure.id).toContain(figure.kind);
      expect(kinds[figure.kind]?.metrics, figure.id).toContain(figure.metric);
      expect(units, `unit of ${figure.id}`).toContain(figure.unit);
      expect(figure.scale[1]).toBeGreaterThan(figure.scale[0]);
      expect([0, 1, 2, 3]).toContain(figure.precision);
      expectReduceFits(figure, metrics[figure.metric]);
    }
  });

  it("has for each figure a usual day of 24 hours, and one for the weekend, within its scale", () => {
    for (const { id, usual, scale } of panel.figures)
      for (const profile of [usual.weekday, usual.weekend]) {
        expect(profile, id).toHaveLength(24);
        for (const middle of profile) {
          expect(middle, id).toBeGreaterThanOrEqual(scale[0]);
          expect(middle, id).toBeLessThanOrEqual(scale[1]);
        }
        expect(usual.spread).toBeGreaterThan(0);
        expect(usual.spread).toBeLessThanOrEqual(1);
      }
  });

  it("names for each kind the metric that its device page shows first", () => {
    expect(Object.keys(panel.main).sort()).toEqual(Object.keys(kinds).sort());
    for (const [kind, metric] of Object.entries(panel.main)) expect(kinds[kind]?.metrics).toContain(metric);
  });

  it("is plain data apart from its formulas: it can be sent as JSON", () => {
    const { derived: _formulas, ...rest } = service;
    expect(JSON.parse(JSON.stringify(rest))).toEqual(rest);
  });
});

/** Means and sums are of numbers; counts need to know what they count. */
function expectReduceFits({ id, reduce, words, atLeast }: Figure, metric: Metric | undefined): void {
  if (reduce === "count" || reduce === "share") {
    if (metric?.kind === "state") {
      expect(words?.length, id).toBeGreaterThan(0);
      for (const word of words ?? []) expect(metric.words).toContain(word);
    } else if (metric?.kind === "number") expect(atLeast, id).toBeTypeOf("number");
    else expect(metric?.kind, id).toBe("flag");
  } else expect(metric?.kind, `${reduce} of ${id}`).toBe("number");
}
