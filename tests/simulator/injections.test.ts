import { describe, expect, it } from "vitest";
import type { Injection, InjectionState } from "../../shared/scenario/injection.ts";
import { injectionKinds } from "../../shared/scenario/kinds.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import type { LineAct } from "../../simulator/devices/bent-lines.ts";
import type { Aside, Engine, EngineState, Outgoing } from "../../simulator/engine.ts";
import { forkInputs, outcomeOf } from "../../simulator/fork.ts";
import type { Input } from "../../simulator/inputs.ts";
import { cityStart, messagesTo, type Said, saidIn, smallCity, smallEngine } from "../support/small-city.ts";
import { injectionOf } from "../support/told-truth.ts";

const hour = 3_600_000;
const minute = 60_000;
const devices = smallCity.gateways.flatMap((gateway) => gateway.devices);
const [first] = smallCity.plan.districts;
const input = (injection: Injection, t: number): Input => ({ t, inject: { ...injection, t } });

/** Of a recording there must be a file. */
const kinds = injectionKinds.filter(({ fields }) => Object.values(fields).every(({ kind }) => kind !== "file"));
/** One of every kind, spread over the city and over time. */
function everything(from: number): readonly Input[] {
  return kinds.flatMap((kind, n): Input[] => {
    const fitting = devices.filter(
      ({ service, kind: of }) => (kind.service === null || kind.service === service) && (kind.kinds?.includes(of) ?? true),
    );
    // what measures a number and has a battery
    const able = kind.group === "sensor" ? fitting.filter(({ kind: of }) => of === "home" || of === "gauge") : fitting;
    const target = able[(n * 7) % able.length]?.id ?? "";
    const targets = kind.on === "city" ? [] : kind.on === "district" ? [first?.id ?? ""] : [target];
    return [input(injectionOf(kind.id, targets, { lasts: 1800 + 60 * n }), from + n * 97_000)];
  });
}
interface Lived {
  readonly engine: Engine;
  readonly truths: readonly Truth[];
  readonly acts: number;
}
function lived(engine: Engine, to: number, grid = hour): Lived {
  const truths: Truth[] = [];
  const acts: LineAct[] = [];
  const aside: Aside = { truth: (truth) => void truths.push(truth), line: (act) => void acts.push(act) };
  while (engine.now() < to) engine.advance(Math.min(to, engine.now() + grid), () => undefined, aside);
  return { engine, truths, acts: acts.length };
}
const scheduled = (inputs: readonly Input[], state?: EngineState): Engine => {
  const engine = smallEngine({ profile: "field" }, state);
  for (const one of inputs.slice(engine.inputCount())) engine.schedule(one);
  return engine;
};

describe("a run with one injection of every kind", () => {
  const inputs = everything(cityStart + 7 * hour);
  const to = cityStart + 11 * hour;
  const whole = lived(scheduled(inputs), to);

  it("takes all of them, and tells of each its onset and its end", () => {
    const states = whole.engine.injections();
    // what befalls people and places depends on how they are just then
    const refused = states.filter(({ state }) => state === "refused");
    expect(refused.filter(({ kind }) => !kind.includes("/")).map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    expect(refused.length).toBeLessThan(kinds.length * 0.2);
    for (const { reason } of refused) expect(reason).toMatch(/../);
    const ids = new Set(whole.truths.filter(({ by }) => by === "injection").map(({ id }) => id));
    expect(ids.size).toBe(inputs.length - refused.length);
    for (const { id, t, state } of states) {
      if (state === "refused") continue;
      const told = whole.truths.filter((truth) => truth.id === id);
      expect(told[0]?.onset, id).toBe(t);
      expect(told.at(-1)?.end === null, id).toBe(state === "active");
      for (const { observable } of told) if (observable !== null) expect(observable, id).toBeGreaterThanOrEqual(t);
    }
    expect(whole.acts).toBeGreaterThan(6);
  });

  it("says the same again at any rate, byte for byte, and through a snapshot in the middle of them", () => {
    const again = lived(scheduled(inputs), to, 7 * minute);
    expect(again.engine.digest()).toEqual(whole.engine.digest());
    expect(again.engine.snapshot()).toEqual(whole.engine.snapshot());
    expect(again.truths).toEqual(whole.truths);

    const half = scheduled(inputs);
    const before = lived(half, cityStart + 8 * hour + 47 * minute + 7000);
    const saved = JSON.parse(JSON.stringify(half.snapshot())) as EngineState;
    expect(saved.injections.active.length).toBeGreaterThan(10);
    const rest = lived(scheduled(inputs, saved), to, 11 * minute);
    expect(rest.engine.digest()).toEqual(whole.engine.digest());
    expect([...before.truths, ...rest.truths]).toEqual(whole.truths);
    expect(JSON.stringify(rest.engine.snapshot())).toBe(JSON.stringify(whole.engine.snapshot()));
  });

  it("is another with one of them a second later", () => {
    const [one, ...others] = inputs;
    const later = one === undefined || !("inject" in one) ? [] : [input(one.inject, one.t + 1000)];
    const changed = lived(scheduled([...later, ...others].sort((a, b) => a.t - b.t)), to);
    expect(changed.engine.digest().sha256).not.toBe(whole.engine.digest().sha256);
  });
});

describe("the rest of the city", () => {
  const by = (messages: readonly Outgoing[]): Map<string, Said[]> => {
    const all = new Map<string, Said[]>();
    for (const one of saidIn(messages)) all.set(one.d, [...(all.get(one.d) ?? []), one]);
    return all;
  };
  it("draws as without them: a broken sensor, a bad line change nobody else, and nothing after their end", () => {
    const to = cityStart + 6 * hour;
    const plain = by(messagesTo(smallEngine(), to));
    const engine = smallEngine();
    for (const [n, kind] of ["spike", "noise", "dropout", "quantise"].entries())
      engine.schedule(input(injectionOf(kind, ["ws-01"], { lasts: 600 }), cityStart + hour + n * 900_000));
    for (const [n, kind] of ["duplicate", "out-of-order", "delay", "loss", "malformed"].entries())
      engine.schedule(input(injectionOf(kind, ["tx-0002-e"], { lasts: 600 }), cityStart + hour + n * 900_000));
    const until = cityStart + 2.5 * hour;
    const messages = messagesTo(engine, to).map((message) => {
      // what was cut off on its way cannot be read here either
      try {
        JSON.parse(message.payload);
        return message;
      } catch {
        return { ...message, payload: "[]" };
      }
    });
    const said = by(messages);
    for (const [device, usual] of plain) {
      if (device !== "ws-01" && !device.startsWith("tx-0002")) expect(said.get(device), device).toEqual(usual);
      const after = ({ t }: Said): boolean => t > until;
      // a reading that did not come has no number, so those after it have another
      const bare = (all: readonly Said[] = []) => all.filter(after).map(({ seq: _seq, ...rest }) => rest);
      expect(bare(said.get(device)), device).toEqual(bare(usual));
    }
    expect(said.get("ws-01")).not.toEqual(plain.get("ws-01"));
  });
});

describe("the environment", () => {
  const rainOf = (engine: Engine): readonly number[] => engine.snapshot().weather.rain;
  it("brings as much rain as was asked for, and what stands in the open measures it", () => {
    const engine = smallEngine();
    engine.schedule(input(injectionOf("storm", [], { args: { depth: 100, peak: 30 }, lasts: 3 * 3600 }), cityStart + hour));
    const { truths } = lived(engine, cityStart + hour);
    const wet: { t: number; rain: number }[] = [];
    for (const { d, t, m } of saidIn(messagesTo(engine, cityStart + 5 * hour)))
      if (d === "ws-01" && m !== undefined) wet.push({ t, rain: Number(m.rain) });
    const depth = wet.reduce((sum, { rain }) => sum + rain / 60, 0);
    expect(depth).toBeGreaterThan(70);
    expect(depth).toBeLessThan(130);
    const heaviest = wet.reduce((most, one) => (one.rain > most.rain ? one : most));
    expect(heaviest.t).toBeGreaterThan(cityStart + hour + 0.1 * 3 * hour);
    expect(heaviest.t).toBeLessThan(cityStart + hour + 0.55 * 3 * hour);
    expect(wet.filter(({ t }) => t > cityStart + 4 * hour).every(({ rain }) => rain < 0.5)).toBe(true);
    // ordinary weather is kept as it would be: it is what comes back
    expect(Math.max(...rainOf(engine))).toBeLessThan(1);
    expect(truths.map(({ onset, observable }) => [onset, observable])).toEqual([
      [cityStart + hour, null],
      [cityStart + hour, cityStart + hour],
    ]);
  });

  it("takes the mains of a district, which boots when they are back", () => {
    const engine = smallEngine();
    const dark = devices.find(({ kind }) => kind === "signal");
    const district = smallCity.gateways.find(({ id }) => id === dark?.gateway)?.district ?? "";
    engine.schedule(input(injectionOf("power-cut", [district], { lasts: 1200 }), cityStart + hour + 5000));
    const said = saidIn(messagesTo(engine, cityStart + 2 * hour)).filter(({ d, m }) => d === dark?.id && m !== undefined);
    const during = said.filter(({ t }) => t >= cityStart + hour + 5000 && t < cityStart + hour + 1_205_000);
    expect(during).toEqual([]);
    expect(said.at(-1)?.b).toBe(2);
  });

  it("crowds a district for the time of a festival", () => {
    const counted = (crowded: boolean): number => {
      const engine = smallEngine();
      if (crowded)
        engine.schedule(
          input(
            injectionOf(
              "festival",
              smallCity.plan.districts.map(({ id }) => id),
              { args: { crowd: 2 }, lasts: 6 * 3600 },
            ),
            cityStart + 9 * hour,
          ),
        );
      return saidIn(messagesTo(engine, cityStart + 15 * hour))
        .filter(({ t, m }) => t > cityStart + 10.5 * hour && m?.volume !== undefined)
        .reduce((sum, { m }) => sum + Number(m?.volume), 0);
    };
    const [usual, crowded] = [counted(false), counted(true)];
    expect(crowded / usual).toBeGreaterThan(1.3);
  });
});

describe("ordinary life", () => {
  it("is told as truth, too: silent gateways, storms, with their ends", () => {
    const { truths } = lived(smallEngine({ profile: "field", seed: 7, start: Date.UTC(2026, 6, 1) }), Date.UTC(2026, 6, 9), 6 * hour);
    const own = truths.filter(({ by }) => by === "city");
    expect(own.length).toBe(truths.length);
    const kinds = new Set(own.map(({ kind }) => kind));
    expect(kinds).toContain("backlog");
    expect(kinds).toContain("storm");
    const ends = own.filter(({ end }) => end !== null);
    expect(ends.length).toBeGreaterThan(2);
    for (const { onset, end } of ends) expect(end).toBeGreaterThanOrEqual(onset);
  });
});

describe("a fork", () => {
  it("lives from a kept city with the commands that it is given, and sums up each minute", () => {
    const engine = smallEngine();
    messagesTo(engine, cityStart + hour);
    const kept = JSON.parse(JSON.stringify(engine.snapshot())) as EngineState;
    engine.schedule({ t: cityStart + hour + 60_000, device: "sg-01", op: "close", args: {}, id: "by-hand" });
    engine.schedule(input(injectionOf("storm", [], { args: { depth: 150 }, lasts: 3600 }), cityStart + hour + 120_000));
    messagesTo(engine, cityStart + 2 * hour);
    const { list } = engine.snapshot().inputs;
    expect(forkInputs(list, kept.t, "none").map((one) => ("op" in one ? one.id : "inject" in one ? one.inject.id : "clear"))).toEqual(["storm"]);
    expect(forkInputs(list, kept.t, ["by-hand"])).toHaveLength(2);
    expect(forkInputs(list, cityStart + 2 * hour, "all")).toEqual([]);
    const fork = (commands: "all" | "none") => smallEngine({}, { ...kept, inputs: { ...kept.inputs, list: forkInputs(list, kept.t, commands) } });
    const asItWas = fork("all");
    const outcome = outcomeOf(asItWas, cityStart + 2 * hour);
    expect(asItWas.digest()).toEqual(engine.digest());
    expect(outcome).toMatchObject({ from: cityStart + hour, to: cityStart + 2 * hour });
    expect(outcome.t).toHaveLength(60);
    for (const sums of Object.values(outcome.sums)) expect(sums).toHaveLength(60);
    outcomeOf(fork("none"), cityStart + 2 * hour);
  });
});

describe("what can be injected", () => {
  it("is bounded, and an id is used once", () => {
    const engine = smallEngine();
    const many = devices.map(({ id }) => id);
    engine.schedule(input(injectionOf("dropout", many), cityStart + 1000));
    messagesTo(engine, cityStart + 2000);
    expect(engine.check(injectionOf("dropout", many))).toMatchObject({ ok: false, reason: expect.stringMatching(/already/) });
    expect(engine.check(injectionOf("dropout", ["ws-01", "ws-01"], { id: "b" }))).toMatchObject({
      ok: true,
      value: { targets: ["ws-01"], args: { often: 100 } },
    });
    const states = (): readonly InjectionState[] => engine.injections();
    engine.schedule({ t: cityStart + 5000, clear: ["dropout"] });
    messagesTo(engine, cityStart + 5000);
    expect(states().map(({ state }) => state)).toEqual(["over"]);
  });
});
