import { describe, expect, it } from "vitest";
import { stream as contract } from "../../shared/services/stream.ts";
import { buildGround } from "../../simulator/city/build-ground.ts";
import { stream } from "../../simulator/services/stream.ts";
import { longStream, type StreamWorld } from "../support/long-stream.ts";
import { breaches, day, heatAndStorm, hour, type Look, minute, monday, run, truthsOf, world } from "../support/service-world.ts";

const stormStart = monday + 2 * hour;
/** `depth` mm in three hours over the whole basin, heaviest after 40 % of them (Huff's second quartile). */
const storm =
  (depth: number) =>
  (t: number): { rain: number[]; rainMean: number; month: number } => {
    const x = (t - stormStart) / (3 * hour);
    const rate = x < 0 || x > 1 ? 0 : (depth / 3) * 2 * (x < 0.4 ? x / 0.4 : (1 - x) / 0.6);
    return { rain: new Array<number>(8).fill(rate), rainMean: rate, month: 7 };
  };
const constantsOf = (place: StreamWorld, id: string): Readonly<Record<string, number>> =>
  place.sites.sites.flatMap(({ devices }) => devices).find((device) => device.id === id)?.meta.constants ?? {};

/** Level of each gauge, minute by minute. */
function hydrographs(place: StreamWorld, depth: number, hours: number): number[][] {
  const levels: number[][] = place.state.gauges.map(() => []);
  const look = (): void => place.state.gauges.forEach((gauge, k) => void levels[k]?.push(gauge.level));
  run(place, { from: monday, to: monday + hours * hour, weather: storm(depth), every: 60, look });
  return levels;
}

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
    const rms = Math.sqrt(waves.reduce((total, wave) => total + wave * wave, 0) / waves.length);
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
