import { describe, expect, it } from "vitest";
import { foodwaste } from "../../simulator/services/foodwaste.ts";
import { tell } from "../support/order.ts";
import { breaches, day, hour, minute, monday, run, truthsOf, world } from "../support/service-world.ts";
import { strike } from "../support/strike.ts";

const noon = monday + 12 * hour;
function units() {
  const place = world(foodwaste, { city: "default" });
  run(place, { from: monday, to: noon });
  return place;
}
type Place = ReturnType<typeof units>;
const bin = "fw-0007";
const unitOf = (place: Place) => place.state.units.find(({ id }) => id === bin)!;
const told = (place: Place, event: string) => place.happenings.filter((one) => one.device === bin && one.event === event && one.t >= noon);
const others = (place: Place): string => JSON.stringify(place.state.units.filter(({ id }) => id !== bin));
const overfilled = (place: Place): number => foodwaste.outcome(place.state).overfilled!;

describe("more people than a unit holds", () => {
  it("fill it beyond its top, each by card, one after the other; what is too much is counted until the truck comes", () => {
    const [struck, usual] = [units(), units()];
    for (const place of [struck, usual]) unitOf(place).net = 40_000;
    const crowd = strike(struck, bin, { kind: "overfilled", args: { people: 60, minutes: 90 }, t: noon });
    expect(crowd.felt(noon)).toBe(false);
    for (const place of [struck, usual]) run(place, { from: noon, to: noon + 2 * hour });
    const [more, fewer] = [told(struck, "deposit"), told(usual, "deposit")];
    expect(more.length - fewer.length).toBeGreaterThan(45);
    expect(truthsOf(struck, noon + 2 * hour).get(bin)?.fill).toBeGreaterThan(1.1);
    expect([crowd.felt(noon + 2 * hour), crowd.over(noon + 2 * hour)]).toEqual([true, true]);
    crowd.end(noon + 2 * hour);
    tell(struck, bin, { op: "collect", t: noon + 2 * hour });
    for (const place of [struck, usual]) run(place, { from: noon + 2 * hour, to: noon + 4 * hour });
    expect(overfilled(struck)).toBeGreaterThan(20);
    expect(overfilled(usual)).toBe(0);
    const after = overfilled(struck);
    run(struck, { from: noon + 4 * hour, to: noon + 5 * hour });
    expect(overfilled(struck)).toBe(after);
    run(usual, { from: noon + 4 * hour, to: noon + 5 * hour });
    expect(others(struck) === others(usual), "other units live as without it").toBe(true);
    expect(breaches("foodwaste", truthsOf(struck, noon + 5 * hour), struck.happenings)).toEqual([]);
  });
  it("stop coming when they are called off", () => {
    const place = units();
    const crowd = strike(place, bin, { kind: "overfilled", args: { people: 60, minutes: 240 }, t: noon });
    run(place, { from: noon, to: noon + 20 * minute });
    crowd.end(noon + 20 * minute);
    const before = told(place, "deposit").length;
    run(place, { from: noon + 20 * minute, to: noon + 80 * minute });
    expect(told(place, "deposit").length - before).toBeLessThan(6);
  });
  it("of the kimchi season are half as many again as usual, spread over the hours", () => {
    const count = (more: number): number => {
      let sum = 0;
      const place = units();
      for (const { id } of place.state.units) strike(place, id, { kind: "kimchi-wave", args: { more, hours: 24 }, t: noon });
      run(place, { from: noon, to: noon + day });
      for (const { event, t } of place.happenings) sum += Number(event === "deposit" && t >= noon);
      return sum;
    };
    const [some, twice] = [count(50), count(150)];
    // usual days 1, and 0.5 or 1.5 more of them; hours and weekdays leave some of it
    expect(twice / some).toBeGreaterThan(1.5);
    expect(twice / some).toBeLessThan(1.85);
  });
});

describe("what is thrown in without a card", () => {
  it("weighs, is in no deposit, and goes with the truck", () => {
    const place = units();
    const before = truthsOf(place, noon).get(bin)!.gross as number;
    const dumping = strike(place, bin, { kind: "dumping", args: { kg: 30 }, t: noon });
    expect((truthsOf(place, noon).get(bin)!.gross as number) - before).toBeCloseTo(30, 1);
    expect(dumping.felt(noon)).toBe(true);
    tell(place, bin, { op: "collect", t: noon });
    run(place, { from: noon, to: noon + hour });
    expect(dumping.over(noon + hour)).toBe(true);
    const paid = told(place, "deposit").reduce((sum, { x }) => sum + Number(x.net), 0);
    expect(Number(told(place, "emptied")[0]!.x.kg)).toBeGreaterThan(paid + 30);
    const net = unitOf(place).net;
    dumping.end(noon + hour);
    expect(unitOf(place).net, "is not taken out twice").toBe(net);
  });
  it("cannot be when the lid is locked", () => {
    const place = units();
    tell(place, bin, { op: "lock", t: noon });
    for (const kind of ["dumping", "lid-left-open", "many-bags"])
      expect(strike(place, bin, { kind, t: noon }).begun).toEqual({ ok: false, reason: "the lid is locked" });
  });
});

describe("a lid", () => {
  it("that a bag keeps open stays open though people come and go; many bags take eight minutes", () => {
    const place = units();
    const open = strike(place, bin, { kind: "lid-left-open", t: noon });
    const seen: unknown[] = [];
    run(place, { from: noon, to: noon + 90 * minute, every: 60, look: (_t, truths) => void seen.push(truths.get(bin)?.lid) });
    expect(new Set(seen)).toEqual(new Set([true]));
    open.end(noon + 90 * minute);
    const at = noon + 2 * hour;
    run(place, { from: noon + 90 * minute, to: at });
    const bags = strike(place, bin, { kind: "many-bags", t: at });
    expect([bags.over(at + 7 * minute), bags.over(at + 8 * minute)]).toEqual([false, true]);
    bags.end(at + 8 * minute);
    run(place, { from: at, to: at + 10 * minute });
    expect(truthsOf(place, at + 10 * minute).get(bin)?.lid).toBe(false);
  });
  it("whose lock jams says so, lets nobody in, does not obey, and opens when it is repaired", () => {
    const place = units();
    const jam = strike(place, bin, { kind: "lock-jam", t: noon });
    expect(jam.begun).toEqual({ ok: true, happenings: [{ t: noon, device: bin, event: "fault", x: { code: "lock" } }], report: [bin] });
    expect(tell(place, bin, { op: "unlock", t: noon })).toEqual({ ok: false, reason: "the lock is jammed" });
    run(place, { from: noon, to: noon + 8 * hour });
    expect([truthsOf(place, noon + 8 * hour).get(bin)?.lock, told(place, "deposit").filter(({ t }) => t > noon + minute)]).toEqual([true, []]);
    jam.end(noon + 8 * hour);
    expect(truthsOf(place, noon + 8 * hour).get(bin)?.lock).toBe(false);
    run(place, { from: noon + 8 * hour, to: noon + 20 * hour });
    expect(told(place, "deposit").length).toBeGreaterThan(0);
  });
});

describe("a fire in a bin", () => {
  it("is beyond anything that decay can do within half an hour, and cools down over hours", () => {
    const place = units();
    unitOf(place).net = 30_000;
    const fire = strike(place, bin, { kind: "bin-fire", t: noon });
    expect(fire.felt(noon)).toBe(false);
    run(place, { from: noon, to: noon + 30 * minute });
    expect([(truthsOf(place, noon + 30 * minute).get(bin)?.temp as number) > 100, fire.felt(noon + 30 * minute)]).toEqual([true, true]);
    fire.end(noon + 30 * minute);
    run(place, { from: noon + 30 * minute, to: noon + 4 * hour });
    const cooling = truthsOf(place, noon + 4 * hour).get(bin)!.temp as number;
    expect(cooling).toBeGreaterThan(25);
    expect(cooling).toBeLessThan(65);
  });
  it("needs something to burn", () => {
    const place = units();
    unitOf(place).net = 500;
    expect(strike(place, bin, { kind: "bin-fire", t: noon }).begun).toEqual({ ok: false, reason: "there is next to nothing in it that could burn" });
  });
});
