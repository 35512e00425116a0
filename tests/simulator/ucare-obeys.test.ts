import { describe, expect, it } from "vitest";
import type { Truth } from "../../simulator/model.ts";
import { createRng } from "../../simulator/random.ts";
import { arrival, ring } from "../../simulator/services/ucare/call.ts";
import { activities } from "../../simulator/services/ucare/parameters.ts";
import { ucare } from "../../simulator/services/ucare.ts";
import { tell } from "../support/order.ts";
import { breaches, day, hour, minute, monday, run, truthsOf, world } from "../support/service-world.ts";

const homes = (seed = 1) => world(ucare, { city: "default", seed });
type Place = ReturnType<typeof homes>;
const told = (place: Place, id: string, event: string, from: number) =>
  place.happenings.filter((one) => one.device === id && one.event === event && one.t >= from);
const ten = monday + 10 * hour;
const everybody = (place: Place): string[] => place.state.homes.map(({ id }) => id);
const home = (place: Place, id: string) => place.state.homes.find((one) => one.id === id)!;
/** The resident of this home lies on the floor from now on. */
function knockDown(place: Place, id: string, t: number, until: number): void {
  const one = home(place, id);
  Object.assign(one, { down: until, until, bout: 8e15, visitor: false, visit: until, activity: "rest", doorCloses: 8e15, act: 0 });
  place.state.next[place.state.indexOf[id]!] = t;
}

describe("the hub of a home rings", () => {
  it.each(activities)("and is answered, or not, by somebody who does this: %s", (activity) => {
    const rng = createRng(5, activity);
    const calls = Array.from({ length: 2000 }, () => ring(rng, { activity, down: false, needsHelp: false }, 0));
    const answered = calls.filter(({ says }) => says === "ok").length / calls.length;
    const expected: Partial<Record<typeof activity, number>> = { sleep: 0.6, nap: 0.75, toilet: 0.2, wash: 0.12, out: 0 };
    expect(Math.abs(answered - (expected[activity] ?? 0.95))).toBeLessThan(0.04);
    for (const { at, says } of calls) {
      if (says === "none") expect(at).toBe(40_000);
      else expect(at).toBeLessThan(40_000);
      expect(at).toBeGreaterThanOrEqual(6000);
    }
  });
  it("in vain where somebody lies on the floor, and hears of need where there is some", () => {
    const rng = createRng(5, "floor");
    const calls = Array.from({ length: 500 }, () => ring(rng, { activity: "rest", down: true, needsHelp: true }, 0));
    expect(new Set(calls.map(({ says }) => says))).toEqual(new Set(["none"]));
    const needy = Array.from({ length: 500 }, () => ring(rng, { activity: "rest", down: false, needsHelp: true }, 0).says);
    expect(needy.filter((says) => says === "help").length).toBeGreaterThan(450);
  });
  it("while a worker takes 10 to 25 minutes to be there", () => {
    const rng = createRng(5, "way");
    const ways = Array.from({ length: 2000 }, () => arrival(rng, 0) / minute);
    expect([Math.floor(Math.min(...ways)), Math.ceil(Math.max(...ways))]).toEqual([10, 25]);
  });
});

describe("a call that the care desk makes", () => {
  it("ends in every home within 40 s with an event; nobody answers who is out", () => {
    const place = homes();
    run(place, { from: monday, to: ten });
    const out = new Set(place.state.homes.filter(({ activity }) => activity === "out").map(({ id }) => id));
    for (const id of everybody(place)) expect(tell(place, id, { op: "call", t: ten })).toEqual({ ok: true, happenings: [] });
    expect(tell(place, "uc-0001", { op: "call", t: ten })).toEqual({ ok: false, reason: "it is ringing already" });
    run(place, { from: ten, to: ten + minute });
    let answered = 0;
    for (const id of everybody(place)) {
      const [call, ...more] = told(place, id, "call", ten);
      expect(more).toEqual([]);
      expect(call!.t - ten).toBeLessThanOrEqual(40_000);
      expect(call!.x.says === "none").toBe(call!.x.result === "no-answer");
      if (out.has(id)) expect(call!.x).toEqual({ result: "no-answer", says: "none" });
      answered += Number(call!.x.result === "answered");
    }
    expect(out.size).toBeGreaterThan(50);
    expect(answered).toBeGreaterThan(0.8 * (600 - out.size));
    expect(breaches("ucare", new Map(), place.happenings)).toEqual([]);
    expect(tell(place, "uc-0001", { op: "call", t: ten + minute })).toMatchObject({ ok: true });
  });

  it("finds help needed where the button was pressed for a reason, and gets whoever answers to move", () => {
    const place = homes();
    run(place, { from: monday, to: ten });
    truthsOf(place, ten);
    const resting = place.state.homes.filter(({ activity }) => activity === "rest");
    for (const one of resting) {
      Object.assign(one, { needy: ten + hour, bout: ten + hour, until: ten + hour, visit: ten + hour });
      tell(place, one.id, { op: "call", t: ten });
    }
    run(place, { from: ten, to: ten + minute });
    const acts = truthsOf(place, ten + minute);
    const answered = resting.filter(({ id }) => told(place, id, "call", ten)[0]!.x.result === "answered");
    expect(answered.length).toBeGreaterThan(100);
    expect(answered.length).toBeLessThan(resting.length);
    for (const { id } of answered) expect(told(place, id, "call", ten)[0]!.x.says).toBe("help");
    expect(answered.filter(({ id }) => acts.get(id)?.act === 0)).toEqual([]);
    expect(resting.filter(({ id }) => Number(acts.get(id)?.act) > 0).length).toBe(answered.length);
  });
});

describe("somebody who has fallen", () => {
  it("falls about once in a home and year, while up and alone, and lies for an hour to many", () => {
    const place = homes(3);
    const since = new Map<string, number>();
    const lengths: number[] = [];
    const odd: string[] = [];
    const days = 20;
    const follow = (one: Place["state"]["homes"][number], truth: Truth<"ucare"> | undefined, t: number): void => {
      const from = since.get(one.id);
      if (one.down > 0 && from === undefined) {
        since.set(one.id, t);
        if (["sleep", "nap", "out"].includes(one.activity)) odd.push(`${one.id} fell while ${one.activity}`);
      } else if (one.down > 0) {
        if (truth?.act !== 0 || truth.away === true) odd.push(`${one.id} moved or went`);
      } else if (from !== undefined) {
        lengths.push((t - from) / hour);
        since.delete(one.id);
      }
    };
    run(place, {
      from: monday,
      to: monday + days * day,
      look: (t, truths) => place.state.homes.forEach((one) => void follow(one, truths.get(one.id), t)),
    });
    const perYear = ((lengths.length + since.size) * 365) / days / 600;
    expect(perYear).toBeGreaterThan(0.5);
    expect(perYear).toBeLessThan(1.4);
    expect(odd).toEqual([]);
    expect(Math.min(...lengths)).toBeGreaterThan(0.6);
    expect(Math.max(...lengths)).toBeGreaterThan(6);
    expect(breaches("ucare", new Map(), place.happenings)).toEqual([]);
  });

  it("does not answer, is found by the visit, and is up and moves from then on", () => {
    const place = homes();
    run(place, { from: monday, to: ten });
    truthsOf(place, ten);
    const { id } = place.state.homes.find(({ visitor, activity }) => !visitor && activity === "rest")!;
    knockDown(place, id, ten, ten + 9 * hour);
    tell(place, id, { op: "call", t: ten });
    expect(tell(place, id, { op: "visit", t: ten })).toEqual({ ok: true, happenings: [] });
    expect(tell(place, id, { op: "visit", t: ten })).toEqual({ ok: false, reason: "a worker is on the way already" });
    run(place, { from: ten, to: ten + 10 * minute - 10_000 });
    expect(told(place, id, "call", ten).map(({ x }) => x)).toEqual([{ result: "no-answer", says: "none" }]);
    expect(truthsOf(place, ten + 10 * minute - 10_000).get(id)).toMatchObject({ act: 0, away: false });
    run(place, { from: ten + 10 * minute - 10_000, to: ten + 2 * hour });
    const [visit, ...more] = told(place, id, "visit", ten);
    expect(more).toEqual([]);
    expect(visit!.x).toEqual({ result: "help" });
    expect(visit!.t - ten).toBeGreaterThanOrEqual(10 * minute);
    expect(visit!.t - ten).toBeLessThanOrEqual(27 * minute);
    expect(home(place, id).down).toBe(0);
    expect(Number(truthsOf(place, ten + 2 * hour).get(id)?.act)).toBeGreaterThan(0);
    // the worker came in and has left again
    expect(
      told(place, id, "door", ten)
        .map(({ x }) => x.to)
        .slice(0, 4),
    ).toEqual(["open", "closed", "open", "closed"]);
  });

  it("gets up again when nobody comes", () => {
    const place = homes();
    run(place, { from: monday, to: ten });
    const { id } = place.state.homes.find(({ visitor, activity }) => !visitor && activity === "rest")!;
    knockDown(place, id, ten, ten + 3 * hour);
    truthsOf(place, ten);
    run(place, { from: ten, to: ten + 3 * hour - 10_000 });
    expect(truthsOf(place, ten + 3 * hour - 10_000).get(id)?.act).toBe(0);
    run(place, { from: ten + 3 * hour - 10_000, to: ten + 4 * hour });
    expect(Number(truthsOf(place, ten + 4 * hour).get(id)?.act)).toBeGreaterThan(0);
  });
});

describe("a visit that the care desk asks for", () => {
  it("finds nobody where the resident is out, and all well elsewhere, by day and by night", () => {
    const place = homes();
    run(place, { from: monday, to: ten });
    for (const id of everybody(place)) tell(place, id, { op: "visit", t: ten });
    const seen = new Map<string, string>();
    run(place, {
      from: ten,
      to: ten + 40 * minute,
      every: 10,
      look: (_t, _truths, happened) => {
        for (const { device, event, x } of happened) {
          if (event !== "visit") continue;
          expect(seen.has(device)).toBe(false);
          seen.set(device, String(x.result));
          const { activity, down } = home(place, device);
          if (x.result === "nobody") expect([activity, down]).toEqual(["out", 0]);
        }
      },
    });
    expect(seen.size).toBe(600);
    const results = [...seen.values()];
    expect(results.filter((result) => result === "nobody").length).toBeGreaterThan(50);
    expect(results.filter((result) => result === "ok").length).toBeGreaterThan(300);
    const door = new Map<string, string>();
    const odd = place.happenings.filter(({ device, event, x }) => {
      if (event !== "door") return false;
      const before = door.get(device) ?? "closed";
      door.set(device, String(x.to));
      return before === x.to;
    });
    expect(odd).toEqual([]);
  });

  it("goes on from a snapshot as if nothing had been", () => {
    const [one, two] = [homes(), homes()];
    for (const place of [one, two]) {
      run(place, { from: monday, to: ten });
      for (const id of everybody(place)) for (const op of ["visit", "call"]) tell(place, id, { op, t: ten });
    }
    two.state = JSON.parse(JSON.stringify(two.state));
    for (const place of [one, two]) run(place, { from: ten, to: ten + 12 * hour });
    expect(two.state).toEqual(one.state);
    expect(two.happenings).toEqual(one.happenings);
  });
});
