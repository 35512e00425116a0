import { describe, expect, it } from "vitest";
import { createRng } from "../../simulator/random.ts";
import { calendarFactor, weatherFactors } from "../../simulator/services/traffic/demand.ts";
import { backOfQueue, detect, drawDelay, heavyFactor, incrementalDelay, uniformDelay } from "../../simulator/services/traffic/flow.ts";
import { arrive, createLink, discharge } from "../../simulator/services/traffic/link.ts";
import { networkOf } from "../../simulator/services/traffic/network.ts";
import { createProfile, type Profile } from "../../simulator/services/traffic/profile.ts";
import { designPlan, planAt, walkTime, websterCycle } from "../../simulator/services/traffic/signal-plan.ts";
import { traffic } from "../../simulator/services/traffic.ts";
import { mean } from "../support/mean.ts";
import { gridGround, streetWorld } from "../support/street-world.ts";

describe("equations of signals and queues", () => {
  it.each([
    [16, 0.6, 72.5],
    [10, 0.5, 40],
    [16, 0.95, undefined],
  ])("Webster's cycle for a lost time of %d s and Y = %f is %s s", (lost, ratio, cycle) => {
    if (cycle === undefined) expect(websterCycle(lost, ratio)).toBeUndefined();
    else expect(websterCycle(lost, ratio)).toBeCloseTo(cycle, 6);
  });
  it.each([
    [120, 0.5, 0.8, 25],
    [100, 0.4, 1.2, 30],
    [90, 0.5, 0, 11.25],
  ])("uniform delay at a cycle of %d s, green %f, X = %f is %f s", (cycle, green, x, delay) =>
    expect(uniformDelay(cycle, green, x)).toBeCloseTo(delay, 6),
  );
  it.each([
    [1, 900, 30],
    [0.8, 900, 7.393],
    [1.2, 900, 100.72],
  ])("incremental delay at X = %f and %d veh/h is %f s", (x, capacity, delay) => expect(incrementalDelay(x, capacity)).toBeCloseTo(delay, 2));
  it.each([
    [0.2, 60, 0.5, 20],
    [0.1, 45, 1, 5],
    [0, 60, 0.5, 0],
  ])("%f veh/s against %d s of red and %f veh/s of saturation flow stand as %d vehicles", (flow, red, saturation, queue) =>
    expect(backOfQueue(flow, red, saturation)).toBeCloseTo(queue, 6),
  );

  it("waits at red, drawn vehicle by vehicle or in groups, as long as the uniform delay says", () => {
    const light = { cycle: 100, green: 0.4, progression: 1 };
    for (const count of [1, 3, 12]) {
      const rng = createRng(7, `delay ${count}`);
      const drawn = mean(Array.from({ length: 20_000 }, () => drawDelay(rng, count, light, 0.25)));
      expect(drawn / uniformDelay(100, 0.4, 0.25 / 0.4)).toBeCloseTo(1, 1);
    }
  });
  it("makes flow, density and speed of one window fit each other: q = k v, occupancy = k x 6 m", () => {
    expect(detect({ vehicles: 10, spent: 500, seconds: 60, metres: 500, lanes: 2 })).toEqual({
      occ: expect.closeTo(0.05, 6),
      speed: expect.closeTo(36, 6),
    });
    expect(detect({ vehicles: 0, spent: 0, seconds: 60, metres: 500, lanes: 2 })).toEqual({ occ: 0 });
    expect(detect({ vehicles: 0, spent: 4200, seconds: 60, metres: 500, lanes: 1 })).toEqual({ occ: expect.closeTo(0.84, 6) });
  });
  it("takes saturation flow for heavy vehicles as the Korean manual does", () => expect(heavyFactor(0.25)).toBeCloseTo(1 / 1.2, 6));

  it.each([
    ["little traffic", { main: 0.1, cross: 0.1 }, { main: 1, cross: 1 }, { cycle: 90, main: 37, cross: 37 }],
    ["a walk over eight lanes", { main: 0.3, cross: 0.01 }, { main: 4, cross: 1 }, { cycle: 90, main: 39, cross: 35 }],
    ["a strong main road", { main: 0.5, cross: 0.25 }, { main: 3, cross: 3 }, { cycle: 116, main: 67, cross: 33 }],
    ["more than there is", { main: 0.6, cross: 0.6 }, { main: 3, cross: 3 }, { cycle: 180, main: 82, cross: 82 }],
  ])("designs a plan for %s", (_, ratio, lanes, plan) => {
    expect(designPlan({ ratio, lanes })).toEqual(plan);
    expect(plan.cross).toBeGreaterThanOrEqual(walkTime(lanes.main));
  });
  it.each([
    [3, false, "night"],
    [8, false, "am"],
    [12, false, "day"],
    [18, false, "pm"],
    [21, false, "evening"],
    [8, true, "day"],
    [23.9, true, "night"],
  ])("runs at %f h (day off: %s) the plan %s", (at, off, plan) => expect(planAt(at, off)).toBe(plan));

  it("loses speed, capacity and demand to rain and more of them to snow; empties roads on feasts", () => {
    const [dry, rain, snow] = [
      weatherFactors({ rainMean: 0, temp: 10 }),
      weatherFactors({ rainMean: 15, temp: 10 }),
      weatherFactors({ rainMean: 15, temp: -2 }),
    ];
    expect(dry).toEqual({ speed: 1, capacity: 1, demand: 1 });
    for (const what of ["speed", "capacity", "demand"] as const) {
      expect(rain[what]).toBeLessThan(1);
      expect(snow[what]).toBeLessThan(rain[what]);
    }
    expect(calendarFactor({ weekday: 2, holiday: true, daysToFeast: 0 })).toBe(0.56);
    expect(calendarFactor({ weekday: 2, holiday: true, daysToFeast: 40 })).toBe(0.68);
  });
});

describe("one approach alone", () => {
  it("carries its tide into the centre in the morning and out of it in the evening, the level of its lanes all day", () => {
    const roads = Array.from({ length: 60 }, (_, n) => ({ street: `street ${n}`, lanes: 2 }));
    const [far, near] = [[0, 3000] as const, [0, 2400] as const];
    const tide = ({ weekday }: Profile): number => weekday[8]! / weekday[17]!;
    const inbound = roads.map((road, n) => createProfile({ ...road, device: `in-${n}`, start: far, end: near }));
    const outbound = roads.map((road, n) => createProfile({ ...road, device: `out-${n}`, start: near, end: far }));
    expect(mean(inbound.map(tide)) / mean(outbound.map(tide))).toBeGreaterThan(2);
    const perDay = mean([...inbound, ...outbound].map(({ weekday }) => weekday.reduce((sum, value) => sum + value, 0)));
    expect(perDay / 10_000).toBeGreaterThan(0.9);
    expect(perDay / 10_000).toBeLessThan(1.15);
  });

  it.each([0.85, 0.9])("lets random arrivals at X = %f wait about as long as HCM's incremental delay says", (x) => {
    const link = createLink(createRng(3, "alone"));
    const approach = networkOf(streetWorld(traffic, gridGround({ columns: 2, rows: 1 })).sites).approaches[0]!;
    const service = { green: 0.5, saturation: 0.5, minute: 0 };
    link.source = 15 * x;
    let sum = 0;
    for (service.minute = 1; service.minute <= 30_000; service.minute++) {
      arrive(link, approach.storage, service.minute);
      discharge(link, { ...approach, ahead: [-1, -1, -1] }, [], [], service);
      sum += link.queue;
    }
    const wait = (60 * sum) / 30_000 / link.source;
    expect(wait / incrementalDelay(x, 900)).toBeGreaterThan(0.6);
    expect(wait / incrementalDelay(x, 900)).toBeLessThan(1.6);
  });
});
