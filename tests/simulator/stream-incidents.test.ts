import { describe, expect, it } from "vitest";
import { waterAt } from "../../simulator/services/stream/state.ts";
import { stream } from "../../simulator/services/stream.ts";
import { longStream, type StreamWorld } from "../support/long-stream.ts";
import { tell } from "../support/order.ts";
import { day, hour, minute, monday, run, truthsOf } from "../support/service-world.ts";
import { strike } from "../support/strike.ts";

const noon = monday + 12 * hour;
const atNoon = (): StreamWorld => {
  const place = longStream();
  run(place, { from: monday, to: noon });
  return place;
};
const gaugesOf = (place: StreamWorld) => place.state.gauges;
const barrierOf = (place: StreamWorld, id: string) => place.state.barriers[place.state.barrierOf[id]!]!;
const gateOf = (place: StreamWorld, id: string, t: number) => truthsOf(place, t).get(id)?.gate;
const moves = (place: StreamWorld, id: string) =>
  place.happenings.flatMap(({ device, event, x }) => (device === id && event === "gate" ? [x.to] : []));

interface Course {
  readonly flows: number[][];
  readonly levels: number[][];
}
/** Minute by minute: what passes each gauge, and how high it stands there. */
function follow(place: StreamWorld, from: number, minutes: number): Course {
  const course: Course = { flows: [], levels: [] };
  for (let n = 1; n <= minutes; n++) {
    run(place, { from: from + (n - 1) * minute, to: from + n * minute });
    course.flows.push(gaugesOf(place).map(({ flow }) => flow));
    course.levels.push(gaugesOf(place).map(({ level }) => level));
  }
  return course;
}
/** Of the extra water at each gauge: its peak, m3/s, when that is, min, and how much of it there is, m3. */
const extra = (struck: Course, usual: Course) =>
  gaugesOf(longStream()).map((_, k) => {
    const flows = struck.flows.map((row, n) => row[k]! - usual.flows[n]![k]!);
    const peak = Math.max(...flows);
    return { peak, at: flows.indexOf(peak), volume: 60 * flows.reduce((sum, flow) => sum + flow, 0) };
  });

describe("a flash rise", () => {
  const [struck, usual] = [atNoon(), atNoon()];
  const rise = strike(struck, "ws-02", { kind: "flash-rise", args: { peak: 70, rise: 30 }, t: noon });
  const felt = { begin: rise.felt(noon), later: false };
  const courses = [follow(struck, noon, 20), follow(usual, noon, 20)] as const;
  felt.later = rise.felt(noon + 20 * minute);
  const rest = [follow(struck, noon + 20 * minute, 460), follow(usual, noon + 20 * minute, 460)] as const;
  const all = [0, 1].map((n) => ({ flows: [...courses[n]!.flows, ...rest[n]!.flows], levels: [...courses[n]!.levels, ...rest[n]!.levels] }));
  const waves = extra(all[0]!, all[1]!);

  it("is felt at its gauge as soon as the water is there, and not above it", () => {
    expect(felt).toEqual({ begin: false, later: true });
    expect(waves[0]).toMatchObject({ peak: 0, volume: 0 });
    // a second one at a gauge that the first has not reached yet
    const place = atNoon();
    strike(place, "ws-02", { kind: "flash-rise", t: noon });
    run(place, { from: noon, to: noon + 10 * minute });
    const second = strike(place, "ws-07", { kind: "flash-rise", t: noon + 10 * minute });
    expect(second.felt(noon + 10 * minute)).toBe(false);
  });
  it("travels downstream: each gauge sees its peak later and lower, all see the same water", () => {
    const below = waves.slice(1);
    expect(below[0]!.peak).toBeGreaterThan(0.6 * 610 * 0.7);
    for (let k = 1; k < below.length; k++) {
      expect(below[k]!.at).toBeGreaterThan(below[k - 1]!.at + 5);
      expect(below[k]!.peak).toBeLessThan(below[k - 1]!.peak);
    }
    // 13.4 km at 2.5 m/s
    expect(below.at(-1)!.at - below[0]!.at).toBeGreaterThan(70);
    // x e^(1-x) over the whole wave: e times peak times time to peak
    const volume = Math.E * 0.7 * 610 * 30 * 60;
    for (const { volume: seen } of below) expect(Math.abs(seen / volume - 1)).toBeLessThan(0.02);
  });
  it("brings the water over its watch level, and the gates of its path close before it", () => {
    const caution = struck.sites.sites[1]!.devices[0]!.meta.constants!.caution!;
    expect(Math.max(...all[0]!.levels.map((row) => row[1]!))).toBeGreaterThan(caution);
    expect(Math.max(...all[1]!.levels.map((row) => row[1]!))).toBeLessThan(caution - 2);
    const closed = struck.state.barriers.filter(({ id }) => moves(struck, id).includes("closed"));
    expect(closed.length).toBeGreaterThan(3);
  });
  it("is over by itself, and leaves the natural stream as it would have been", () => {
    expect(rise.over(noon + 30 * minute)).toBe(false);
    expect(rise.over(noon + 240 * minute)).toBe(true);
    rise.end(noon + 480 * minute);
    for (const place of [struck, usual]) run(place, { from: noon + 480 * minute, to: noon + day });
    expect(struck.state.disturbance).toBeNull();
    expect(struck.state.catchments).toEqual(usual.state.catchments);
    expect(gaugesOf(struck).map(({ level }) => level)).toEqual(gaugesOf(usual).map(({ level }) => level));
  });
});

describe("debris at a bridge", () => {
  const [struck, usual] = [atNoon(), atNoon()];
  const debris = strike(struck, "ws-04", { kind: "debris", args: { blocked: 95 }, t: noon });
  const held = [follow(struck, noon, 180), follow(usual, noon, 180)] as const;
  const felt = debris.felt(noon + 180 * minute);
  debris.end(noon + 180 * minute);
  const gone = [follow(struck, noon + 180 * minute, 600), follow(usual, noon + 180 * minute, 600)] as const;
  const difference = (course: readonly [Course, Course], n: number, k: number): number => course[0].levels[n]![k]! - course[1].levels[n]![k]!;

  it("backs the water up at its gauge, holds it back from those downstream, and reaches none above", () => {
    expect(difference(held, 179, 3)).toBeGreaterThan(0.5);
    expect(held[0].flows[60]![4]!).toBeLessThan(0.7 * held[1].flows[60]![4]!);
    expect(difference(held, 120, 4)).toBeLessThan(-0.05);
    expect(difference(held, 179, 2)).toBe(0);
    expect(felt).toBe(true);
  });
  it("is seen below the bridge too: a gate there meets the low water, not the pond", () => {
    const place = atNoon();
    const gate = place.state.barriers.find(({ reach }) => reach === 4)!;
    const before = waterAt(place.state, gate);
    strike(place, "ws-04", { kind: "debris", args: { blocked: 98 }, t: noon });
    run(place, { from: noon, to: noon + hour });
    expect(waterAt(place.state, gate)).toBeLessThan(before);
  });
  it("lets all of it go in a surge when it breaks, and then the stream is as if nothing had been", () => {
    expect(Math.max(...gone[0].flows.map((row) => row[3]!))).toBeGreaterThan(2 * gone[1].flows[0]![3]!);
    const volume = (course: readonly [Course, Course]): number => course[0].flows.reduce((sum, row, n) => sum + row[4]! - course[1].flows[n]![4]!, 0);
    expect(Math.abs((volume(held) + volume(gone)) / volume(held))).toBeLessThan(0.03);
    expect(struck.state.disturbance).toBeNull();
    expect(difference(gone, 599, 3)).toBe(0);
  });
});

describe("a pond that is let go", () => {
  it("raises the stream by centimetres, below all that is of interest, and is over when it is empty", () => {
    const place = atNoon();
    const [before] = [gaugesOf(place)[3]!.level];
    const release = strike(place, "ws-04", { kind: "release", args: { flow: 15, minutes: 40 }, t: noon });
    run(place, { from: noon, to: noon + 30 * minute });
    const { level } = gaugesOf(place)[3]!;
    expect(level).toBeGreaterThan(before + 0.1);
    expect(level).toBeLessThan(place.sites.sites[3]!.devices[0]!.meta.constants!.interest! - 0.3);
    expect([release.felt(noon + 30 * minute), release.over(noon + 30 * minute), release.over(noon + 40 * minute)]).toEqual([true, false, true]);
  });
});

describe("a gate that jams", () => {
  it("obeys neither the room nor its float, says nothing of it, and catches up when it is free", () => {
    const place = atNoon();
    const jam = strike(place, "sg-05", { kind: "gate-jam", t: noon });
    expect(jam.felt(noon)).toBe(false);
    expect(tell(place, "sg-05", { op: "close", t: noon })).toMatchObject({ ok: true });
    run(place, { from: noon, to: noon + 10 * minute });
    expect([gateOf(place, "sg-05", noon + 10 * minute), jam.felt(noon + 10 * minute)]).toEqual(["open", true]);
    expect(moves(place, "sg-05")).toEqual([]);
    jam.end(noon + 10 * minute);
    run(place, { from: noon + 10 * minute, to: noon + 12 * minute });
    expect(gateOf(place, "sg-05", noon + 12 * minute)).toBe("closed");
  });
  it("stands open under water when a flash rise comes, which the others do not, and is counted", () => {
    const count = (jams: boolean): readonly [string | undefined, Readonly<Record<string, number>>] => {
      const place = atNoon();
      const gate = place.state.barriers.find(({ reach }) => reach === 3)!.id;
      if (jams) strike(place, gate, { kind: "gate-jam", t: noon });
      strike(place, "ws-02", { kind: "flash-rise", args: { peak: 60, rise: 40 }, t: noon });
      run(place, { from: noon, to: noon + 3 * hour });
      return [gateOf(place, gate, noon + 3 * hour) as string, stream.outcome(place.state)];
    };
    const [[well, usual], [jammed, struck]] = [count(false), count(true)];
    expect([well, jammed]).toEqual(["closed", "open"]);
    expect(usual["open-under-water"]).toBe(0);
    expect(struck["open-under-water"]).toBeGreaterThan(60);
  });
});

describe("a gate whose drive fails", () => {
  it("says so at once, refuses commands, and finds its way when it is repaired", () => {
    const place = atNoon();
    const fault = strike(place, "sg-05", { kind: "gate-fault", t: noon });
    expect(fault.begun).toEqual({ ok: true, happenings: [{ t: noon, device: "sg-05", event: "gate", x: { to: "fault" } }], report: ["sg-05"] });
    run(place, { from: noon, to: noon + 5 * hour });
    expect(gateOf(place, "sg-05", noon + 5 * hour)).toBe("fault");
    expect(strike(place, "sg-05", { kind: "gate-jam", t: noon + 5 * hour }).begun).toEqual({ ok: false, reason: "the gate is out of order" });
    expect(tell(place, "sg-05", { op: "close", t: noon + 5 * hour }).ok).toBe(false);
    fault.end(noon + 5 * hour);
    run(place, { from: noon + 5 * hour, to: noon + 5 * hour + minute });
    expect(moves(place, "sg-05")).toEqual(["fault", "open"]);
  });
});

describe("people at a gate", () => {
  it("somebody who stays in the gap comes when it closes, is seen with its first word, and keeps it open until he goes", () => {
    const place = atNoon();
    const stays = strike(place, "sg-05", { kind: "stays-in-gap", args: { minutes: 4 }, t: noon });
    run(place, { from: noon, to: noon + 30 * minute });
    expect([stays.felt(noon + 30 * minute), stays.over(noon + 30 * minute)]).toEqual([false, false]);
    const closes = noon + 30 * minute;
    tell(place, "sg-05", { op: "close", t: closes });
    run(place, { from: closes, to: closes + 5000 });
    expect(truthsOf(place, closes + 5000).get("sg-05")).toMatchObject({ gate: "closing", person: true });
    run(place, { from: closes + 5000, to: closes + 3 * minute + 55_000 });
    expect(gateOf(place, "sg-05", closes + 3 * minute + 55_000)).toBe("closing");
    expect(stays.felt(closes + 3 * minute)).toBe(true);
    run(place, { from: closes + 3 * minute + 55_000, to: closes + 6 * minute });
    expect([gateOf(place, "sg-05", closes + 6 * minute), stays.over(closes + 6 * minute)]).toEqual(["closed", true]);
  });
  it("a class goes in through an open gate and comes out again; through a closed one nobody does", () => {
    const place = atNoon();
    const before = barrierOf(place, "sg-05").inside;
    const outing = strike(place, "sg-05", { kind: "school-outing", args: { people: 40 }, t: noon });
    expect(barrierOf(place, "sg-05").inside).toBe(before + 40);
    expect([outing.felt(noon + minute), outing.over(noon + minute), outing.over(noon + 2 * minute)]).toEqual([true, false, true]);
    run(place, { from: noon, to: noon + 2 * hour });
    expect(barrierOf(place, "sg-05").inside).toBeLessThan(20);
    outing.end(noon + 2 * hour);
    tell(place, "sg-05", { op: "close", t: noon + 2 * hour });
    run(place, { from: noon + 2 * hour, to: noon + 2 * hour + 2 * minute });
    expect(strike(place, "sg-05", { kind: "school-outing", t: noon + 2 * hour + 2 * minute, id: "b" }).begun).toEqual({
      ok: false,
      reason: "the gate is closed",
    });
  });
  it("who is told to leave the path in time is not on it when the water comes", () => {
    const night = (warned: boolean): number => {
      const place = atNoon();
      for (const { id } of place.state.barriers) strike(place, id, { kind: "school-outing", t: noon });
      strike(place, "ws-01", { kind: "flash-rise", args: { peak: 60, rise: 40 }, t: noon });
      run(place, { from: noon, to: noon + 5 * minute });
      if (warned) for (const { id } of place.state.barriers) tell(place, id, { op: "show", args: { text: "evacuate" }, t: noon + 5 * minute });
      run(place, { from: noon + 5 * minute, to: noon + 5 * hour });
      return stream.outcome(place.state)["on-flooded-path"]!;
    };
    const [warned, alone] = [night(true), night(false)];
    expect(alone).toBeGreaterThan(60);
    expect(warned).toBeLessThan(alone / 3);
  });
});
