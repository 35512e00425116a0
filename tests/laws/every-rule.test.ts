import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AwayFrom, Bound, Rule } from "../../shared/alarm-rule.ts";
import { rulesOf } from "../../shared/rules-of.ts";
import type { Service } from "../../shared/service.ts";
import { services } from "../../shared/services/index.ts";
import type { Text } from "../../shared/text.ts";
import { idPattern } from "../../shared/topics.ts";

const bothLanguages = (where: string, { ko, en }: Text): void => {
  expect(ko, `${where} in Korean`).toMatch(/[가-힣]/);
  expect(en, `${where} in English`).toMatch(/[A-Za-z]/);
  expect(en, `${where} in English`).not.toMatch(/[가-힣]/);
};
const unique = (all: readonly string[]): void => expect([...new Set(all)]).toEqual([...all]);
const ruleNames = new Set(
  services.flatMap((service) => Object.keys(service.kinds).flatMap((kind) => rulesOf(service, kind).map(({ id }) => `${service.id}/${id}`))),
);

/** Names of metrics, events and bounds that a condition speaks of. */
function namesIn({ when }: Rule): { metrics: string[]; events: string[]; bounds: Bound[] } {
  const metrics = ["metric", "occupied", "vehicle", "activity", "away"].flatMap((key) =>
    key in when ? [String((when as unknown as Record<string, unknown>)[key])] : [],
  );
  const events = when.kind === "event" ? [when.event, ...(when.overAt === undefined ? [] : [when.overAt])] : [];
  const bounds = when.kind === "limit" ? when.steps.map(({ limit }) => limit) : when.kind === "forecast" ? [when.limit] : [];
  return { metrics, events, bounds };
}

/** A device that moves says where it is, and each kind of place has a circle. */
function expectPlaces({ metrics, kinds }: Service, { id, kind }: Rule, { position, kinds: places, radius }: AwayFrom): void {
  expect(kinds[kind]?.metrics, id).toContain(position);
  expect(metrics[position]?.kind, id).toBe("position");
  expect(places.length, id).toBeGreaterThan(0);
  for (const place of places) expect(kinds[place]?.constants, `${id}: ${place}`).toContain(radius);
}

describe.each<Service>(services as Service[])("the rules of $id", (service) => {
  const { rules, responses, commands, kinds, events } = service;

  it("have ids that an alarm's topic can carry, one each, also beside those of sensors", () => {
    for (const id of [...rules, ...responses].map((one) => one.id)) expect(id).toMatch(idPattern);
    for (const kind of Object.keys(kinds)) unique(rulesOf(service, kind).map(({ id }) => id));
    unique(responses.map(({ id }) => id));
  });

  it("say in both languages what a person needs: cause, consequence and what to do", () => {
    for (const rule of rules) {
      for (const [what, text] of [
        ["title", rule.title],
        ["cause", rule.cause],
        ["consequence", rule.consequence],
      ] as const)
        bothLanguages(`${what} of ${rule.id}`, text);
      for (const step of rule.response) bothLanguages(`response of ${rule.id}`, step);
      // no operator's action: it is an event, not an alarm
      if (rule.outcome === "alarm") expect(rule.response.length, rule.id).toBeGreaterThan(0);
      expect(rule.version, rule.id).toBeGreaterThan(0);
    }
  });

  it("speak of metrics, events and constants that their kind has", () => {
    for (const rule of rules) {
      const kind = kinds[rule.kind];
      const { metrics, events: named, bounds } = namesIn(rule);
      // the water beside a gate is known from gauges: the only rule that looks beyond its own kind
      if (rule.when.kind !== "forecast") for (const name of metrics) expect(kind?.metrics, `${rule.id}: ${name}`).toContain(name);
      for (const name of named) expect(Object.keys(events), rule.id).toContain(name);
      for (const bound of bounds) if (typeof bound === "object") expect(kind?.constants ?? [], rule.id).toContain(bound.constant);
    }
  });

  it("speak of places that have a circle, of devices that say where they are", () => {
    for (const rule of rules) if (rule.when.kind === "rate" && rule.when.awayFrom !== undefined) expectPlaces(service, rule, rule.when.awayFrom);
  });

  it("name causes that exist, and never the public of what only care may see", () => {
    for (const rule of rules) {
      for (const { rule: cause } of rule.causedBy ?? []) expect([...ruleNames], `${rule.id} is caused by`).toContain(cause);
      if (service.sensitive) expect(rule.public, rule.id).toBeUndefined();
    }
  });

  it("have responses that bind a rule of theirs to a command of its kind, with arguments that fit", () => {
    for (const response of responses) {
      const rule = rules.find(({ id }) => id === response.rule);
      const command = commands[response.op];
      bothLanguages(response.id, response.title);
      expect(rule, `${response.id}: rule ${response.rule}`).toBeDefined();
      expect(command?.kind, `${response.id}: command ${response.op}`).toBe(response.on === "self" ? rule?.kind : response.on.kind);
      expect(Object.keys(response.args).sort(), response.id).toEqual(Object.keys(command?.fields ?? {}).sort());
    }
  });
});

describe("the rules of every service, and those of sensors", () => {
  /** Each has an incident that raises it and faults that must not: `proveRules` wants a story for every rule of the list that it is given. */
  const stories = "../broker/rules/";
  it.each([
    ...services.map(({ id }) => [id, `${id}.rules`] as const),
    ["sensors", "sensorRulesOf("] as const,
    ["outages", "rules"] as const,
    ["heat-wave", "rules"] as const,
  ])("%s: have their stories", (name, list) => {
    const file = readFileSync(new URL(`${stories}${name}.test.ts`, import.meta.url), "utf8");
    expect(file).toContain(`proveRules(${list}`);
  });
});

describe.each<Service>(services as Service[])("the commands of $id", ({ commands, kinds, events }) => {
  it("are read back by what their kind says of itself, and tell their effect in both languages", () => {
    for (const [op, { kind, label, effect, fields, readBack, timeout }] of Object.entries(commands)) {
      expect(op).toMatch(idPattern);
      bothLanguages(`label of ${op}`, label);
      bothLanguages(`effect of ${op}`, effect);
      if ("event" in readBack) expect(Object.keys(events), op).toContain(readBack.event);
      else expect(kinds[kind]?.metrics, op).toContain(readBack.metric);
      if ("arg" in readBack) expect(Object.keys(fields), op).toContain(readBack.arg);
      for (const words of [effect.ko, effect.en])
        for (const [, name = ""] of words.matchAll(/\{(\w+)\}/g)) expect(["device", ...Object.keys(fields)], `${op}: {${name}}`).toContain(name);
      expect(timeout, op).toBeGreaterThan(0);
    }
  });
});
