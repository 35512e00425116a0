import { describe, expect, it } from "vitest";
import { buildCity } from "../../simulator/city/build-city.ts";
import { type Point, toPoint } from "../../simulator/city/plane.ts";
import { models } from "../../simulator/services/index.ts";
import { destinationOf } from "../../simulator/services/manure/day-plan.ts";
import { asideOf, offLine, partOf, pointAlong, routeBetween } from "../../simulator/services/manure/route.ts";
import { manure } from "../../simulator/services/manure.ts";
import { breaches, day, heatAndStorm, hour, minute, monday, run, truthsOf, weatherAt, world } from "../support/service-world.ts";
import { smallCity } from "../support/small-city.ts";

const trucksIn = (place: ReturnType<typeof city>) => place.state.trucks;
/** The model in a real city's streets. */
function city(name: "small" | "default" = "small") {
  const built = name === "small" ? smallCity : buildCity(name, 1, models);
  const place = world(manure, { city: name });
  const sites = { sites: built.sites.manure, streets: built.streets };
  return { ...place, sites, state: manure.init(sites, 1, monday) };
}
/** kg in tanks and trucks. */
const everything = ({ tanks, trucks }: ReturnType<typeof city>["state"]): number =>
  tanks.reduce((sum, { tons }) => sum + 1000 * tons, 0) + trucks.reduce((sum, { load }) => sum + load, 0);

describe("pieces of a way", () => {
  const way: Point[] = [
    [0, 0],
    [100, 0],
    [100, 50],
  ];
  it("are measured in metres along it, and aside of it", () => {
    expect(pointAlong(way, 120)).toEqual([100, 20]);
    expect(pointAlong(way, 999)).toEqual([100, 50]);
    expect(partOf(way, 40, 130)).toEqual([
      [40, 0],
      [100, 0],
      [100, 30],
    ]);
    expect(asideOf([0, 0], [100, 0], 30)).toEqual([0, 30]);
    expect(asideOf([0, 0], [100, 0], -30)).toEqual([0, -30]);
    expect(offLine(way, [50, 40])).toBe(40);
    expect(offLine(way, [200, 50])).toBe(100);
  });
  it("take the shortest streets, and none where there are none", () => {
    const spot = (metres: number) => ({ id: `n${metres}`, lat: 37.7, lon: 127.05 + metres / 88_190 });
    const link = (from: number, to: number, metres: number) => ({ from, to, metres, lanes: 1, main: true, side: "w" as const });
    const nodes = [spot(0), spot(500), spot(1000)];
    const direct = { nodes, links: [link(0, 2, 1500), link(0, 1, 500), link(1, 2, 500)] };
    expect(routeBetween(direct, [0, 10], [1000, 10])).toHaveLength(5);
    expect(routeBetween({ nodes, links: [link(0, 2, 900), link(0, 1, 500), link(1, 2, 500)] }, [0, 10], [1000, 10])).toHaveLength(4);
    expect(routeBetween({ nodes, links: [link(2, 0, 900)] }, [0, 10], [1000, 10])).toEqual([
      [0, 10],
      [1000, 10],
    ]);
    expect(routeBetween({ nodes: [], links: [] }, [0, 0], [5, 5])).toHaveLength(2);
  });
});

describe("manure trucks", () => {
  it("are at home at the plant, which everybody knows; farms and fields lie apart along the rim", () => {
    const { sites } = city("default").sites;
    const of = (kind: string) => sites.filter(({ devices: [first] }) => first!.kind === kind);
    expect([of("truck"), of("plant"), of("farm"), of("field")].map(({ length }) => length)).toEqual([12, 1, 40, 6]);
    const [plant] = of("plant");
    expect(plant?.landmark).toEqual({ ko: "공동자원화시설", en: "Manure plant" });
    for (const { facts } of of("truck")) expect([facts.lat, facts.lon]).toEqual([plant!.facts.lat, plant!.facts.lon]);
    const spots = [...of("farm"), ...of("field"), plant!].map(({ facts }) => toPoint({ lat: facts.lat!, lon: facts.lon! }));
    for (const [i, one] of spots.entries())
      for (const other of spots.slice(i + 1)) expect(Math.hypot(one[0] - other[0], one[1] - other[1])).toBeGreaterThan(150);
    expect(smallCity.plan.landmarks.map(({ id }) => id)).toContain("mp-001");
  });

  it("say nothing that the contract refuses, in heat, storm and darkness too", () => {
    const place = world(manure, { city: "default" });
    const found: string[] = [];
    run(place, {
      from: monday,
      to: monday + 3 * day,
      weather: heatAndStorm(monday),
      look: (_t, truths) => found.push(...breaches("manure", truths, [])),
    });
    found.push(...breaches("manure", new Map(), place.happenings));
    expect(found).toEqual([]);
  });

  it("bring what they have fetched, to the kilogram: nothing is lost but what the plant treats", () => {
    const place = city();
    run(place, { from: monday, to: monday + 6 * hour });
    const before = everything(place.state);
    const tons = place.state.tanks.map((tank) => tank.daily / 24).reduce((sum, one) => sum + one, 0);
    const plant = place.state.tanks.find(({ role }) => role === "plant")!;
    Object.assign(plant, { tons: 0.02 * plant.holds });
    const start = everything(place.state);
    expect(start).toBeLessThanOrEqual(before);
    // the plant has too little to treat until the first load is there
    const until = monday + 7 * hour;
    run(place, { from: monday + 6 * hour, to: until });
    expect(everything(place.state)).toBeCloseTo(start + tons * 1000, 3);
    expect(trucksIn(place).some(({ phase }) => phase !== "idle")).toBe(true);
    expect([place.state.dumped, place.state.overflowed]).toEqual([0, 0]);
  });

  it("work on working days, half on Saturdays, and rest at night and on Sundays and holidays", () => {
    const place = city("default");
    const loads = (from: number, to: number): number => place.happenings.filter(({ event, t }) => event === "loaded" && t > from && t <= to).length;
    run(place, { from: monday, to: monday + 7 * day });
    const [tuesday, saturday, sunday] = [1, 5, 6].map((n) => loads(monday + n * day, monday + (n + 1) * day)) as [number, number, number];
    expect(tuesday).toBeGreaterThan(25);
    expect(tuesday).toBeLessThanOrEqual(48);
    expect(saturday / tuesday).toBeGreaterThan(0.35);
    expect(saturday / tuesday).toBeLessThan(0.75);
    expect(sunday).toBe(0);
    for (const { event, t } of place.happenings) {
      const clock = ((t - monday) % day) / hour;
      if (event === "loaded") expect(clock).toBeGreaterThan(6.5);
      if (event === "unloaded") expect(clock).toBeLessThan(19);
    }
    const feast = city("default");
    feast.env = weatherAt(monday, { holiday: true, dayOff: true });
    run(feast, { from: monday, to: monday + day, weather: () => ({ holiday: true, dayOff: true }) });
    expect(feast.happenings).toEqual([]);
  });

  it("carry as such trucks do: 9 to 11.4 t a trip, an hour or so, at the pace of the streets, within metres of their route", () => {
    const place = city("default");
    const speeds: number[] = [];
    const offs: number[] = [];
    run(place, {
      from: monday,
      to: monday + day,
      every: 60,
      look: (_t, truths) => {
        for (const { trip, speed, off } of truths.values()) {
          if (trip === "carrying" && typeof speed === "number" && speed > 0) speeds.push(speed);
          if (typeof off === "number") offs.push(off);
        }
      },
    });
    const kg = place.happenings.filter(({ event }) => event === "unloaded").map(({ x }) => Number(x.kg));
    expect(Math.min(...kg)).toBeGreaterThan(8900);
    expect(Math.max(...kg)).toBeLessThan(11_450);
    const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
    expect(mean).toBeGreaterThan(26);
    expect(mean).toBeLessThan(40);
    expect(Math.max(...offs)).toBeLessThan(60);
    for (const { doc } of place.happenings.map(({ x }) => x)) if (doc !== undefined) expect(doc).toMatch(/^[a-z0-9]{10}$/);
  });

  it("go to fields only in their season, and never in the rain", () => {
    const { state } = city();
    const dry = weatherAt(monday + 9 * hour);
    expect(destinationOf(state, dry, 0.1)?.role).toBe("field");
    expect(destinationOf(state, dry, 0.9)?.role).toBe("plant");
    expect(destinationOf(state, { ...dry, rainMean: 2 }, 0.1)?.role).toBe("plant");
    expect(destinationOf(state, { ...dry, month: 1 }, 0.1)?.role).toBe("plant");
    for (const tank of state.tanks) if (tank.role === "field") tank.tons = tank.holds;
    expect(destinationOf(state, dry, 0.1)?.role).toBe("plant");
  });

  it("are slower in a cloudburst, and pits rise by it", () => {
    const [dry, wet] = [city(), city()];
    for (const place of [dry, wet]) run(place, { from: monday, to: monday + 6 * hour });
    /** Mean speed of those that move. */
    const pace = (place: typeof dry, weather: () => object): number => {
      const speeds: number[] = [];
      const look = (speed: unknown) => typeof speed === "number" && speed > 0 && speeds.push(speed);
      run(place, {
        from: monday + 6 * hour,
        to: monday + 12 * hour,
        weather,
        every: 30,
        look: (_t, truths) => void [...truths.values()].map(({ speed }) => look(speed)),
      });
      return speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
    };
    expect(pace(wet, () => ({ rain: [30, 30, 30], rainMean: 30 })) / pace(dry, () => ({}))).toBeCloseTo(0.75, 1);
    expect(everything(wet.state)).toBeGreaterThan(everything(dry.state) + 4 * 1000 * 0.12 * 30 * 5);
  });

  it("live the same days again from the same seed, and go on from a snapshot as if nothing had been", () => {
    const [one, two, other] = [world(manure), world(manure), world(manure, { seed: 2 })];
    for (const place of [one, two, other]) run(place, { from: monday, to: monday + 9 * hour + 20 * minute });
    two.state = JSON.parse(JSON.stringify(two.state));
    for (const place of [one, two, other]) run(place, { from: monday + 9 * hour + 20 * minute, to: monday + 3 * day });
    expect(two.happenings).toEqual(one.happenings);
    expect([...truthsOf(two, monday + 3 * day)]).toEqual([...truthsOf(one, monday + 3 * day)]);
    expect(other.happenings).not.toEqual(one.happenings);
  });
});
