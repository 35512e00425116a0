import { describe, expect, it } from "vitest";
import type { Metric, Service } from "../../shared/service.ts";
import { services } from "../../shared/services/index.ts";
import { checkOrder } from "../../simulator/order-check.ts";

const contract = (id: string): Service => services.find((service) => service.id === id) as Service;
const timing = { cycle: 110, main: 52, cross: 42, offset: 0 };

describe("an order held against the contract", () => {
  it.each([
    ["traffic", "signal", "timing", timing],
    ["traffic", "signal", "plan", { plan: "am" }],
    ["stream", "gate", "close", {}],
    ["stream", "gate", "show", { text: "evacuate" }],
    ["evzone", "bay", "warn", {}],
    ["ucare", "home", "visit", {}],
    ["foodwaste", "bin", "lock", {}],
  ])("passes: %s %s %s %j", (service, kind, op, args) => {
    expect(checkOrder(contract(service), kind, op, args)).toEqual({ ok: true, value: { op, args } });
  });

  it.each([
    ["stream", "gate", "melt", {}, '"melt" is not a command of stream/gate'],
    ["stream", "gate", "constructor", {}, '"constructor" is not a command of stream/gate'],
    ["stream", "gauge", "close", {}, '"close" is not a command of stream/gauge'],
    ["stream", "gate", "close", { slowly: 1 }, '"slowly" is not an argument of "close"'],
    ["stream", "gate", "show", {}, '"text" is missing'],
    ["stream", "gate", "show", { text: "hello" }, '"text" is not one of off, caution, closed, evacuate'],
    ["stream", "gate", "show", { text: "toString" }, '"text" is not one of off, caution, closed, evacuate'],
    ["stream", "gate", "show", { text: 1 }, '"text" is not one of off, caution, closed, evacuate'],
    ["traffic", "signal", "timing", { ...timing, cycle: 10 }, '"cycle" is not within 60 to 200 s'],
    ["traffic", "signal", "timing", { ...timing, cycle: Number.NaN }, '"cycle" is not within 60 to 200 s'],
    ["traffic", "signal", "timing", { ...timing, cycle: "110" }, '"cycle" is not within 60 to 200 s'],
    ["traffic", "signal", "timing", { ...timing, main: 52.5 }, '"main" is not a multiple of 1 s from 10'],
  ])("refuses: %s %s %s %j", (service, kind, op, args, reason) => {
    expect(checkOrder(contract(service), kind, op, args)).toEqual({ ok: false, reason });
  });
});

/** What a metric of these can say. */
const known = (metric: Metric | undefined): readonly unknown[] => (metric?.kind === "state" ? metric.words : [true, false]);

describe.each(services as readonly Service[])("the commands of $id", ({ commands, kinds, metrics, events, id }) => {
  it("are of its kinds, in both languages, and name by what the room sees them", () => {
    expect(Object.keys(commands).length, id).toBeGreaterThan(0);
    for (const [name, { kind, label, effect, fields, readBack, timeout }] of Object.entries(commands)) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      for (const text of [label, effect, ...Object.values(fields).map((field) => field.label)]) {
        expect(text.ko).toMatch(/[가-힣]/);
        expect(text.en).not.toMatch(/[가-힣]/);
      }
      for (const text of [effect.ko, effect.en])
        for (const [, placeholder = ""] of text.matchAll(/\{(\w+)\}/g)) expect(["device", ...Object.keys(fields)]).toContain(placeholder);
      expect(timeout).toBeGreaterThan(0);
      if ("event" in readBack) expect(Object.keys(events)).toContain(readBack.event);
      else expect(kinds[kind]?.metrics).toContain(readBack.metric);
      if ("is" in readBack) expect(known(metrics[readBack.metric])).toEqual(expect.arrayContaining([...readBack.is]));
    }
  });

  it("have usual arguments that they take", () => {
    for (const [op, { kind, fields }] of Object.entries(commands)) {
      const usual = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.usual]));
      expect(checkOrder({ id, commands } as Service, kind, op, usual)).toMatchObject({ ok: true });
    }
  });
});
