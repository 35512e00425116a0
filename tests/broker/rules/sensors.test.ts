import { describe, expect, test } from "vitest";
import { createDetector } from "../../../broker/alarms/detect/detector.ts";
import type { Watched } from "../../../broker/alarms/observed.ts";
import { derive } from "../../../shared/derive.ts";
import { rulesOf } from "../../../shared/rules-of.ts";
import { sensorRulesOf } from "../../../shared/sensor-rules.ts";
import { serviceOf, services } from "../../../shared/services/index.ts";
import { cityStart, messagesTo, saidIn, smallCity, smallEngine } from "../../support/small-city.ts";

const kinds = services.flatMap((service) => Object.keys(service.kinds).map((kind) => [service.id, kind, service] as const));

describe.each(kinds)("rules of the sensor of a %s %s", (_service, kind, service) => {
  const rules = sensorRulesOf(service, kind);
  test("are maintenance, in both languages, and begin with silence", () => {
    expect(rules.map(({ id }) => id).slice(0, 3)).toEqual(["silent", "gateway", "clock"]);
    for (const { outcome, class: kept, title, cause, consequence, response } of rules) {
      expect([outcome, kept]).toEqual(["alarm", "maintenance"]);
      for (const text of [title, cause, consequence, ...response]) expect(text.ko.length * text.en.length).toBeGreaterThan(0);
    }
  });
  test("judge battery where there is one, and values only where the contract says what a sensor can do", () => {
    const names = service.kinds[kind]!.metrics;
    expect(rules.some(({ id }) => id === "battery")).toBe(names.includes("batt"));
    const stuck = names.some((name) => {
      const metric = service.metrics[name];
      return metric?.kind === "number" && metric.sensing?.stuck !== undefined;
    });
    expect(rules.some(({ id }) => id === "stuck")).toBe(stuck);
  });
  test("have no name in common with the service's own", () => {
    const own = service.rules.filter((rule) => rule.kind === kind).map(({ id }) => id);
    expect(rules.filter(({ id }) => own.includes(id))).toEqual([]);
  });
});

test("five calm days of the small city raise no alarm of any class", () => {
  const watched = new Map<string, Watched>();
  for (const { devices, district } of smallCity.gateways)
    for (const { id, service, kind, meta } of devices) {
      const contract = serviceOf(service)!;
      const { every, stale } = contract.kinds[kind]!;
      watched.set(id, { id, service, kind, district, timeline: "city", every, stale, meta, contract });
    }
  const detector = createDetector({ devices: () => watched.values(), device: (id) => watched.get(id), rulesOf });
  detector.forget(cityStart);
  const engine = smallEngine({ seed: 20_261_126 });
  const found: string[] = [];
  let readings = 0;
  for (let to = cityStart + 600_000; to <= cityStart + 5 * 86_400_000; to += 600_000) {
    for (const { d, t, m, e, ...rest } of saidIn(messagesTo(engine, to))) {
      const device = watched.get(d)!;
      readings += 1;
      if (m === undefined) detector.take({ t, device: d, e: e ?? "", ...("x" in rest ? { x: rest.x as Record<string, number> } : {}) });
      else {
        const derived = device.contract.derived.flatMap((one) => {
          const value = device.contract.kinds[device.kind]!.metrics.includes(one.metric) ? derive(one, m, device.meta.constants ?? {}) : undefined;
          return value === undefined ? [] : [[one.metric, value]];
        });
        detector.take({ t, device: d, m: { ...m, ...Object.fromEntries(derived) } });
      }
    }
    for (const { what, rule, device } of detector.advance(to)) if (what === "raised" && rule.outcome === "alarm") found.push(`${rule.id} ${device}`);
  }
  expect(readings).toBeGreaterThan(50_000);
  expect(found).toEqual([]);
});
