import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { eventSchema, readingSchema } from "../../shared/reading.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import type { Profile } from "../../simulator/devices/outage.ts";
import { createEngine, type Engine, type EngineState, type Outgoing } from "../../simulator/engine.ts";
import { toyWorld } from "../support/toy-world.ts";

const start = Date.UTC(2026, 5, 8, 21);
const world = toyWorld();
const engine = (state?: EngineState, { seed = 1, profile = "calm" as Profile } = {}): Engine =>
  createEngine({ ...world, seed, start, profile }, state);

function run(from: Engine, to: number, grid: number): Outgoing[] {
  const out: Outgoing[] = [];
  while (from.now() < to) from.advance(Math.min(to, from.now() + grid), (message) => out.push(message));
  return out;
}
const objects = (messages: readonly Outgoing[]): Record<string, unknown>[] =>
  messages.filter(({ retain }) => !retain).flatMap(({ payload }) => JSON.parse(payload));
const hash = (messages: readonly Outgoing[]): string => createHash("sha256").update(JSON.stringify(messages)).digest("hex");
const hour = 3_600_000;

describe("engine", () => {
  it.each(["calm", "field"] as const)("says the same bytes in steps of 1 s, 60 s and an hour (%s)", (profile) => {
    const [fine, minutes, hours] = [1000, 60_000, hour].map((grid) => {
      const one = engine(undefined, { profile });
      return { hash: hash(run(one, start + 2 * hour, grid)), digest: one.digest() };
    });
    expect(minutes).toEqual(fine);
    expect(hours).toEqual(fine);
    expect(fine!.digest.messages).toBeGreaterThan(1000);
  });

  it("goes on from a snapshot as if nothing had been, also through JSON and in the middle of a minute", () => {
    const whole = engine(undefined, { profile: "field" });
    run(whole, start + hour + 17_000, 60_000);
    const copy = engine(JSON.parse(JSON.stringify(whole.snapshot())), { profile: "field" });
    expect(hash(run(copy, start + 2 * hour, 60_000))).toBe(hash(run(whole, start + 2 * hour, 1000)));
    expect(copy.digest()).toEqual(whole.digest());
  });

  it("says other things with another seed", () => {
    expect(hash(run(engine(), start + hour / 6, hour))).not.toBe(hash(run(engine(undefined, { seed: 2 }), start + hour / 6, hour)));
  });

  it("sends in order of time, gateway and device, never from before what was sent", () => {
    const messages = run(engine(), start + hour, hour);
    const packs = messages.filter(({ topic }) => topic.endsWith("/obs"));
    for (let i = 1; i < messages.length; i++) expect(messages[i]!.t).toBeGreaterThanOrEqual(messages[i - 1]!.t);
    for (const { payload } of packs) {
      const ids = [JSON.parse(payload)].flat().map(({ d }) => d as string);
      expect(ids).toEqual([...ids].sort());
    }
    for (const { t, payload } of messages) for (const one of [JSON.parse(payload)].flat()) expect(t - one.t).toBeLessThan(1000);
  });

  it("numbers the messages of each device without a hole, over readings and events", () => {
    const next = new Map<string, number>();
    for (const { d, seq } of objects(run(engine(), start + 2 * hour, hour)) as { d: string; seq: number }[]) {
      expect(seq).toBe(next.get(d) ?? 0);
      next.set(d, seq + 1);
    }
    expect(next.size).toBe(world.city.gateways.flatMap(({ devices }) => devices).length);
  });

  it("speaks every second a little and never all at once", () => {
    const perSecond = new Map<number, number>();
    for (const { t } of run(engine(), start + hour, hour)) perSecond.set(t, (perSecond.get(t) ?? 0) + 1);
    expect(Math.max(...perSecond.values())).toBeLessThan(12);
  });

  it("says only what the wire's schemas accept", () => {
    for (const one of objects(run(engine(), start + hour / 2, hour))) {
      const schema = "e" in one ? eventSchema : readingSchema;
      expect(schema.safeParse(one).error?.issues ?? []).toEqual([]);
    }
  });

  it("names the window of counts: the time since the device last spoke", () => {
    const last = new Map<string, number>();
    for (const one of objects(run(engine(), start + hour, hour)) as { d: string; t: number; i?: number; m?: { volume?: number } }[]) {
      if (one.m?.volume === undefined) continue;
      expect(one.i ?? 0).toBe((one.t - (last.get(one.d) ?? start)) / 1000);
      last.set(one.d, one.t);
    }
    expect(last.size).toBeGreaterThan(0);
  });

  it("falls silent without mains power, and boots when it returns", () => {
    const dark = { from: start + hour / 2, to: start + hour };
    const cut = {
      ...world.environment,
      step: (state: Record<string, unknown>, t: number) => {
        const env = world.environment.step(state, t);
        return { ...env, powerCut: t >= dark.from && t < dark.to ? new Set(world.city.plan.districts.map(({ id }) => id)) : new Set<string>() };
      },
    };
    const one = createEngine({ ...world, environment: cut, seed: 1, start, profile: "calm" });
    const traffic = run(one, start + 2 * hour, hour).filter(({ topic }) => topic.includes("/traffic/"));
    expect(traffic.filter(({ t }) => t >= dark.from && t < dark.to)).toEqual([]);
    const after = objects(traffic.filter(({ t }) => t >= dark.to)) as { b: number; i?: number; m?: object }[];
    expect(new Set(after.map(({ b }) => b))).toEqual(new Set([2]));
    for (const { i } of after) expect(i ?? 0).toBeLessThanOrEqual(60);
    expect(traffic.some(({ retain, topic }) => retain && topic.endsWith("/state"))).toBe(true);
  });

  it("sends late and in order what a gateway could keep while its line was down", () => {
    const days = 12;
    const messages = run(engine(undefined, { profile: "field" }), start + days * 24 * hour, hour);
    const late = messages.filter(({ t, payload }) => t - [JSON.parse(payload)].flat()[0].t > 60_000);
    expect(late.length).toBeGreaterThan(0);
    const newest = new Map<string, number>();
    for (const one of objects(messages) as { d: string; seq: number }[]) {
      expect(one.seq).toBeGreaterThan(newest.get(one.d) ?? -1);
      newest.set(one.d, one.seq);
    }
  });

  it("has a hole where a gateway was out: nothing is measured, nothing comes late, counts begin anew", () => {
    const calm = objects(run(engine(undefined, { profile: "field" }), start + hour, hour)) as { d: string }[];
    const one = engine(undefined, { profile: "field" });
    run(one, start + hour, hour);
    const state = JSON.parse(JSON.stringify(one.snapshot())) as EngineState;
    const back = start + 2 * hour;
    for (const gateway of state.fleet.gateways) Object.assign(gateway.line!, { down: true, hung: true, turn: back });
    const truths: Truth[] = [];
    const out: Outgoing[] = [];
    engine(state, { profile: "field" }).advance(start + 3 * hour, (message) => out.push(message), { truth: (truth) => truths.push(truth) });
    expect(calm.length).toBeGreaterThan(0);
    const said = objects(out) as { d: string; t: number; i?: number; b: number }[];
    expect(said.filter(({ t }) => t < back)).toEqual([]);
    for (const { i, b } of said) expect([i === undefined || i <= 600, b]).toEqual([true, 1]);
    const silent = truths.filter(({ kind }) => kind === "backlog");
    expect(silent.filter(({ end }) => end === null)).toHaveLength(state.fleet.gateways.length);
    for (const { end } of silent.filter(({ end }) => end !== null)) expect(end).toBeGreaterThanOrEqual(back);
    expect(silent.filter(({ end }) => end !== null)).toHaveLength(state.fleet.gateways.length);
  });

  it("lives through a gap without a word and without counting it", () => {
    const one = engine();
    const before = objects(run(one, start + hour, hour)) as { d: string; seq: number }[];
    one.skip(start + 3 * hour);
    const after = objects(run(one, start + 4 * hour, hour)) as { d: string; seq: number; i?: number }[];
    const d = before.at(-1)!.d;
    expect(after.find((one) => one.d === d)!.seq).toBe(before.filter((one) => one.d === d).at(-1)!.seq + 1);
    for (const { i } of after) expect(i ?? 0).toBeLessThanOrEqual(600);
  });
});
