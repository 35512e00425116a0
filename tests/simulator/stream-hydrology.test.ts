import { describe, expect, it } from "vitest";
import { stream as contract } from "../../shared/services/stream.ts";
import { stepStores } from "../../simulator/services/stream/baseflow.ts";
import { createCatchment, rainOver, stepBasin } from "../../simulator/services/stream/basin.ts";
import { cascadeShare, stepCascade } from "../../simulator/services/stream/nash-cascade.ts";
import { stores } from "../../simulator/services/stream/parameters.ts";
import { discharge, level, ratingThrough, warningLevels } from "../../simulator/services/stream/rating.ts";
import { createReach, route, settle } from "../../simulator/services/stream/routing.ts";
import { directRunoff, splitExcess, stepRunoff } from "../../simulator/services/stream/runoff.ts";
import { longStream } from "../support/long-stream.ts";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("rain and runoff", () => {
  it.each([
    [100, 85, 61.0],
    [80, 98, 74.1],
    [50, 98, 44.3],
    [80, 79, 32.96],
    [10, 79, 0],
    [0, 98, 0],
  ])("%d mm on curve number %d run off as %d mm", (rain, curve, runoff) => expect(directRunoff(rain, curve)).toBeCloseTo(runoff, 1));

  it("adds up to the same storm in a hundred steps as in one", () => {
    const wet = { paved: 0, green: 0 };
    const parts = Array.from({ length: 100 }, () => stepRunoff(wet, 0.8, 0.4, 1 / 60));
    expect(sum(parts.map(({ paved, green }) => paved + green))).toBeCloseTo(0.4 * directRunoff(80, 98) + 0.6 * directRunoff(80, 79), 6);
    expect(sum(parts.map(({ kept }) => kept))).toBeCloseTo(0.6 * (80 - directRunoff(80, 79)), 6);
  });

  it("remembers the last storm for days, not for weeks", () => {
    const runoffAfter = (hours: number): number => {
      const wet = { paved: 40, green: 40 };
      stepRunoff(wet, 0, 0.5, hours);
      const { paved, green } = stepRunoff(wet, 40, 0.5, 1);
      return paved + green;
    };
    const fresh = 0.5 * (directRunoff(40, 98) + directRunoff(40, 79));
    expect(runoffAfter(24)).toBeGreaterThan(1.2 * fresh);
    expect(runoffAfter(30 * 24)).toBeCloseTo(fresh, 1);
  });

  it("splits excess into quick and late water without losing any; ordinary rain is all held back, a cloudburst runs off at once", () => {
    const of = (paved: number, green: number) => splitExcess({ paved, green, kept: 2 }, 0.25);
    for (const [paved, green] of [
      [1, 0.5],
      [4, 1],
      [5, 1.5],
      [9, 8],
    ] as const) {
      const { quick, late } = of(paved, green);
      expect(quick + late).toBeCloseTo(paved + green, 9);
    }
    expect(of(3, 1).quick).toBeCloseTo(0, 9);
    expect(of(5, 1).quick).toBeGreaterThan(1);
    expect(of(9, 1).late).toBeCloseTo(0, 9);
  });

  it.each([20, 25, 30])("a cascade with k = %d min passes on all it takes in, and peaks near 2 k", (k) => {
    const outflows = [0, 0, 0];
    const flow = Array.from({ length: 1000 }, (_, i) => stepCascade(outflows, i === 0 ? 60 : 0, cascadeShare(1, k)));
    expect(sum(flow)).toBeCloseTo(60, 6);
    expect(Math.abs(flow.indexOf(Math.max(...flow)) - 2 * k)).toBeLessThanOrEqual(2);
  });

  it("late water and groundwater give back what they took; a full store empties faster than a nearly empty one", () => {
    const held = { detained: 0, slow: 0, ground: 0 };
    let out = 0;
    for (let i = 0; i < 5000; i++) out += stepStores(held, i < 10 ? { late: 2, ground: 1 } : { late: 0, ground: 0 }, 1);
    expect(out + held.detained + held.slow + held.ground).toBeCloseTo(30, 6);
    const half = (slow: number): number => stepStores({ detained: 0, slow, ground: 0 }, { late: 0, ground: 0 }, 10) / slow;
    // dS/dt = -S^2/c gives back 20 / (60 + 20) and 2 / (60 + 2) of them within ten of 600 mm h
    expect(half(20)).toBeGreaterThan(3 * half(2));
  });

  it("what is held back comes late: most of a day after the rain", () => {
    const held = { detained: 0, slow: 0, ground: 0 };
    const flow = Array.from({ length: 200 }, (_, hour) => stepStores(held, hour < 6 ? { late: 2, ground: 0 } : { late: 0, ground: 0 }, 1));
    const peak = flow.indexOf(Math.max(...flow));
    expect(peak).toBeGreaterThan(14);
    expect(peak).toBeLessThan(72);
  });

  it.each([
    [[1, 2, 3], 0, 3, 1],
    [[1, 2, 3], 1, 2, (0.5 * 2 + 3) / 1.5],
    [[10, 20], 3, 8, 10],
    [[6], 7, 8, 6],
    [[], 0, 2, 0],
  ])("rain %o over part %d of %d is %d mm/h", (rain, part, parts, mean) => expect(rainOver(rain, part, parts)).toBeCloseTo(mean, 9));
});

describe("the way down the stream", () => {
  const channel = { weight: 0.05, stepSeconds: 60 };
  it.each([5, 40, 700, 900, 5000])("a reach of %d s has no negative coefficient, keeps the volume and delays it by that time", (travelSeconds) => {
    const reach = createReach({ ...channel, travelSeconds });
    expect(Math.min(reach.c0, reach.c1, reach.c2)).toBeGreaterThanOrEqual(-1e-12);
    expect(reach.c0 + reach.c1 + reach.c2).toBeCloseTo(1, 12);
    const pulse = (i: number): number => (i >= 10 && i < 40 ? 100 : 0);
    const flow = Array.from({ length: 2000 }, (_, i) => route(reach, pulse(i), 0));
    expect(sum(flow)).toBeCloseTo(3000, 6);
    expect(Math.min(...flow)).toBeGreaterThanOrEqual(0);
    const centre = sum(flow.map((q, i) => q * i)) / 3000;
    expect((centre - 24.5) * 60).toBeCloseTo(Math.max(travelSeconds, 60 / 1.9), 3);
  });

  it("a settled reach stays as it is, with what joins on the way", () => {
    const reach = createReach({ ...channel, travelSeconds: 2000 });
    expect(settle(reach, 3, 2)).toBeCloseTo(5, 9);
    for (let i = 0; i < 50; i++) expect(route(reach, 3, 2)).toBeCloseTo(5, 9);
  });

  it("carries the whole excess of a storm past the last gauge", () => {
    const { sites } = longStream().sites;
    const catchments = sites.map((site) => createCatchment({ facts: { ...site.facts, effluent: 0 } }));
    const wet = sites.map(() => ({ paved: 0, green: 0 }));
    let [fallen, gone] = [0, 0];
    for (let i = 0; i < 12 * 1440; i++) {
      const rain = i < 180 ? 30 : 0;
      catchments.forEach(({ area, paved }, k) => {
        const part = stepRunoff(wet[k]!, rain / 60, paved, 1 / 60);
        fallen += (part.paved + part.green + stores.recharge * part.kept) * area * 1000;
      });
      gone += (stepBasin(catchments, new Array<number>(8).fill(rain), 1).at(-1) ?? 0) * 60;
    }
    const left = sum(catchments.map(({ held, area }) => (held.detained + held.slow + held.ground) * area * 1000));
    expect(gone).toBeGreaterThan(0.8 * fallen);
    expect((gone + left) / fallen).toBeCloseTo(1, 3);
  });
});

describe("ratings and warnings", () => {
  it("are their own inverse, and are dry at the level of no flow", () => {
    const rating = { a: 34, h0: 0.8, b: 1.77 };
    for (const flow of [0.01, 1, 30, 900, 5000]) expect(discharge(rating, level(rating, flow))).toBeCloseTo(flow, 6);
    expect(level(rating, 0)).toBe(0.8);
    expect(discharge(rating, 0.5)).toBe(0);
  });

  it("give the Singok-like gauge its public levels", () => {
    expect(warningLevels(ratingThrough(900, 7.15, 0.8, 1.77), 900)).toEqual({ interest: 2.6, caution: 5.1, alert: 6, serious: 7.15 });
  });

  it("stand at 11, 50, 70 and 100 % of each gauge's design discharge, and the room computes that discharge from what the gauge sends", () => {
    const flowOf = contract.derived.find(({ metric }) => metric === "flow");
    for (const { facts, devices } of longStream().sites.sites) {
      const constants = devices[0]?.meta.constants ?? {};
      const own = flowOf?.constants.map((name) => constants[name] ?? Number.NaN) ?? [];
      const share = (name: string): number => (flowOf?.value([constants.reference! - constants[name]!], own) ?? 0) / facts.design!;
      // Levels are rounded to 5 cm, which is up to 1.3 % of the design discharge.
      for (const [name, design] of Object.entries({ interest: 0.11, caution: 0.5, alert: 0.7, serious: 1 }))
        expect(Math.abs(share(name) - design)).toBeLessThan(0.014);
    }
  });
});
