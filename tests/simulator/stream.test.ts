import { describe, expect, it } from "vitest";
import { stream as contract } from "../../shared/services/stream.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";
import type { Sites } from "../../simulator/model.ts";
import { stepStores } from "../../simulator/services/stream/baseflow.ts";
import { createCatchment, rainOver, stepBasin } from "../../simulator/services/stream/basin.ts";
import { readFloat } from "../../simulator/services/stream/float-switch.ts";
import { advanceGate, type Gate } from "../../simulator/services/stream/gate.ts";
import { cascadeShare, stepCascade } from "../../simulator/services/stream/nash-cascade.ts";
import { stores } from "../../simulator/services/stream/parameters.ts";
import { passers } from "../../simulator/services/stream/path.ts";
import { discharge, level, ratingThrough, warningLevels } from "../../simulator/services/stream/rating.ts";
import { createReach, route, settle } from "../../simulator/services/stream/routing.ts";
import { directRunoff, splitExcess, stepRunoff } from "../../simulator/services/stream/runoff.ts";
import { stream } from "../../simulator/services/stream.ts";
import { breaches, ground, heatAndStorm, hour, type Look, monday, run, truthsOf, type World, weatherAt, world } from "../support/service-world.ts";

type StreamWorld = World<"stream", ReturnType<typeof stream.init>>;
/** The default gauges and gates along as many kilometres as the city has. */
function longStream(seed = 1): StreamWorld {
  const sites: Sites<"stream"> = { sites: stream.place({ ...ground("default"), streamLength: 16.6 }), streets: { nodes: [], links: [] } };
  return { model: stream, sites, state: stream.init(sites, seed, monday), env: weatherAt(monday), happenings: [] };
}
const [minute, day] = [60_000, 24 * hour];
const stormStart = monday + 2 * hour;
/** `depth` mm in three hours over the whole basin, heaviest after 40 % of them (Huff's second quartile). */
const storm =
  (depth: number) =>
  (t: number): { rain: number[]; rainMean: number; month: number } => {
    const x = (t - stormStart) / (3 * hour);
    const rate = x < 0 || x > 1 ? 0 : (depth / 3) * 2 * (x < 0.4 ? x / 0.4 : (1 - x) / 0.6);
    return { rain: new Array<number>(8).fill(rate), rainMean: rate, month: 7 };
  };
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const constantsOf = (place: StreamWorld, id: string): Readonly<Record<string, number>> =>
  place.sites.sites.flatMap(({ devices }) => devices).find((device) => device.id === id)?.meta.constants ?? {};

/** Level of each gauge, minute by minute. */
function hydrographs(place: StreamWorld, depth: number, hours: number): number[][] {
  const levels: number[][] = place.state.gauges.map(() => []);
  const look = (): void => place.state.gauges.forEach((gauge, k) => void levels[k]?.push(gauge.level));
  run(place, { from: monday, to: monday + hours * hour, weather: storm(depth), every: 60, look });
  return levels;
}

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

  it("splits excess into quick and late water without losing any; light rain on paved land is taken by the sewers", () => {
    const { quick, late } = splitExcess({ paved: 3, green: 1, kept: 2 }, 0.5, 1);
    expect(quick + late).toBeCloseTo(4, 9);
    expect(splitExcess({ paved: 0.4, green: 0, kept: 0 }, 0.5, 1)).toEqual({ quick: 0, late: 0.4 });
  });

  it.each([20, 25, 30])("a cascade with k = %d min passes on all it takes in, and peaks near 2 k", (k) => {
    const outflows = [0, 0, 0];
    const flow = Array.from({ length: 1000 }, (_, i) => stepCascade(outflows, i === 0 ? 60 : 0, cascadeShare(1, k)));
    expect(sum(flow)).toBeCloseTo(60, 6);
    expect(Math.abs(flow.indexOf(Math.max(...flow)) - 2 * k)).toBeLessThanOrEqual(2);
  });

  it("late water and groundwater give back what they took; a full store empties faster than a nearly empty one", () => {
    const held = { slow: 0, ground: 0 };
    let out = 0;
    for (let i = 0; i < 5000; i++) out += stepStores(held, i < 10 ? { slow: 2, ground: 1 } : { slow: 0, ground: 0 }, 1);
    expect(out + held.slow + held.ground).toBeCloseTo(30, 6);
    const half = (slow: number): number => stepStores({ slow, ground: 0 }, { slow: 0, ground: 0 }, 10) / slow;
    expect(half(20)).toBeGreaterThan(3 * half(2));
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
    const left = sum(catchments.map(({ held, area }) => (held.slow + held.ground) * area * 1000));
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

describe("a gate", () => {
  const open: Gate = { word: "open", since: 0, wanted: "open", moved: 0, travel: 27, mended: 0 };
  const calm = { seconds: 5, blocked: false, breaks: 0 };
  const later = (gate: Gate, seconds: number, change: Partial<typeof calm> = {}): Gate => {
    let now = gate;
    for (let s = 5; s <= seconds; s += 5) now = advanceGate(now, { ...calm, ...change, t: s * 1000 });
    return now;
  };
  it("does nothing unless something is wanted, and then takes its time, to the second", () => {
    expect(later(open, 60)).toBe(open);
    expect(later({ ...open, wanted: "closed" }, 5)).toMatchObject({ word: "closing", since: 5000 });
    expect(later({ ...open, wanted: "closed" }, 30).word).toBe("closing");
    const closed = later({ ...open, wanted: "closed" }, 35);
    expect(closed).toMatchObject({ word: "closed", since: 32_000, moved: 27 });
    expect(later({ ...closed, wanted: "open" }, 35)).toMatchObject({ word: "open", since: 32_000, moved: 0 });
  });
  it("holds while somebody stands in the gap, goes on after, and turns back when it is told to", () => {
    const halfway = later({ ...open, wanted: "closed" }, 15);
    expect(later(halfway, 120, { blocked: true })).toMatchObject({ word: "closing", moved: halfway.moved });
    expect(later(later(halfway, 120, { blocked: true }), 20).word).toBe("closed");
    expect(later({ ...halfway, wanted: "open" }, 5).word).toBe("opening");
  });
  it("stands still while it is broken, and does what is wanted when it is mended", () => {
    const halfway = later({ ...open, wanted: "closed" }, 15);
    const broken = advanceGate(halfway, { ...calm, t: 20_000, breaks: 600_000 });
    expect(broken).toMatchObject({ word: "fault", mended: 600_000, moved: halfway.moved });
    expect(later(broken, 595)).toBe(broken);
    expect(later(broken, 640).word).toBe("closed");
  });
  it.each([
    ["below the margin", { wanted: "open", low: 0 }, 9.69, "open"],
    ["30 cm below the sill", { wanted: "open", low: 0 }, 9.7, "closed"],
    ["20 cm lower than that for 44 min", { wanted: "closed", low: hour }, 9.49, "closed"],
    ["20 cm lower than that for 45 min", { wanted: "closed", low: hour - minute }, 9.49, "open"],
    ["risen again in between", { wanted: "closed", low: hour - minute }, 9.55, "closed"],
  ] as const)("is told by its float with the water %s", (_case, float, water, wanted) =>
    expect(readFloat(float, water, 10, hour + 44 * minute).wanted).toBe(wanted),
  );

  it("is passed by people in fine weather by day, by few at night, and by nobody in heavy rain or when it is shut", () => {
    const evening = weatherAt(monday + 19 * hour);
    const usual = passers(evening, evening.t, { rain: 0, gate: "open", display: "off" });
    expect(usual).toBeGreaterThan(30);
    expect(passers(weatherAt(monday + 3 * hour), monday + 3 * hour, { rain: 0, gate: "open", display: "off" })).toBeLessThan(usual / 20);
    expect(passers(evening, evening.t, { rain: 3, gate: "open", display: "off" })).toBeLessThan(usual / 3);
    expect(
      passers(evening, evening.t, { rain: 20, gate: "open", display: "off" }) +
        passers(evening, evening.t, { rain: 0, gate: "closed", display: "off" }),
    ).toBe(0);
    expect(passers(evening, evening.t, { rain: 0, gate: "closing", display: "off" })).toBeLessThan(usual / 3);
  });
});

describe("gauges and gates", () => {
  it.each([
    ["default", 8, 20],
    ["small", 2, 3],
  ] as const)("of the %s city are %d and %d, in order along the stream, with every constant of the contract", (city, gauges, gates) => {
    const plain = buildGround(city, 1);
    const sites = stream.place(plain);
    const devices = sites.flatMap((site) => site.devices);
    const districts = new Set(plain.plan.districts.map(({ id }) => id));
    for (const [kind, count] of [["gauge", gauges] as const, ["gate", gates] as const]) {
      const own = devices.filter((device) => device.kind === kind);
      const places = own.map(({ meta }) => meta.constants?.chainage ?? Number.NaN);
      expect(own).toHaveLength(count);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      for (const { meta } of own) {
        expect(Object.keys(meta.constants ?? {}).sort()).toEqual([...(contract.kinds[kind].constants ?? [])].sort());
        expect(districts).toContain(meta.district);
        expect(meta.constants!.chainage).toBeLessThan(plain.streamLength);
      }
    }
    expect(new Set(devices.filter(({ kind }) => kind === "gate").map(({ meta }) => meta.constants?.side))).toEqual(new Set([-1, 1]));
    expect(new Set(devices.map(({ meta }) => meta.name.ko)).size).toBe(devices.length);
    for (const { gateway, kind } of devices)
      expect(devices.filter((device) => device.gateway === gateway).length).toBeLessThanOrEqual(kind === "gauge" ? 1 : 4);
    for (const { meta } of devices.filter(({ kind }) => kind === "gauge")) {
      const { interest, caution, alert, serious, bankfull, reference, rating_h0: h0 } = meta.constants!;
      const heights = [h0, interest, caution, alert, serious, bankfull, reference];
      expect(heights).toEqual([...heights].sort((a, b) => a! - b!));
    }
  });

  it("say nothing that the contract refuses, in heat, storm and darkness too", () => {
    const place = longStream();
    const found: string[] = [];
    const look: Look<"stream"> = (_t, truths) => void found.push(...breaches("stream", truths, []));
    run(place, { from: monday, to: monday + 3 * day, weather: heatAndStorm(monday), look });
    found.push(...breaches("stream", new Map(), place.happenings));
    expect(found).toEqual([]);
    expect(place.happenings.map(({ t }) => t)).toEqual(place.happenings.map(({ t }) => t).sort((a, b) => a - b));
    // 90 mm/h for a day is far beyond the design flood: the water reaches the sensors, which then say nothing.
    expect(truthsOf(place, monday + 3 * day).get("ws-08")).toEqual({ rain: 90 });
  });

  it("stand at 0.8 to 1.5 m in dry weather, with a daily wobble of a few centimetres", () => {
    for (const seed of [1, 2, 3]) {
      const place = longStream(seed);
      for (const own of hydrographs(place, 0, 72)) {
        expect(Math.min(...own)).toBeGreaterThan(0.8);
        expect(Math.max(...own)).toBeLessThan(1.6);
        const last = own.slice(-1440);
        expect(Math.max(...last) - Math.min(...last)).toBeLessThan(0.05);
      }
      expect(place.happenings.filter(({ x }) => x.to === "closing")).toEqual([]);
    }
  });

  it("rise in order downstream in a storm, no faster than real ones, and fall more slowly than they rose", () => {
    const place = longStream();
    const levels = hydrographs(place, 80, 30);
    const peaks = levels.map((own) => own.indexOf(Math.max(...own)));
    expect(peaks).toEqual([...peaks].sort((a, b) => a - b));
    expect(peaks.at(-1)! - peaks[0]!).toBeGreaterThanOrEqual(70);
    expect(peaks.at(-1)! - peaks[0]!).toBeLessThanOrEqual(110);
    levels.forEach((own, k) => {
      const { interest = 0 } = constantsOf(place, place.state.gauges[k]!.id);
      const [dry, peak] = [own[110]!, peaks[k]!];
      const half = dry + (own[peak]! - dry) / 2;
      const rises = own.slice(30).map((value, i) => value - own[i]!);
      expect(Math.max(...rises)).toBeGreaterThan(0.6);
      expect(Math.max(...rises)).toBeLessThan(1.35);
      expect(own[peak]).toBeGreaterThan(interest);
      const [up, down] = [own.findIndex((value) => value >= half), own.findLastIndex((value) => value >= half)];
      expect((down - peak) / (peak - up)).toBeGreaterThan(1.15);
      expect(own[peak + 17 * 60]! - dry).toBeLessThan(0.5);
      expect(own[peak + 17 * 60]! - dry).toBeGreaterThan(0.05);
    });
  });

  it.each([
    [60, "interest", "caution"],
    [88, "caution", "alert"],
    [110, "alert", "serious"],
  ])("%d mm in three hours bring the middle gauge beyond %s, not beyond %s", (depth, reached, spared) => {
    const place = longStream();
    const top = Math.max(...hydrographs(place, depth, 8)[3]!);
    const constants = constantsOf(place, "ws-04");
    expect(top).toBeGreaterThan(constants[reached]!);
    expect(top).toBeLessThan(constants[spared]!);
  });

  it("close every gate before its path floods, and open it again when the water has gone", () => {
    const place = longStream();
    const waterAt = (chainage: number): number => {
      const gauges = place.state.gauges.map((gauge) => [constantsOf(place, gauge.id).chainage!, gauge.datum + gauge.level] as const);
      const below = gauges.findIndex(([at]) => at >= chainage);
      const [[a, upper], [b, lower]] = [gauges[below - 1]!, gauges[below]!];
      return upper + ((lower - upper) * (chainage - a)) / (b - a);
    };
    const wrong: string[] = [];
    const flooded = new Set<string>();
    const look: Look<"stream"> = (_t, truths) => {
      for (const [id, { gate, person }] of truths) {
        const { chainage = 0, sill = 0 } = constantsOf(place, id);
        if (gate === undefined || waterAt(chainage) < sill) continue;
        flooded.add(id);
        if (gate !== "closed" || person) wrong.push(`${id} ${gate}`);
      }
    };
    run(place, { from: monday, to: monday + 24 * hour, weather: storm(80), every: 60, look });
    expect(flooded.size).toBe(20);
    expect(wrong).toEqual([]);
    for (const { id } of place.state.barriers) {
      const moves = place.happenings.filter(({ device, event }) => device === id && event === "gate");
      expect(moves.map(({ x, report }) => [x.to, report])).toEqual(["closing", "closed", "opening", "open"].map((to) => [to, [id]]));
      expect(moves[1]!.t - moves[0]!.t).toBeGreaterThanOrEqual(20_000);
    }
  });

  it("hold a closing gate for the person in its gap", () => {
    const place = longStream();
    const weather = storm(80);
    let held = 0;
    for (let t = monday; t < monday + 6 * hour && held === 0; t += minute) {
      run(place, { from: t, to: t + minute, weather });
      const barrier = place.state.barriers.find(({ gate }) => gate.word === "closing" && gate.moved < 15);
      if (barrier === undefined) continue;
      held = t + minute;
      barrier.personUntil = held + 3 * minute;
      run(place, { from: held, to: held + 3 * minute, weather });
      expect(truthsOf(place, held + 3 * minute - 1).get(barrier.id)).toEqual({ gate: "closing", person: true, display: "off" });
      barrier.candidate = held + day;
      run(place, { from: held + 3 * minute, to: held + 4 * minute, weather });
      expect(truthsOf(place, held + 4 * minute).get(barrier.id)).toEqual({ gate: "closed", person: false, display: "off" });
    }
    expect(held).toBeGreaterThan(0);
  });

  it("lose the echo now and then in flood: an event, and one reading without distance instead of a zero", () => {
    const place = longStream();
    const absent: string[] = [];
    const look: Look<"stream"> = (_t, truths) => {
      for (const [id, truth] of truths) if (id.startsWith("ws") && truth.dist === undefined) absent.push(id);
    };
    run(place, { from: monday, to: monday + 12 * hour, weather: storm(80), every: 60, look });
    const lost = place.happenings.filter(({ event }) => event === "echo-lost").map(({ device }) => device);
    expect(lost.length).toBeGreaterThan(2);
    expect(lost.length).toBeLessThan(60);
    expect(absent.sort()).toEqual(lost.sort());
  });

  it.each([
    [80, 0.01, 0.03],
    [0, 0, 0.001],
  ])("see waves after %d mm of rain whose height is between %d and %d m rms", (depth, least, most) => {
    const place = longStream();
    const waves: number[] = [];
    const look = (t: number): void => void (t > stormStart + 1.5 * hour && waves.push(place.state.gauges[7]!.wave));
    run(place, { from: monday, to: stormStart + 5 * hour, weather: storm(depth), every: 60, look });
    const rms = Math.sqrt(sum(waves.map((wave) => wave * wave)) / waves.length);
    expect(rms).toBeGreaterThan(least);
    expect(rms).toBeLessThan(most);
  });

  it("live the same days again from the same seed, and go on from a snapshot amid the flood as if nothing had been", () => {
    const [one, two, other] = [longStream(), longStream(), longStream(2)];
    for (const place of [one, two, other]) run(place, { from: monday, to: monday + 4 * hour, weather: storm(80) });
    two.state = JSON.parse(JSON.stringify(two.state));
    for (const place of [one, two, other]) run(place, { from: monday + 4 * hour, to: monday + day, weather: storm(80) });
    expect(two.happenings).toEqual(one.happenings);
    expect([...truthsOf(two, monday + day)]).toEqual([...truthsOf(one, monday + day)]);
    expect(other.happenings).not.toEqual(one.happenings);
    expect([...truthsOf(other, monday + day)]).not.toEqual([...truthsOf(one, monday + day)]);
  });

  it("live in the small city too, whatever number of sub-catchments the weather knows", () => {
    const place = world(stream);
    run(place, { from: monday, to: monday + 6 * hour, weather: (t) => ({ ...storm(100)(t), rain: storm(100)(t).rain.slice(0, 3) }) });
    expect(place.happenings.filter(({ x }) => x.to === "closed")).toHaveLength(3);
  });
});
