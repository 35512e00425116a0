import { describe, expect, it } from "vitest";
import { foodwaste } from "../../simulator/services/foodwaste.ts";
import { tell } from "../support/order.ts";
import { breaches, day, hour, minute, monday, run, truthsOf, world } from "../support/service-world.ts";

const noon = monday + 12 * hour;
const units = () => world(foodwaste, { city: "default" });
type Place = ReturnType<typeof units>;
const told = (place: Place, event: string, id: string, from: number) =>
  place.happenings.filter((one) => one.event === event && one.device === id && one.t > from);
const ids = (place: Place): string[] => place.state.units.map(({ id }) => id);

describe("a collection that the room orders", () => {
  it("comes outside the round within 20 to 50 minutes, empties the unit and sets its scale; the round goes on as before", () => {
    const [place, usual] = [units(), units()];
    for (const one of [place, usual]) run(one, { from: monday, to: noon });
    const before = place.state.units.map(({ net }) => net);
    for (const id of ids(place)) expect(tell(place, id, { op: "collect", t: noon })).toEqual({ ok: true, happenings: [] });
    for (const one of [place, usual]) run(one, { from: noon, to: noon + 2 * hour });
    const waits: number[] = [];
    ids(place).forEach((id, i) => {
      const [emptied, ...more] = told(place, "emptied", id, noon);
      expect(more).toEqual([]);
      waits.push((emptied!.t - noon) / minute);
      expect(Number(emptied!.x.kg)).toBeGreaterThan(before[i]! / 1000 - 0.6);
      expect(emptied!.report).toEqual([id]);
      expect(told(place, "tare", id, noon)).toHaveLength(1);
    });
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(20);
    expect(Math.min(...waits)).toBeLessThan(22);
    expect(Math.max(...waits)).toBeGreaterThan(47);
    expect(Math.max(...waits)).toBeLessThan(53);
    expect(usual.happenings.filter(({ event, t }) => event === "emptied" && t > noon)).toEqual([]);
    run(place, { from: noon + 2 * hour, to: noon + 4 * day });
    for (const id of ids(place)) expect(told(place, "emptied", id, noon + 2 * hour).length).toBeGreaterThan(0);
    expect(breaches("foodwaste", new Map(), place.happenings)).toEqual([]);
  });

  it("is refused while a truck is on its way, and can be ordered again after it", () => {
    const place = units();
    run(place, { from: monday, to: noon });
    tell(place, "fw-0001", { op: "collect", t: noon });
    expect(tell(place, "fw-0001", { op: "collect", t: noon + minute })).toEqual({ ok: false, reason: "a truck is on its way already" });
    run(place, { from: noon, to: noon + hour });
    expect(tell(place, "fw-0001", { op: "collect", t: noon + hour })).toMatchObject({ ok: true });
  });

  it("waits at a unit whose lid is open", () => {
    const place = units();
    run(place, { from: monday, to: noon });
    tell(place, "fw-0001", { op: "collect", t: noon });
    const unit = place.state.units[0]!;
    const due = unit.called;
    const before = Math.ceil(due / 10_000) * 10_000 - 10_000;
    run(place, { from: noon, to: before });
    Object.assign(unit, { dropping: 1000, lidOpened: due - 5000, lidCloses: due + 30_000 });
    place.state.nextVisit[0] = due + 30_000;
    run(place, { from: before, to: before + 5 * minute });
    const [emptied] = told(place, "emptied", "fw-0001", noon);
    expect(emptied!.t).toBe(due + minute);
    expect(told(place, "deposit", "fw-0001", due)[0]!.t).toBe(due + 30_000);
  });
});

describe("a lid that the room locks", () => {
  it("takes no deposits until it is unlocked; of those who came some come back, the others do not", () => {
    const [place, usual] = [units(), units()];
    for (const one of [place, usual]) run(one, { from: monday, to: noon });
    for (const id of ids(place)) expect(tell(place, id, { op: "lock", t: noon })).toEqual({ ok: true, happenings: [], report: [id] });
    expect(truthsOf(place, noon).get("fw-0001")?.lock).toBe(true);
    // who stands at an open lid finishes
    const closed = noon + minute;
    for (const one of [place, usual]) run(one, { from: noon, to: noon + 8 * hour });
    const deposits = (one: Place, from: number, to: number): number =>
      one.happenings.filter(({ event, t }) => event === "deposit" && t > from && t <= to).length;
    expect(deposits(place, closed, noon + 8 * hour)).toBe(0);
    const missed = deposits(usual, closed, noon + 8 * hour);
    expect(missed).toBeGreaterThan(1500);
    for (const id of ids(place)) expect(tell(place, id, { op: "unlock", t: noon + 8 * hour })).toMatchObject({ ok: true });
    expect(truthsOf(place, noon + 8 * hour).get("fw-0001")?.lock).toBe(false);
    for (const one of [place, usual]) run(one, { from: noon + 8 * hour, to: noon + 12 * hour });
    const more = deposits(place, noon + 8 * hour, noon + 12 * hour) - deposits(usual, noon + 8 * hour, noon + 12 * hour);
    expect(more).toBeGreaterThan(0.15 * missed);
    expect(more).toBeLessThan(0.8 * missed);
  });

  it("goes on from a snapshot as if nothing had been", () => {
    const [one, two] = [units(), units()];
    for (const place of [one, two]) {
      run(place, { from: monday, to: noon });
      for (const op of ["lock", "collect"]) tell(place, "fw-0002", { op, t: noon });
      run(place, { from: noon, to: noon + 10 * minute });
    }
    two.state = JSON.parse(JSON.stringify(two.state));
    for (const place of [one, two]) run(place, { from: noon + 10 * minute, to: noon + day });
    expect(two.state).toEqual(one.state);
    expect(two.happenings).toEqual(one.happenings);
  });
});
