import { describe, expect, it } from "vitest";
import type { Truth } from "../../simulator/model.ts";
import { manure } from "../../simulator/services/manure.ts";
import { tell } from "../support/order.ts";
import { breaches, hour, minute, monday, run, truthsOf, world } from "../support/service-world.ts";
import { smallCity } from "../support/small-city.ts";
import { strike } from "../support/strike.ts";

const six = monday + 6 * hour;
const id = "mt-001";
function trucks() {
  const place = world(manure);
  const sites = { sites: smallCity.sites.manure, streets: smallCity.streets };
  const made = { ...place, sites, state: manure.init(sites, 1, monday) };
  run(made, { from: monday, to: six });
  return made;
}
type Place = ReturnType<typeof trucks>;
const truckOf = (place: Place) => place.state.trucks.find((truck) => truck.id === id)!;
const told = (place: Place, event: string, device = id) => place.happenings.filter((one) => one.device === device && one.event === event);
/** What it said every half minute. */
function watch(place: Place, to: number, from = six) {
  const seen: Truth<"manure">[] = [];
  run(place, { from, to, every: 30, look: (_t, truths) => void seen.push(truths.get(id)!) });
  return seen;
}
const minutesWith = (seen: readonly Truth<"manure">[], is: (one: Truth<"manure">) => boolean): number => seen.filter(is).length / 2;

describe("a driver who dumps", () => {
  it("turns off with a load, lets out what was said with an open valve, and delivers the rest; it is counted", () => {
    const [struck, usual] = [trucks(), trucks()];
    const dumping = strike(struck, id, { kind: "dumping", args: { kg: 4000 }, t: six });
    expect([dumping.felt(six), dumping.over(six)]).toEqual([false, false]);
    const seen = watch(struck, six + 8 * hour);
    watch(usual, six + 8 * hour);
    expect(dumping.over(six + 8 * hour)).toBe(true);
    expect(manure.outcome(struck.state).dumped).toBeCloseTo(4000, 6);
    expect(manure.outcome(usual.state).dumped).toBe(0);
    const dumped = seen.filter(({ trip, valve }) => trip === "carrying" && valve === true);
    expect(dumped.length / 2).toBeGreaterThan(6);
    for (const { off, speed } of dumped) expect([Number(off) > 300, speed]).toEqual([true, 0]);
    const [loaded, unloaded] = [told(struck, "loaded"), told(struck, "unloaded")].map((all) => all.map(({ x }) => Number(x.kg)));
    const lost = loaded!.slice(0, unloaded!.length).map((kg, i) => kg - unloaded![i]!);
    expect(lost.filter((kg) => Math.abs(kg - 4000) <= 1)).toHaveLength(1);
    expect(lost.filter((kg) => kg > 1)).toHaveLength(1);
    expect(breaches("manure", truthsOf(struck, six + 8 * hour), struck.happenings)).toEqual([]);
  });
  it("stops when the room calls in the middle of it, and answers so", () => {
    const place = trucks();
    strike(place, id, { kind: "dumping", args: { kg: 9000 }, t: six });
    let t = six;
    while (truthsOf(place, t).get(id)?.valve !== true || truckOf(place).phase !== "carrying") {
      run(place, { from: t, to: t + 30_000 });
      t += 30_000;
      if (t > six + 8 * hour) throw new Error("nothing is dumped");
    }
    expect(tell(place, id, { op: "call", t })).toEqual({ ok: true, happenings: [] });
    expect(tell(place, id, { op: "call", t })).toEqual({ ok: false, reason: "the driver is being called already" });
    run(place, { from: t, to: t + 5 * minute });
    const [answer] = told(place, "answered");
    expect(answer).toMatchObject({ x: { says: "stops" }, report: [id] });
    expect(answer!.t - t).toBeGreaterThanOrEqual(minute);
    expect(answer!.t - t).toBeLessThanOrEqual(3 * minute);
    run(place, { from: t + 5 * minute, to: t + hour });
    expect(manure.outcome(place.state).dumped).toBeLessThan(2500);
  });
  it("shuts the valve when the incident is ended", () => {
    const place = trucks();
    const dumping = strike(place, id, { kind: "dumping", args: { kg: 4000 }, t: six });
    dumping.end(six);
    run(place, { from: six, to: six + 8 * hour });
    expect(manure.outcome(place.state).dumped).toBe(0);
  });
});

describe("what only looks like it", () => {
  it("drives round a closed road some hundred metres aside and loses nothing; the driver says so", () => {
    const place = trucks();
    const detour = strike(place, id, { kind: "detour", t: six });
    expect(strike(place, id, { kind: "dumping", args: { kg: 4000 }, t: six }).begun).toMatchObject({ ok: false });
    const seen = watch(place, six + 8 * hour);
    expect(minutesWith(seen, ({ off }) => Number(off) > 250)).toBeGreaterThan(0.4);
    expect([detour.over(six + 8 * hour), manure.outcome(place.state).dumped]).toEqual([true, 0]);
    expect(seen.filter(({ trip, valve }) => trip === "carrying" && valve === true)).toEqual([]);
  });
  it("drips as much as was said over one trip", () => {
    const place = trucks();
    strike(place, id, { kind: "drip", args: { kg: 150 }, t: six });
    run(place, { from: six, to: six + 8 * hour });
    const [loaded, unloaded] = [told(place, "loaded"), told(place, "unloaded")].map((all) => all.map(({ x }) => Number(x.kg)));
    const lost = unloaded!.map((kg, i) => loaded![i]! - kg).filter((kg) => kg > 1);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toBeGreaterThan(100);
    expect(lost[0]).toBeLessThan(200);
    expect(manure.outcome(place.state).dumped).toBe(0);
  });
});

describe("a terminal without satellites", () => {
  it("says so, and says no position", () => {
    const place = trucks();
    const lost = strike(place, id, { kind: "position-lost", t: six });
    const blind = truthsOf(place, six).get(id)!;
    expect([blind.gps, blind.pos, blind.off]).toEqual([false, undefined, undefined]);
    lost.end(six + minute);
    expect(truthsOf(place, six + minute).get(id)).toMatchObject({ gps: true, pos: [expect.any(Number), expect.any(Number)] });
  });
});

describe("a pit into which water runs", () => {
  it("rises as much as was said, and what is too much overflows", () => {
    const place = trucks();
    const pit = place.state.tanks.find(({ role }) => role === "farm")!;
    const before = pit.tons;
    const inflow = strike(place, pit.id, { kind: "inflow", args: { tons: 120, hours: 2 }, t: six });
    run(place, { from: six, to: six + 30 * minute });
    expect(pit.tons - before).toBeCloseTo(30 + pit.daily / 48, 1);
    run(place, { from: six + 30 * minute, to: six + 2 * hour });
    expect(inflow.over(six + 2 * hour)).toBe(true);
    inflow.end(six + 2 * hour);
    expect(pit.extra).toBe(0);
    expect(manure.outcome(place.state).overflowed).toBeGreaterThanOrEqual(0);
  });
  it("gets the next free truck when the room orders one, once", () => {
    const place = trucks();
    const farm = "mf-002";
    expect(tell(place, farm, { op: "fetch", t: six })).toEqual({ ok: true, happenings: [] });
    expect(tell(place, farm, { op: "fetch", t: six })).toEqual({ ok: false, reason: "a truck is on its way already" });
    run(place, { from: six, to: six + minute });
    expect(tell(place, farm, { op: "fetch", t: six + minute })).toEqual({ ok: false, reason: "a truck is on its way already" });
    run(place, { from: six + minute, to: six + 2 * hour });
    const [fetched] = told(place, "fetched", farm);
    expect(Number(fetched?.x.kg)).toBeGreaterThan(8000);
    expect(tell(place, farm, { op: "fetch", t: six + 2 * hour })).toMatchObject({ ok: true });
  });
  it("cannot be called, nor an empty truck", () => {
    const place = trucks();
    expect(tell(place, id, { op: "call", t: six })).toEqual({ ok: false, reason: "nobody is in the truck" });
  });
});
