import { describe, expect, it } from "vitest";
import { evzone } from "../../simulator/services/evzone.ts";
import { tell } from "../support/order.ts";
import { breaches, day, hour, minute, monday, run, truthsOf, world } from "../support/service-world.ts";
import { strike } from "../support/strike.ts";

const noon = monday + 12 * hour;
function zones(to = noon) {
  const place = world(evzone, { city: "default" });
  run(place, { from: monday, to });
  return place;
}
type Place = ReturnType<typeof zones>;
type Bay = Place["state"]["bays"][number];
const find = (place: Place, wish: (bay: Bay) => boolean): Bay => {
  const bay = place.state.bays.find(wish);
  if (bay === undefined) throw new Error("no such bay");
  return bay;
};
const free = ({ stay, cp }: Bay): boolean => stay === null && cp === "Available";
const told = (place: Place, { id }: Bay, from = noon) =>
  place.happenings.filter(({ device, t }) => device === id && t >= from).map(({ event, t }) => [event, (t - from) / minute]);

describe("an intruder", () => {
  it("takes a free bay, is warned by the zone, and stays for as long as he was told, unlike one who delivers", () => {
    for (const [kind, minutes, warnings] of [
      ["intruder", 30, [0, 1, 4]],
      ["delivery", 2, [0, 1]],
    ] as const) {
      const place = zones();
      const bay = find(place, free);
      const intruder = strike(place, bay.id, { kind, args: { minutes }, t: noon });
      expect(intruder.begun).toMatchObject({
        ok: true,
        happenings: [{ event: "in", x: { class: "ice", token: expect.stringMatching(/^[a-z0-9]{10}$/) } }],
      });
      expect(truthsOf(place, noon).get(bay.id)).toMatchObject({ occupied: true, vehicle: "ice" });
      run(place, { from: noon, to: noon + minutes * minute - 10_000 });
      expect([intruder.felt(noon), intruder.over(noon)]).toEqual([true, false]);
      run(place, { from: noon + minutes * minute - 10_000, to: noon + minutes * minute });
      expect(told(place, bay)).toEqual([["in", 0], ...warnings.map((at) => ["warn", at]), ["out", minutes]]);
      expect([intruder.felt(noon + hour), intruder.over(noon + hour)]).toEqual([false, true]);
    }
  });
  it("goes sooner when the room speaks to him, half of the time", () => {
    const place = zones();
    const bays = place.state.bays.filter(free).slice(0, 60);
    for (const { id } of bays) strike(place, id, { kind: "intruder", args: { minutes: 120 }, t: noon });
    run(place, { from: noon, to: noon + 10 * minute });
    for (const { id } of bays) tell(place, id, { op: "warn", t: noon + 10 * minute });
    run(place, { from: noon + 10 * minute, to: noon + 20 * minute });
    const gone = bays.filter(({ stay }) => stay?.class !== "ice").length;
    expect(gone).toBeGreaterThan(18);
    expect(gone).toBeLessThan(42);
  });
  it("is refused at an occupied bay, and leaves when he is called off", () => {
    const place = zones();
    const taken = find(place, ({ stay }) => stay !== null);
    expect(strike(place, taken.id, { kind: "intruder", t: noon }).begun).toEqual({ ok: false, reason: "the bay is occupied" });
    const bay = find(place, free);
    const intruder = strike(place, bay.id, { kind: "intruder", t: noon });
    run(place, { from: noon, to: noon + 6 * minute });
    intruder.end(noon + 6 * minute);
    run(place, { from: noon + 6 * minute, to: noon + 7 * minute });
    expect(told(place, bay).at(-1)).toEqual(["out", 6]);
    expect(breaches("evzone", truthsOf(place, noon + 7 * minute), place.happenings)).toEqual([]);
  });
  it("changes nothing at any other bay", () => {
    const [struck, usual] = [zones(), zones()];
    const bay = find(struck, free);
    strike(struck, bay.id, { kind: "intruder", t: noon });
    for (const place of [struck, usual]) run(place, { from: noon, to: noon + 30 * minute });
    expect(evzone.outcome(struck.state).blocked).toBeGreaterThan(evzone.outcome(usual.state).blocked! + 27);
    for (const place of [struck, usual]) run(place, { from: noon + 30 * minute, to: noon + day });
    const others = (place: Place) => JSON.stringify(place.state.bays.filter(({ id }) => id !== bay.id));
    expect(others(struck) === others(usual)).toBe(true);
  });
});

describe("a vehicle that may stand there", () => {
  it("is neither warned nor in anybody's way", () => {
    const [struck, usual] = [zones(), zones()];
    const bay = find(struck, free);
    strike(struck, bay.id, { kind: "exempt-car", args: { minutes: 90 }, t: noon });
    for (const place of [struck, usual]) run(place, { from: noon, to: noon + 90 * minute });
    expect(told(struck, bay)).toEqual([
      ["in", 0],
      ["out", 90],
    ]);
    expect(evzone.outcome(struck.state).blocked).toBeLessThanOrEqual(evzone.outcome(usual.state).blocked! + 1);
  });
});

describe("an overstay", () => {
  it("of a car that comes lasts so long beyond the law: it charges, and then it stands there", () => {
    const place = zones();
    const fast = find(place, (bay) => free(bay) && bay.fast);
    const stay = strike(place, fast.id, { kind: "overstay", args: { beyond: 2 }, t: noon });
    const seen = new Set<string>();
    run(place, {
      from: noon,
      to: noon + 3 * hour - 3 * minute,
      every: 60,
      look: (_t, truths) => void seen.add(String(truths.get(fast.charger)?.cp)),
    });
    expect([...seen].sort()).toEqual(expect.arrayContaining(["Charging", "SuspendedEV"]));
    expect(seen).not.toContain("Finishing");
    expect(stay.over(noon + 3 * hour - 3 * minute)).toBe(false);
    run(place, { from: noon + 3 * hour - 3 * minute, to: noon + 3 * hour + minute });
    expect(told(place, fast).find(([event]) => event === "out")?.[1]).toBe(180);
    expect(stay.over(noon + 3 * hour + minute)).toBe(true);
  });
  it("of a car that is there shows from when it would have gone", () => {
    const place = zones();
    const charging = find(place, ({ stay, fast }) => stay?.stage === "connected" && fast && stay.leave > noon + 5 * minute);
    const [usual, since] = [charging.stay!.leave, charging.stay!.since];
    const stay = strike(place, charging.id, { kind: "overstay", args: { beyond: 3 }, t: noon });
    expect([stay.felt(usual - 1000), stay.felt(usual)]).toEqual([false, true]);
    run(place, { from: noon, to: noon + 5 * hour });
    expect(told(place, charging, since).find(([event]) => event === "out")?.[1]).toBe(240);
  });
  it("is no overstay of a car that does not charge", () => {
    const place = zones();
    const bay = find(place, free);
    strike(place, bay.id, { kind: "intruder", t: noon });
    expect(strike(place, bay.id, { kind: "overstay", t: noon }).begun).toEqual({ ok: false, reason: "the car in the bay is no electric one" });
  });
  it("blocks its bay for others in the city's outcome, once the law's time is up", () => {
    const [struck, usual] = [zones(), zones()];
    const bays = struck.state.bays.filter((bay) => free(bay) && bay.fast).slice(0, 5);
    for (const { id } of bays) strike(struck, id, { kind: "overstay", args: { beyond: 1 }, t: noon });
    for (const place of [struck, usual]) run(place, { from: noon, to: noon + hour });
    const at = [struck, usual].map((place) => evzone.outcome(place.state).blocked!);
    expect(at[0]! - at[1]!).toBeLessThan(30);
    for (const place of [struck, usual]) run(place, { from: noon + hour, to: noon + 2 * hour });
    expect(evzone.outcome(struck.state).blocked! - evzone.outcome(usual.state).blocked!).toBeGreaterThan(5 * 60 - 60);
  });
});

describe("an electric car that does not plug in", () => {
  it("leaves the charger available and out of reach", () => {
    const place = zones();
    const bay = find(place, free);
    strike(place, bay.id, { kind: "unplugged", args: { minutes: 90 }, t: noon });
    const seen = new Set<string>();
    run(place, { from: noon, to: noon + 90 * minute, every: 60, look: (_t, truths) => void seen.add(String(truths.get(bay.charger)?.cp)) });
    expect([...seen]).toEqual(["Available"]);
    expect(told(place, bay).at(-1)).toEqual(["out", 90]);
  });
});

describe("a charger that trips", () => {
  it("stops charging, stays out of order until it is repaired, and goes on then", () => {
    const place = zones();
    const bay = find(place, ({ stay, cp }) => stay?.stage === "connected" && cp === "Charging" && stay.stop > noon + 10 * hour);
    // it would have had a fault of its own meanwhile
    bay.faultAt = noon + hour;
    const fault = strike(place, bay.charger, { kind: "charger-fault", t: noon });
    expect(fault.begun).toMatchObject({ ok: true, report: [bay.charger] });
    const energy = bay.energy;
    run(place, { from: noon, to: noon + 3 * hour });
    expect(truthsOf(place, noon + 3 * hour).get(bay.charger)).toMatchObject({ cp: "Faulted", power: 0, energy });
    expect(strike(place, bay.charger, { kind: "charger-fault", t: noon, id: "b" }).begun.ok).toBe(false);
    fault.end(noon + 3 * hour);
    run(place, { from: noon + 3 * hour, to: noon + 3 * hour + 10 * minute });
    expect(["Charging", "SuspendedEV"]).toContain(truthsOf(place, noon + 3 * hour + 10 * minute).get(bay.charger)?.cp);
    expect(bay.faultAt).toBeLessThan(8e15);
  });
});
