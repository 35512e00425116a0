import { describe, expect, it } from "vitest";
import { cellError, warm } from "../../simulator/services/foodwaste/bin.ts";
import { stops } from "../../simulator/services/foodwaste/collection.ts";
import { depositRate, fee } from "../../simulator/services/foodwaste/deposits.ts";
import { foodwaste } from "../../simulator/services/foodwaste.ts";
import { breaches, day, heatAndStorm, hour, monday, run, truthsOf, weatherAt, world } from "../support/service-world.ts";

describe("pieces of a food-waste unit", () => {
  it.each([
    [1450, 130, 188],
    [1000, 100, 100],
    [50, 35, 1],
    [0, 130, 0],
    [20_000, 130, 2600],
  ])("%d g at %d KRW/kg cost %d KRW, rounded down", (grams, rate, won) => expect(fee(grams, rate)).toBe(won));

  it("counts more drops on Sundays and on a feast's eve, fewer in heavy rain and bitter cold", () => {
    const sunday = weatherAt(monday - day + 20 * hour);
    const usual = depositRate(65, weatherAt(monday + 3 * day + 20 * hour), 20);
    expect(depositRate(65, sunday, 20) / usual).toBeCloseTo(1.17 / 0.96, 1);
    expect(depositRate(65, { ...sunday, daysToFeast: 1 }, 20) / depositRate(65, sunday, 20)).toBeCloseTo(1.48, 6);
    expect(depositRate(65, { ...sunday, rainMean: 20 }, 20) / depositRate(65, sunday, 20)).toBeCloseTo(0.7, 6);
    expect(depositRate(65, { ...sunday, temp: -14 }, 20) / depositRate(65, sunday, 20)).toBeCloseTo(0.79, 6);
  });

  it.each([
    [{ weekday: 0, daysSince: 3, net: 90 }, false],
    [{ weekday: 2, daysSince: 1, net: 20 }, false],
    [{ weekday: 2, daysSince: 1, net: 60 }, true],
    [{ weekday: 2, daysSince: 3, net: 5 }, true],
    [{ weekday: 6, daysSince: 1, net: 30 }, true],
  ])("a truck that meets %o stops: %s", (question, stop) => expect(stops({ ...question, households: 65, capacity: 100 })).toBe(stop));

  it("warms towards the air within hours and creeps by grams", () => {
    expect(warm(10, 20, 3)).toBeCloseTo(20 - 10 / Math.E, 6);
    expect(Math.abs(cellError(80, 2 * day, 35, 5))).toBeLessThan(0.25);
    expect(cellError(0, 0, 20, 20)).toBe(0);
  });
});

describe("food-waste units", () => {
  it("stand with a gateway each, and with the fee of their district", () => {
    const { sites } = world(foodwaste, { city: "default" }).sites;
    expect(sites).toHaveLength(400);
    expect(sites[30]?.devices[0]).toMatchObject({ id: "fw-0031", gateway: "gw-fw-0031" });
    expect(new Set(sites.filter((site) => site.district === "east").map((site) => site.facts.rate)).size).toBe(1);
    for (const { facts } of sites) {
      expect(facts.households).toBeGreaterThanOrEqual(55);
      expect(facts.households).toBeLessThanOrEqual(75);
    }
  });

  it("say nothing that the contract refuses, in heat, storm and darkness too", () => {
    const place = world(foodwaste, { city: "default" });
    const found: string[] = [];
    run(place, {
      from: monday,
      to: monday + 3 * day,
      weather: heatAndStorm(monday),
      look: (_t, truths) => found.push(...breaches("foodwaste", truths, [])),
    });
    found.push(...breaches("foodwaste", new Map(), place.happenings));
    expect(found).toEqual([]);
  });

  it("weigh what was brought less what was taken, to the gram", () => {
    const place = world(foodwaste);
    run(place, { from: monday, to: monday + 60_000 });
    const before = place.state.units.map((unit) => unit.net);
    const seen = place.happenings.length;
    run(place, { from: monday + 60_000, to: monday + 5 * day });
    const balance = new Map(place.state.units.map((unit, i) => [unit.id, before[i] ?? 0]));
    for (const { device, event, x } of place.happenings.slice(seen)) {
      if (event === "deposit") balance.set(device, (balance.get(device) ?? 0) + Math.round(Number(x.net) * 1000));
      if (event === "emptied") balance.set(device, (balance.get(device) ?? 0) - Math.round(Number(x.kg) * 1000));
    }
    expect(place.state.units.map((unit) => unit.net)).toEqual([...balance.values()]);
    expect(place.happenings.filter((happening) => happening.event === "emptied").length).toBeGreaterThan(6);
  });

  it("are used as such units are: drops a day, kilograms a drop, fullness, early trucks", () => {
    const place = world(foodwaste, { city: "default" });
    const fills: number[] = [];
    run(place, {
      from: monday,
      to: monday + 7 * day,
      every: 3600,
      look: (_t, truths) => fills.push(...[...truths.values()].map((truth) => Number(truth.fill))),
    });
    const drops = place.happenings.filter((happening) => happening.event === "deposit");
    const kg = drops.reduce((sum, { x }) => sum + Number(x.net), 0) / drops.length;
    expect(kg).toBeGreaterThan(1.45);
    expect(kg).toBeLessThan(1.9);
    expect(drops.length / 400 / 7).toBeGreaterThan(14);
    expect(drops.length / 400 / 7).toBeLessThan(19);
    expect(fills.filter((fill) => fill > 0.95).length / fills.length).toBeLessThan(0.01);
    const sunday = drops.filter((drop) => drop.t >= monday + 6 * day).length / (drops.length / 7);
    expect(sunday).toBeGreaterThan(1.07);
    expect(sunday).toBeLessThan(1.25);
    const trucks = place.happenings.filter((happening) => happening.event === "emptied").map(({ t }) => ((t - monday) % day) / hour);
    expect(Math.min(...trucks)).toBeGreaterThan(3);
    expect(Math.max(...trucks)).toBeLessThan(9);
  });

  it("open the lid for each drop and close it to weigh", () => {
    const place = world(foodwaste, { city: "default" });
    let open = 0;
    run(place, {
      from: monday,
      to: monday + day,
      every: 60,
      look: (_t, truths) => (open += [...truths.values()].filter((truth) => truth.lid).length),
    });
    // 16 drops of 12-45 s are a share of 0.5 % of the day.
    expect(open / 400 / 1440).toBeGreaterThan(0.003);
    expect(open / 400 / 1440).toBeLessThan(0.009);
  });

  it("live the same days again from the same seed, and go on from a snapshot as if nothing had been", () => {
    const [one, two, other] = [world(foodwaste), world(foodwaste), world(foodwaste, { seed: 2 })];
    for (const place of [one, two, other]) run(place, { from: monday, to: monday + 8 * hour });
    two.state = JSON.parse(JSON.stringify(two.state));
    for (const place of [one, two, other]) run(place, { from: monday + 8 * hour, to: monday + 3 * day });
    expect(two.happenings).toEqual(one.happenings);
    expect([...truthsOf(two, monday + 3 * day)]).toEqual([...truthsOf(one, monday + 3 * day)]);
    expect(other.happenings).not.toEqual(one.happenings);
  });
});
