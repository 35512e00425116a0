import { describe, expect, it } from "vitest";
import { fits } from "../../shared/command-errors.ts";
import type { Incident } from "../../shared/service.ts";
import { type ServiceId, services } from "../../shared/services/index.ts";
import type { Text } from "../../shared/text.ts";
import { idPattern } from "../../shared/topics.ts";
import type { Device, Struck } from "../../simulator/model.ts";
import { incite, isFelt, isOver, type Lived, lived, liveOn, relent, struck, truths, weatherOf, winter } from "../support/incident-world.ts";
import { breaches } from "../support/service-world.ts";
import { usualArgs } from "../support/strike.ts";

const hour = 3_600_000;
const day = 24 * hour;
const both = (where: string, { ko, en }: Text): void => {
  expect(ko, `${where} in Korean`).toMatch(/[가-힣]/);
  expect(en, `${where} in English`).toMatch(/^[^가-힣]*[A-Za-z][^가-힣]*$/);
};
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The first two days of each service, hour by hour: somewhere in them each incident finds its moment. */
const moments = new Map<string, Pick<Lived, "state" | "t">[]>();
function momentsOf(id: ServiceId): readonly Pick<Lived, "state" | "t">[] {
  const known = moments.get(id);
  if (known !== undefined) return known;
  const place = lived(id);
  const made: Pick<Lived, "state" | "t">[] = [];
  for (let to = winter + hour; to <= winter + 2 * day; to += hour) {
    liveOn(place, to);
    made.push({ t: to, state: json(place.state) });
  }
  moments.set(id, made);
  return made;
}
/** What the devices measure over one minute: counts are those of its window. */
function readings(place: Lived): ReturnType<typeof truths> {
  truths(place);
  liveOn(place, place.t + 60_000);
  return truths(place);
}
interface Scene {
  readonly place: Lived;
  readonly device: Device;
  readonly one: Struck;
}
/** The incident with its usual arguments at the first place and hour where it can begin. */
function begun(id: ServiceId, kind: string): Scene {
  const reasons = new Set<string>();
  for (const moment of momentsOf(id)) {
    const place = lived(id, moment);
    for (const device of place.devices.filter((one) => place.service.incidents[kind]?.kinds.includes(one.kind))) {
      const one = struck(place, kind);
      const answer = incite(place, device, one);
      if (answer.ok) return { place, device, one };
      reasons.add(answer.reason);
    }
  }
  throw new Error(`${id}/${kind} never begins: ${[...reasons].join("; ")}`);
}
/** Lives until it is felt. What waits for something to be done to the device has each command of its kind, one after the other. */
function untilFelt({ place, device, one }: Scene, most: number): boolean {
  const until = (to: number): boolean => {
    liveOn(place, to, () => isFelt(place, device, one));
    return isFelt(place, device, one);
  };
  const from = place.t;
  if (until(from + hour)) return true;
  for (const [op, { kind, fields }] of Object.entries(place.service.commands)) {
    if (kind !== device.kind) continue;
    place.model.obey(place.state, place.sites, device, { op, args: usualArgs(fields) }, weatherOf(place.t), place.t);
    if (until(place.t + 5 * 60_000)) return true;
  }
  return until(from + most);
}

const all = services.flatMap((service) =>
  Object.entries(service.incidents).map(([kind, incident]) => ({ service, id: service.id as ServiceId, kind, incident })),
);

describe("every service", () => {
  it.each(services.map((service) => [service.id, service] as const))(
    "%s has something that can befall it, and something that only looks like it",
    (_id, { incidents }) => {
      const classes = new Set(Object.values<Incident>(incidents).map(({ truth }) => truth));
      expect([...classes]).toEqual(expect.arrayContaining(["event", "quiet"]));
    },
  );

  it.each(services.map((service) => [service.id, service] as const))(
    "%s sums up the outcomes of its contract, which never fall",
    (id, { outcomes }) => {
      const place = lived(id as ServiceId);
      const seen: Readonly<Record<string, number>>[] = [];
      for (let hours = 0; hours <= 24; hours += 2) {
        liveOn(place, winter + hours * hour);
        seen.push(place.model.outcome(place.state));
      }
      for (const [name, { label, unit, precision }] of Object.entries(outcomes)) {
        expect(name).toMatch(idPattern);
        both(name, label);
        expect(unit.length * (precision + 1)).toBeGreaterThan(0);
        const sums = seen.map((sum) => sum[name] ?? Number.NaN);
        expect(sums, name).toEqual([...sums].sort((a, b) => a - b));
        expect(
          sums.every((sum) => Number.isFinite(sum) && sum >= 0),
          name,
        ).toBe(true);
      }
      expect(Object.keys(outcomes).length).toBeGreaterThan(0);
      for (const sum of seen) expect(Object.keys(sum).sort()).toEqual(Object.keys(outcomes).sort());
    },
  );
});

describe.each(all)("the incident $id/$kind", ({ service, id, kind, incident }) => {
  it("says in both languages what will happen, of fields whose usual value fits, at kinds that there are", () => {
    expect(kind).toMatch(idPattern);
    both("title", incident.title);
    both("effect", incident.effect);
    for (const words of [incident.effect.ko, incident.effect.en]) {
      const named = [...words.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
      expect(named).toContain("where");
      expect([...named.filter((name) => name !== "where")].sort()).toEqual(Object.keys(incident.fields).sort());
    }
    for (const [name, field] of Object.entries(incident.fields)) {
      both(name, field.label);
      if ("usual" in field) expect(fits(field, field.usual), `usual ${name}`).toBe(true);
      if (field.kind === "word") for (const text of Object.values(field.words)) both(name, text);
    }
    expect(incident.kinds.length).toBeGreaterThan(0);
    for (const one of incident.kinds) expect(Object.keys(service.kinds)).toContain(one);
    if (incident.lasts !== null) expect(incident.lasts).toBeGreaterThan(0);
  });

  it("begins, is felt within its contract, and ends: by itself where nobody says how long it lasts", () => {
    const scene = begun(id, kind);
    const { place, device, one } = scene;
    expect(isOver(place, device, one), "over as soon as it has begun").toBe(false);
    expect(untilFelt(scene, 5 * day), "felt").toBe(true);
    expect(breaches(id, readings(place), place.happenings)).toEqual([]);
    if (incident.lasts === null) {
      liveOn(place, place.t + 10 * day, () => isOver(place, device, one));
      expect(isOver(place, device, one), "over by itself").toBe(true);
    }
    relent(place, device, one);
    liveOn(place, place.t + hour);
    expect([isFelt(place, device, one), isOver(place, device, one)]).toEqual([false, true]);
    expect(breaches(id, readings(place), place.happenings)).toEqual([]);
  });

  it("can be ended at once, and twice", () => {
    const { place, device, one } = begun(id, kind);
    liveOn(place, place.t + 60_000);
    relent(place, device, one);
    relent(place, device, one);
    liveOn(place, place.t + day);
    expect(isFelt(place, device, one)).toBe(false);
    expect(breaches(id, readings(place), place.happenings)).toEqual([]);
  });

  it("goes on from a snapshot in its middle with the same bytes", () => {
    const { place, device, one } = begun(id, kind);
    liveOn(place, place.t + 20 * 60_000);
    const copy = lived(id, place);
    expect(copy.state, "plain JSON").toEqual(place.state);
    const from = place.happenings.length;
    for (const world of [place, copy]) liveOn(world, world.t + 3 * hour);
    expect(JSON.stringify(copy.state)).toBe(JSON.stringify(place.state));
    for (const world of [place, copy]) {
      relent(world, device, one);
      liveOn(world, world.t + hour);
    }
    expect(JSON.stringify(copy.state)).toBe(JSON.stringify(place.state));
    expect(copy.happenings).toEqual(place.happenings.slice(from));
    expect([...truths(copy)]).toEqual([...truths(place)]);
  });

  it("is refused with a reason where it cannot be: at another kind of device, and where it happens already", () => {
    const { place, device, one } = begun(id, kind);
    const before = JSON.stringify(place.state);
    const others = place.devices.filter((other) => !incident.kinds.includes(other.kind));
    for (const [at, how] of [...others.slice(0, 40).map((other) => [other, one] as const), [device, { ...one, id: "another" }] as const]) {
      const answer = incite(place, at, how);
      expect(answer).toEqual({ ok: false, reason: expect.stringMatching(/\w+ \w+/) });
    }
    expect(incite(place, device, { ...one, kind: "toString" }).ok).toBe(false);
    expect(JSON.stringify(place.state), "a refusal changes nothing").toBe(before);
  });
});
