import { describe, expect, it } from "vitest";
import { networkOf } from "../../simulator/services/traffic/network.ts";
import { signals } from "../../simulator/services/traffic/parameters.ts";
import { greenFit, progression } from "../../simulator/services/traffic/progression.ts";
import { type Timing, walkTime, whyNotTiming } from "../../simulator/services/traffic/signal-plan.ts";
import type { TrafficState } from "../../simulator/services/traffic/state.ts";
import { traffic } from "../../simulator/services/traffic.ts";
import { tell } from "../support/order.ts";
import { day, hour, minute, monday, run, truthsOf, type World } from "../support/service-world.ts";
import { gridGround, realGround, streetWorld } from "../support/street-world.ts";

type TrafficWorld = World<"traffic", TrafficState>;
const grid = (seed = 1): TrafficWorld => streetWorld(traffic, gridGround({ columns: 4, rows: 4 }), seed);
const signalsOf = (place: TrafficWorld) => networkOf(place.sites).crossings.map(({ signal }) => signal);
const obeyed = (device: string) => ({ ok: true, happenings: [], report: [device] });
const meanDelay = (place: TrafficWorld, before = { passed: 0, delay: 0 }): number =>
  (place.state.delay - before.delay) / (place.state.passed - before.passed);
const eight = monday + 8 * hour;

describe("how platoons meet green", () => {
  const timing = (offset: number): Timing => ({ cycle: 100, main: 44, cross: 40, offset });
  it.each([
    ["begins as they arrive", 0, 30, true, 1],
    ["begins half a cycle off", 0, 80, true, -1],
    ["begins a quarter off", 0, 55, true, 0],
    ["begins as they arrive out of the other road's green: half a main green, lost time and half a cross green later", 22 + 8 + 20, 30, false, 1],
  ])("is perfect or not: green %s", (_, later, offset, mainThere, fit) =>
    expect(greenFit(timing(0), timing((offset + (mainThere ? 0 : later)) % 100), { mainThere, travel: 30 })).toBeCloseTo(fit, 6),
  );
  it("leaves the design's share of stops to the design, fewer to what fits better, more to what fits worse, within HCM's bounds", () => {
    for (const design of [-1, 0.2, 1]) expect(progression(design, design)).toBe(signals.progression);
    expect(progression(1, 0.4)).toBeCloseTo(signals.progression - 0.6 * signals.progressionGain, 6);
    expect(progression(-0.5, 0.4)).toBeGreaterThan(0.95);
    expect([progression(1, -1), progression(-1, 1)]).toEqual([signals.progressionBest, expect.closeTo(1.4, 6)]);
  });
  it("is what the design's offsets are for: together or half a cycle apart, well in both directions of the main roads", () => {
    const place = streetWorld(traffic, realGround("default"));
    const network = networkOf(place.sites);
    for (const word of ["am", "day", "pm", "evening"] as const) {
      for (const { plans } of place.state.crossings) expect([0, Math.round(plans[word].cycle / 2)]).toContain(plans[word].offset);
      const fits = network.approaches
        .filter(({ main, mainThere }) => main && mainThere)
        .map((one) => greenFit(place.state.crossings[one.from]!.plans[word], place.state.crossings[one.crossing]!.plans[word], one));
      expect(fits.length).toBeGreaterThan(200);
      expect(fits.reduce((sum, value) => sum + value, 0) / fits.length).toBeGreaterThan(0.5);
    }
  });
});

describe("a signal controller that the room commands", () => {
  it("refuses what people cannot walk in, what does not fit, and an offset beyond its cycle", () => {
    const lanes = { main: 4, cross: 2 };
    const good = { cycle: 110, main: 50, cross: 44, offset: 109 };
    expect([walkTime(lanes.cross), walkTime(lanes.main)]).toEqual([22, 35]);
    expect(whyNotTiming(good, lanes)).toBeUndefined();
    expect(whyNotTiming({ ...good, main: 21 }, lanes)).toBe("main green of 21 s leaves people no time to walk: 22 s at least");
    expect(whyNotTiming({ ...good, cross: 34 }, lanes)).toBe("cross green of 34 s leaves people no time to walk: 35 s at least");
    expect(whyNotTiming({ ...good, main: 51 }, lanes)).toBe("51 s and 44 s of green and 16 s between them do not fit into 110 s");
    expect(whyNotTiming({ ...good, offset: 110 }, lanes)).toBe("an offset of 110 s is longer than the cycle of 110 s");
    const place = grid();
    run(place, { from: monday, to: eight });
    const [signal = ""] = signalsOf(place);
    const before = structuredClone(place.state);
    expect(tell(place, signal, { op: "timing", args: { ...good, cross: 5 }, t: eight })).toMatchObject({ ok: false });
    expect(place.state).toEqual(before);
    expect(tell(place, "tx-0001-e", { op: "auto", t: eight })).toEqual({ ok: false, reason: "tx-0001-e is no signal controller" });
  });

  it("says its new timing at once, keeps it through the day's plans, and takes up the time of day again", () => {
    const place = grid();
    run(place, { from: monday, to: eight });
    const [signal = "", other = ""] = signalsOf(place);
    const told = (t: number, id = signal) => truthsOf(place, t).get(id);
    expect(told(eight)).toMatchObject({ plan: "am", offset: expect.any(Number) });
    const timing = { cycle: 100, main: 40, cross: 44, offset: 7 };
    expect(tell(place, signal, { op: "timing", args: timing, t: eight })).toEqual(obeyed(signal));
    const said = { plan: "manual", cycle: 100, green_main: 40, green_cross: 44, offset: 7 };
    expect(told(eight)).toEqual(said);
    run(place, { from: eight, to: eight + 4 * hour });
    expect(told(eight + 4 * hour)).toEqual(said);
    expect(told(eight + 4 * hour, other)).toMatchObject({ plan: "day" });
    expect(tell(place, signal, { op: "plan", args: { plan: "night" }, t: eight + 4 * hour })).toEqual(obeyed(signal));
    expect(told(eight + 4 * hour)).toMatchObject({ plan: "night" });
    run(place, { from: eight + 4 * hour, to: eight + 5 * hour });
    expect(told(eight + 5 * hour)).toMatchObject({ plan: "night" });
    expect(tell(place, signal, { op: "auto", t: eight + 5 * hour })).toEqual(obeyed(signal));
    expect(told(eight + 5 * hour)).toMatchObject({ plan: "day" });
  });

  it("flashes in a power cut all the same, and is manual again after it", () => {
    const place = grid();
    run(place, { from: monday, to: eight });
    const [signal = ""] = signalsOf(place);
    const { district } = networkOf(place.sites).crossings[0]!;
    tell(place, signal, { op: "timing", args: { cycle: 100, main: 40, cross: 44, offset: 7 }, t: eight });
    run(place, { from: eight, to: eight + 10 * minute, weather: () => ({ powerCut: new Set([district]) }) });
    expect(truthsOf(place, eight + 10 * minute).get(signal)).toEqual({ plan: "flash" });
    run(place, { from: eight + 10 * minute, to: eight + 12 * minute });
    expect(truthsOf(place, eight + 12 * minute).get(signal)).toMatchObject({ plan: "manual", cycle: 100 });
  });
});

describe("green time that the room gives", () => {
  it("moves queues: a main road that is starved of it stands, and flows when it has it back", () => {
    const [usual, starved] = [grid(), grid()];
    for (const place of [usual, starved]) run(place, { from: monday, to: eight - hour });
    for (const signal of signalsOf(starved))
      expect(tell(starved, signal, { op: "timing", args: { cycle: 180, main: 22, cross: 142, offset: 0 }, t: eight - hour })).toEqual(obeyed(signal));
    for (const place of [usual, starved]) run(place, { from: eight - hour, to: eight + hour });
    const waits = (place: TrafficWorld): number =>
      networkOf(place.sites).approaches.reduce((sum, { main }, k) => sum + (main ? (place.state.links[k]?.queue ?? 0) : 0), 0);
    expect(waits(starved)).toBeGreaterThan(waits(usual) + 300);
    expect(meanDelay(starved)).toBeGreaterThan(2 * meanDelay(usual));
    for (const signal of signalsOf(starved)) tell(starved, signal, { op: "auto", t: eight + hour });
    run(starved, { from: eight + hour, to: monday + 15 * hour });
    expect(waits(starved)).toBeLessThan(20);
  });

  /** A street of six crossings, lived from noon for some hours with these offsets of its main road; s of delay per vehicle. */
  function street(offsetOf: (k: number, travel: number, design: Timing) => number | undefined, cycleOf?: (k: number) => number): number {
    const place = streetWorld(traffic, gridGround({ columns: 6, rows: 1, metres: 450, lanes: 3 }), 2);
    const network = networkOf(place.sites);
    const from = monday + 11 * hour;
    run(place, { from: monday, to: from });
    network.crossings.forEach(({ signal }, k) => {
      const design = place.state.crossings[k]!.plans.day;
      const travel = network.approaches.find((one) => one.crossing === k && one.from === k - 1)?.travel ?? 0;
      const offset = offsetOf(k, travel, design);
      if (offset === undefined) return;
      const cycle = cycleOf?.(k) ?? design.cycle;
      const args = { cycle, main: design.main + cycle - design.cycle, cross: design.cross, offset };
      expect(tell(place, signal, { op: "timing", args, t: from })).toEqual(obeyed(signal));
    });
    const { passed, delay } = place.state;
    run(place, { from, to: from + 4 * hour });
    return meanDelay(place, { passed, delay });
  }

  it("is worth what its offsets make of it: those of the design change nothing, worse ones cost", () => {
    const design = street(() => undefined);
    expect(street((_k, _travel, plan) => plan.offset)).toBe(design);
    // as if all platoons came when red begins: the design's offsets turned round at every other crossing
    const worse = street((k, _travel, plan) => (plan.offset + (k % 2) * Math.round(plan.cycle / 2)) % plan.cycle);
    expect(worse).toBeGreaterThan(1.15 * design);
  });

  it("is no green wave any more where neighbours run other cycles", () => {
    const cycleOf = (k: number): number => 100 + 7 * (k % 2);
    const [wave, drift] = [street(() => undefined), street((_k, _travel, plan) => plan.offset, cycleOf)];
    const same = street(
      (_k, _travel, plan) => plan.offset,
      () => 100,
    );
    expect(drift).toBeGreaterThan(1.15 * wave);
    expect(drift).toBeGreaterThan(1.05 * same);
  });

  it("saves delay in the real city when offsets follow the heavier direction of each street", () => {
    const ground = realGround("default");
    const [usual, tuned] = [1, 1].map((seed) => streetWorld(traffic, ground, seed));
    const from = monday + 16 * hour;
    const network = networkOf(tuned!.sites);
    for (const place of [usual!, tuned!]) run(place, { from: from - hour, to: from });
    const { crossings, links } = tuned!.state;
    const timings = crossings.map(({ plans }) => ({ ...plans.pm }));
    // by turns, each crossing takes the offset at which most vehicles of its main roads find green
    for (let round = 0; round < 4; round++)
      for (let k = 0; k < timings.length; k++) {
        const around = network.approaches.flatMap((one, at) =>
          one.main && (one.crossing === k || one.from === k) ? [{ one, flow: links[at]!.demand }] : [],
        );
        const worth = (offset: number): number => {
          const own = { ...timings[k]!, offset };
          const at = (crossing: number): Timing => (crossing === k ? own : timings[crossing]!);
          return around.reduce((sum, { one, flow }) => sum + flow * greenFit(at(one.from), at(one.crossing), one), 0);
        };
        const { cycle } = timings[k]!;
        const offsets = Array.from({ length: Math.ceil(cycle / 3) }, (_, n) => 3 * n);
        timings[k] = { ...timings[k]!, offset: offsets.reduce((best, one) => (worth(one) > worth(best) ? one : best), timings[k]!.offset) };
      }
    network.crossings.forEach(({ signal }, k) => {
      const { cycle, main, cross, offset } = timings[k]!;
      expect(tell(tuned!, signal, { op: "timing", args: { cycle, main, cross, offset }, t: from })).toEqual(obeyed(signal));
    });
    const before = [usual!, tuned!].map(({ state: { passed, delay } }) => ({ passed, delay }));
    for (const place of [usual!, tuned!]) run(place, { from, to: from + 3 * hour });
    const [fixed, better] = [meanDelay(usual!, before[0]), meanDelay(tuned!, before[1])];
    expect(fixed).toBeGreaterThan(10);
    expect(better / fixed).toBeLessThan(0.97);
    expect(better / fixed).toBeGreaterThan(0.7);
  });
});

describe("signals with orders", () => {
  it("go on from a snapshot as if nothing had been", () => {
    const [one, two] = [grid(), grid()];
    for (const place of [one, two]) {
      run(place, { from: monday, to: eight });
      const [first = "", second = ""] = signalsOf(place);
      tell(place, first, { op: "timing", args: { cycle: 100, main: 40, cross: 44, offset: 7 }, t: eight });
      tell(place, second, { op: "plan", args: { plan: "evening" }, t: eight });
    }
    two.state = JSON.parse(JSON.stringify(two.state));
    for (const place of [one, two]) run(place, { from: eight, to: monday + day });
    expect(two.state).toEqual(one.state);
  });
});
