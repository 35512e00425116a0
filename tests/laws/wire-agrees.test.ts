import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkEnvelope, checkEvent, checkReading, compileKind, type Fields } from "../../broker/ingest/check.ts";
import { eventSchema, readingSchema } from "../../shared/reading.ts";
import type { EventField, Metric, Service } from "../../shared/service.ts";
import { serviceOf } from "../../shared/services/index.ts";
import { cityStart, messagesTo, type Said, saidIn, smallCity, smallEngine } from "../support/small-city.ts";

/** The contract once more, as schemas made from it: what the wire's schemas leave to the service. */
function metricSchema(metric: Metric): z.ZodType {
  if (metric.kind === "number") return z.number().min(metric.min).max(metric.max);
  if (metric.kind === "flag") return z.boolean();
  if (metric.kind === "state") return z.enum(metric.words);
  return z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]);
}
function fieldSchema(field: EventField): z.ZodType {
  if (field.kind === "number") return z.number().min(field.min).max(field.max);
  return field.kind === "word" ? z.enum(field.words) : z.string().regex(/^[a-z0-9]{1,32}$/);
}
const mapped = <T>(record: Readonly<Record<string, T>>, schema: (one: T) => z.ZodType) =>
  Object.fromEntries(Object.entries(record).map(([name, one]) => [name, schema(one)]));
const numbered = z
  .looseObject({ b: z.number().optional(), seq: z.number().optional() })
  .refine(({ b, seq }) => (b === undefined) === (seq === undefined));

function readingOf(service: Service, kind: string): (message: unknown) => boolean {
  const metrics = Object.fromEntries((service.kinds[kind]?.metrics ?? []).map((name) => [name, service.metrics[name]!]));
  const m = z.strictObject(mapped(metrics, (metric) => metricSchema(metric).optional())).refine((given) => Object.keys(given).length > 0);
  const contract = z
    .looseObject({ m, q: z.record(z.string(), z.string()).optional() })
    .refine(({ m: given, q = {} }) => Object.keys(q).every((name) => Object.hasOwn(given, name)));
  return (message) => [readingSchema, numbered, contract].every((schema) => schema.safeParse(message).success);
}
function eventOf(service: Service): (message: unknown) => boolean {
  const types = mapped(service.events, ({ fields }) => z.looseObject({ x: z.strictObject(mapped(fields, fieldSchema)).default({}) }));
  return (message) => {
    const e = (message as { e?: unknown }).e;
    const type = typeof e === "string" && Object.hasOwn(types, e) ? types[e] : undefined;
    const given = (message as { x?: unknown }).x === undefined ? { x: {} } : message;
    return type !== undefined && [eventSchema, numbered].every((schema) => schema.safeParse(message).success) && type.safeParse(given).success;
  };
}

const devices = new Map(smallCity.gateways.flatMap((gateway) => gateway.devices.map((device) => [device.id, device] as const)));
const judges = new Map<string, { compiled: (message: Fields) => boolean; schema: (message: unknown) => boolean }>();
/** Both opinions on a message of this device. */
function judgesOf(device: string, isEvent: boolean) {
  const { service: id, kind } = devices.get(device)!;
  const key = `${id}/${isEvent ? "event" : kind}`;
  const known = judges.get(key);
  if (known !== undefined) return known;
  const service = serviceOf(id)!;
  const check = compileKind(service, kind)!;
  const made = {
    compiled: (message: Fields) =>
      checkEnvelope(message) === undefined && (isEvent ? checkEvent(message, service) : checkReading(message, check)) === undefined,
    schema: isEvent ? eventOf(service) : readingOf(service, kind),
  };
  judges.set(key, made);
  return made;
}
const isEvent = (said: Said): boolean => said.e !== undefined;

const october = saidIn(messagesTo(smallEngine(), cityStart + 86_400_000));
/** Midsummer: heat and cloudbursts. */
const july = Date.UTC(2026, 6, 12, 15);
const summer = saidIn(messagesTo(smallEngine({ start: july, seed: 7 }), july + 2 * 86_400_000));

describe("the compiled check and the wire's schemas", () => {
  it.each([
    ["a day in autumn", october],
    ["two days in midsummer", summer],
  ])("both accept every reading and every event of %s", (_when, all) => {
    expect(all.length).toBeGreaterThan(5000);
    const refused = all.filter((said) => {
      const { compiled, schema } = judgesOf(said.d, isEvent(said));
      return !compiled(said as unknown as Fields) || !schema(said);
    });
    expect(refused).toEqual([]);
  });

  it("have seen every kind of device and every event that a quiet day has", () => {
    const kinds = new Set(october.map(({ d }) => `${devices.get(d)?.service}/${devices.get(d)?.kind}`));
    expect([...kinds].sort()).toEqual([...new Set([...devices.values()].map(({ service, kind }) => `${service}/${kind}`))].sort());
    const events = new Set([...october, ...summer].flatMap(({ d, e }) => (e === undefined ? [] : [`${devices.get(d)?.service}/${e}`])));
    for (const event of ["evzone/in", "evzone/out", "foodwaste/deposit", "foodwaste/emptied", "ucare/door"]) expect(events).toContain(event);
  });

  it("agree on whatever is made of what devices say", () => {
    const examples = new Map<string, Said>();
    for (const said of [...october, ...summer])
      examples.set(`${devices.get(said.d)?.service}/${devices.get(said.d)?.kind}/${said.e ?? Object.keys(said.m ?? {})}`, said);
    const odd = fc.constantFrom<unknown[]>(
      null,
      true,
      false,
      0,
      -1,
      0.5,
      1,
      2,
      59,
      299,
      301,
      86_400,
      86_401,
      1e6,
      -1e6,
      1e308,
      8.64e15,
      8.64e15 + 2,
      2 ** 53,
      -0.001,
      "",
      "good",
      "est",
      "sat",
      "ok",
      "open",
      "ev",
      "night",
      "0",
      "12가3456",
      "a".repeat(32),
      "a".repeat(65),
      [],
      [0],
      [37, 127],
      [91, 0],
      ["37", 127],
      [37, 127, 1],
      {},
      { m: 1 },
    );
    const names = fc.constantFrom("v", "t", "b", "seq", "i", "m", "q", "e", "x", "s", "constructor", "toString", "hasOwnProperty");
    const inner = fc.constantFrom(
      "volume",
      "occ",
      "speed",
      "plan",
      "level",
      "dist",
      "gate",
      "occupied",
      "vehicle",
      "cp",
      "soc",
      "act",
      "away",
      "fill",
      "lid",
      "token",
      "net",
      "class",
      "dwell",
      "kg",
      "to",
      "constructor",
      "valueOf",
    );
    const change = fc.oneof(
      fc.record({ at: fc.constant("top"), name: names, value: fc.option(odd, { nil: undefined }) }),
      fc.record({ at: fc.constantFrom("m", "q", "x"), name: inner, value: fc.option(odd, { nil: undefined }) }),
    );
    const verdicts = { both: 0, none: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...examples.values()), fc.array(change, { minLength: 1, maxLength: 3 }), fc.boolean(), (said, changes, swap) => {
        const message = JSON.parse(JSON.stringify(said)) as Record<string, unknown>;
        for (const { at, name, value: given } of changes) {
          const value = structuredClone(given);
          const place = at === "top" ? message : message[at];
          if (typeof place !== "object" || place === null || Array.isArray(place)) message[at] = { [name]: value };
          else (place as Record<string, unknown>)[name] = value;
        }
        const wire = JSON.parse(JSON.stringify(message)) as Fields;
        const { compiled, schema } = judgesOf(said.d, swap ? !isEvent(said) : isEvent(said));
        const opinions = { compiled: compiled(wire), schema: schema(wire) };
        expect(opinions.compiled, JSON.stringify({ wire, opinions })).toBe(opinions.schema);
        verdicts[opinions.compiled ? "both" : "none"] += 1;
      }),
      { numRuns: 4000 },
    );
    expect(Math.min(verdicts.both, verdicts.none), "neither all good nor all bad").toBeGreaterThan(50);
  });
});
