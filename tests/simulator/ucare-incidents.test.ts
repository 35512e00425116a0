import { describe, expect, it } from "vitest";
import type { Sites } from "../../simulator/model.ts";
import type { CareState } from "../../simulator/services/ucare/state.ts";
import { ucare } from "../../simulator/services/ucare.ts";
import { tell } from "../support/order.ts";
import { breaches, day, ground, hour, minute, monday, run, truthsOf, type World, weatherAt } from "../support/service-world.ts";
import { strike } from "../support/strike.ts";

const ten = monday + 10 * hour;
function homes(to = ten, scale = 6): World<"ucare", CareState> {
  const sites: Sites<"ucare"> = { sites: ucare.place(ground("small", scale)), streets: { nodes: [], links: [] } };
  const place = { model: ucare, sites, state: ucare.init(sites, 1, monday), env: weatherAt(monday), happenings: [] };
  // rare troubles of their own would only blur what is looked at
  for (const home of place.state.homes) Object.assign(home, { fall: 8e15, button: 8e15, fire: 8e15, leaks: 8e15 });
  run(place, { from: monday, to });
  return place;
}
type Place = World<"ucare", CareState>;
type Home = Place["state"]["homes"][number];
const find = (place: Place, wish: (home: Home) => boolean): Home => {
  const home = place.state.homes.find(wish);
  if (home === undefined) throw new Error("no such home");
  return home;
};
const up = ({ activity, visitor, doorCloses }: Home): boolean => activity === "rest" && !visitor && doorCloses === 8e15;
const told = (place: Place, { id }: Home, event: string, from = ten) =>
  place.happenings.filter((one) => one.device === id && one.event === event && one.t >= from);
/** What the hub of a home says every ten minutes. */
function readings(place: Place, { id }: Home, from: number, to: number) {
  const said: { t: number; act: number; away: boolean; temp: number; gas: number }[] = [];
  truthsOf(place, from);
  run(place, {
    from,
    to,
    look: (t, truths) => void said.push({ t, ...(truths.get(id) as { act: number; away: boolean; temp: number; gas: number }) }),
  });
  return said;
}
/** The other homes, but for what a reading takes away. */
const others = (place: Place, home: Home): string =>
  JSON.stringify(place.state.homes.flatMap(({ act: _act, ...rest }) => (rest.id === home.id ? [] : [rest])));

describe("a fall", () => {
  it("stops all movement at home, without looking like an outing, until somebody comes; the wait is counted", () => {
    const [struck, usual] = [homes(), homes()];
    const home = find(struck, up);
    const fall = strike(struck, home.id, { kind: "fall", t: ten });
    expect([fall.felt(ten + 9 * minute), fall.felt(ten + 10 * minute)]).toEqual([false, true]);
    const said = readings(struck, home, ten, ten + 6 * hour);
    run(usual, { from: ten, to: ten + 6 * hour });
    expect(said.slice(1).map(({ act, away }) => [act, away])).toEqual(said.slice(1).map(() => [0, false]));
    expect(ucare.outcome(struck.state)).toEqual({ waited: 360, needs: 1 });
    expect(ucare.outcome(usual.state)).toEqual({ waited: 0, needs: 0 });
    const worker = ten + 6 * hour;
    expect(tell(struck, home.id, { op: "call", t: worker })).toMatchObject({ ok: true });
    expect(tell(struck, home.id, { op: "visit", t: worker })).toMatchObject({ ok: true });
    run(struck, { from: worker, to: worker + 30 * minute });
    expect(told(struck, home, "call").map(({ x }) => x)).toEqual([{ result: "no-answer", says: "none" }]);
    expect(told(struck, home, "visit").map(({ x }) => x)).toEqual([{ result: "help" }]);
    expect([fall.over(worker + 30 * minute), fall.felt(worker + 30 * minute)]).toEqual([true, false]);
    expect(ucare.outcome(struck.state).waited).toBeLessThan(360 + 26);
    run(usual, { from: ten + 6 * hour, to: worker + 30 * minute });
    expect(others(struck, home) === others(usual, home), "other homes live as without it").toBe(true);
  });
  it("with the button in reach calls at once, and says on the phone that help is needed", () => {
    const place = homes();
    const home = find(place, up);
    const fall = strike(place, home.id, { kind: "fall", args: { button: "pressed" }, t: ten });
    expect(fall.begun).toEqual({ ok: true, happenings: [{ t: ten, device: home.id, event: "button", x: {} }] });
    expect(fall.felt(ten)).toBe(true);
    const says: unknown[] = [];
    for (let n = 0; n < 5; n++) {
      tell(place, home.id, { op: "call", t: ten + n * minute });
      run(place, { from: ten + n * minute, to: ten + (n + 1) * minute });
    }
    for (const { x } of told(place, home, "call")) says.push(x.says);
    expect(says.filter((word) => word === "help").length).toBeGreaterThan(2);
    expect(home.down).toBeGreaterThan(0);
  });
  it("ends by itself after its hours when nobody comes", () => {
    const place = homes();
    const home = find(place, up);
    const fall = strike(place, home.id, { kind: "fall", args: { hours: 3 }, t: ten });
    run(place, { from: ten, to: ten + 3 * hour - minute });
    expect(fall.over(ten + 3 * hour - minute)).toBe(false);
    run(place, { from: ten + 3 * hour - minute, to: ten + 3 * hour });
    expect(fall.over(ten + 3 * hour)).toBe(true);
  });
  it("is refused where nobody is, where somebody would help, and where somebody lies already", () => {
    const place = homes();
    const refusal = (home: Home): unknown => strike(place, home.id, { kind: "fall", t: ten, id: home.activity }).begun;
    expect(refusal(find(place, ({ activity }) => activity === "out"))).toEqual({ ok: false, reason: "nobody is at home" });
    const visited = find(place, up);
    visited.visitor = true;
    expect(refusal(visited)).toEqual({ ok: false, reason: "somebody is there who would help" });
    visited.visitor = false;
    strike(place, visited.id, { kind: "stumble", t: ten });
    expect(refusal(visited)).toEqual({ ok: false, reason: "the resident lies on the floor already" });
  });
  it("that one gets up from is nobody's need, and an hour's quiet", () => {
    const place = homes();
    const home = find(place, up);
    const stumble = strike(place, home.id, { kind: "stumble", args: { minutes: 25 }, t: ten });
    const said = readings(place, home, ten, ten + hour);
    expect(said[1]!.act).toBe(0);
    expect(said.slice(2).reduce((sum, { act }) => sum + act, 0)).toBeGreaterThan(0);
    expect([stumble.over(ten + hour), ucare.outcome(place.state)]).toEqual([true, { waited: 0, needs: 0 }]);
  });
});

describe("a visitor who leaves while the resident falls", () => {
  it("makes the hub believe in an outing", () => {
    const place = homes();
    const home = find(place, up);
    const leaves = strike(place, home.id, { kind: "visitor-leaves", args: { minutes: 30, hours: 20 }, t: ten });
    expect(leaves.begun).toMatchObject({ ok: true, happenings: [{ event: "door", x: { to: "open" } }] });
    const said = readings(place, home, ten, ten + 12 * hour);
    const before = said.filter(({ t }) => t <= ten + 30 * minute);
    expect(before.reduce((sum, { act }) => sum + act, 0)).toBeGreaterThan(0);
    expect(said.slice(5).map(({ act, away }) => [act, away])).toEqual(said.slice(5).map(() => [0, true]));
    expect(told(place, home, "door").map(({ x }) => x.to)).toEqual(["open", "closed", "open", "closed"]);
    expect([leaves.felt(ten + 30 * minute), leaves.felt(ten + hour), leaves.over(ten + 12 * hour)]).toEqual([false, true, false]);
    expect(ucare.outcome(place.state)).toEqual({ waited: expect.closeTo(690, -1), needs: 1 });
    leaves.end(ten + 12 * hour);
    expect(home.down).toBe(0);
  });
});

describe("going out", () => {
  it("at night is wandering: the door, and nobody at home; by day it cannot be", () => {
    const at = monday + day + 2 * hour;
    const place = homes(at);
    const home = find(place, ({ activity }) => activity === "sleep");
    const wandering = strike(place, home.id, { kind: "wandering", args: { minutes: 90 }, t: at });
    const said = readings(place, home, at, at + 80 * minute);
    expect(told(place, home, "door", at).map(({ x }) => x.to)).toEqual(["open", "closed"]);
    expect(said.slice(2).every(({ away, act }) => away && act === 0)).toBe(true);
    run(place, { from: at + 80 * minute, to: at + 100 * minute });
    expect([told(place, home, "door", at).length, wandering.over(at + 100 * minute)]).toEqual([4, true]);
    const day_ = homes();
    expect(strike(day_, find(day_, up).id, { kind: "wandering", t: ten }).begun).toEqual({ ok: false, reason: "it is day" });
  });
  it("for eleven hours is an outing all the same, also of who is out already", () => {
    const place = homes();
    for (const wish of [up, ({ activity, until }: Home) => activity === "out" && until < ten + 3 * hour]) {
      const home = find(place, wish);
      const [before, since] = [home.activity, home.until];
      const outing = strike(place, home.id, { kind: "long-outing", args: { hours: 11 }, t: ten });
      expect(outing.felt(ten)).toBe(before !== "out");
      expect(outing.felt(since)).toBe(true);
      expect(home.until).toBe(ten + 11 * hour);
    }
    run(place, { from: ten, to: ten + 11 * hour + minute });
    expect(place.state.incidents).toHaveLength(2);
  });
});

describe("gas", () => {
  it("left on reaches the alarm within 5 to 20 minutes; then the valve shuts, and it is over", () => {
    for (const rate of [900, 2600]) {
      const place = homes();
      const home = find(place, up);
      const leak = strike(place, home.id, { kind: "gas-left-on", args: { rate }, t: ten });
      run(place, { from: ten, to: ten + 30 * minute });
      const [alarm, ...more] = told(place, home, "gas");
      expect([(alarm!.t - ten) / minute >= 4.5, (alarm!.t - ten) / minute <= 20, more.length, leak.over(ten + 30 * minute)]).toEqual([
        true,
        true,
        0,
        true,
      ]);
    }
  });
  it("of a small leak stays between the two levels until somebody turns it off", () => {
    const place = homes();
    const home = find(place, up);
    const leak = strike(place, home.id, { kind: "gas-left-on", args: { rate: 300 }, t: ten });
    const said = readings(place, home, ten, ten + 3 * hour);
    expect(said.filter(({ gas }) => gas > 5000).length).toBeGreaterThan(10);
    expect([told(place, home, "gas"), leak.over(ten + 3 * hour)]).toEqual([[], false]);
    leak.end(ten + 3 * hour);
    expect(readings(place, home, ten + 3 * hour, ten + 5 * hour).at(-1)!.gas).toBeLessThan(100);
  });
  it("of a long meal on the stove does not pass 300 ppm", () => {
    const place = homes();
    const home = find(place, up);
    const cooking = strike(place, home.id, { kind: "cooking", args: { ppm: 300, minutes: 60 }, t: ten });
    const said = readings(place, home, ten, ten + 50 * minute);
    expect(Math.max(...said.map(({ gas }) => gas))).toBeGreaterThan(270);
    expect(Math.max(...said.map(({ gas }) => gas))).toBeLessThan(310);
    expect([cooking.felt(ten + 50 * minute), cooking.over(ten + 50 * minute)]).toEqual([true, false]);
    run(place, { from: ten + 50 * minute, to: ten + 70 * minute });
    expect(cooking.over(ten + 70 * minute)).toBe(true);
  });
});

describe("the air of a room", () => {
  it("gets hot where the cooling fails, and is cooled again when it has been repaired", () => {
    const place = homes();
    const home = find(place, up);
    const heat = strike(place, home.id, { kind: "hot-room", args: { heat: 40 }, t: ten });
    const said = readings(place, home, ten, ten + 6 * hour);
    expect(said.filter(({ temp }) => temp > 35).length).toBeGreaterThan(18);
    expect(heat.felt(ten + 6 * hour)).toBe(true);
    heat.end(ten + 6 * hour);
    expect(readings(place, home, ten + 6 * hour, ten + day).at(-1)!.temp).toBeLessThan(30);
  });
  it("gets cold where the boiler stops in a frost, and not in a mild week", () => {
    const mild = homes();
    expect(strike(mild, find(mild, up).id, { kind: "cold-room", t: ten }).begun).toEqual({
      ok: false,
      reason: expect.stringMatching(/^it is \d+ °C outside/),
    });
    const place = homes();
    const home = find(place, up);
    place.env = { ...place.env, temp: -8 };
    strike(place, home.id, { kind: "cold-room", t: ten });
    run(place, { from: ten, to: ten + 12 * hour, weather: () => ({ temp: -8, month: 1 }) });
    expect(home.temp).toBeLessThan(5);
    expect(find(place, (other) => up(other) && other.id !== home.id).temp).toBeGreaterThan(17);
  });
  it("that burns sets off the detector at once, and somebody needs help", () => {
    const place = homes();
    const home = find(place, up);
    const fire = strike(place, home.id, { kind: "fire", t: ten });
    expect(fire.begun).toEqual({ ok: true, happenings: [{ t: ten, device: home.id, event: "fire", x: {} }] });
    run(place, { from: ten, to: ten + 20 * minute });
    expect(home.temp).toBeGreaterThan(32);
    expect(ucare.outcome(place.state)).toEqual({ waited: 20, needs: 1 });
  });
});

describe("a slow decline", () => {
  it("takes three of ten movements away over three weeks, and nothing of the day's shape", () => {
    const [struck, usual] = [homes(ten, 1), homes(ten, 1)];
    for (const { id } of struck.state.homes) strike(struck, id, { kind: "slow-decline", args: { less: 30, weeks: 3 }, t: ten });
    const sums = { struck: 0, usual: 0, early: 0 };
    for (const [name, place] of [
      ["struck", struck],
      ["usual", usual],
    ] as const)
      run(place, {
        from: ten,
        to: ten + 42 * day,
        look: (t, truths) => {
          for (const { act } of truths.values()) if (t > ten + 21 * day) sums[name] += Number(act);
        },
      });
    expect(sums.struck / sums.usual).toBeGreaterThan(0.67);
    expect(sums.struck / sums.usual).toBeLessThan(0.73);
    const weak = ({ weak: _weak, act: _act, ...home }: Home) => home;
    expect(struck.state.homes.map(weak)).toEqual(usual.state.homes.map(weak));
    expect(breaches("ucare", truthsOf(struck, ten + 42 * day), struck.happenings)).toEqual([]);
  });
  it("is felt when one in twenty is missing", () => {
    const place = homes(ten, 1);
    const decline = strike(place, "uc-0001", { kind: "slow-decline", args: { less: 30, weeks: 3 }, t: ten });
    expect([decline.felt(ten + 3 * day), decline.felt(ten + 4 * day)]).toEqual([false, true]);
  });
});
