import { describe, expect, it } from "vitest";
import { networkOf } from "../../simulator/services/traffic/network.ts";
import type { TrafficState } from "../../simulator/services/traffic/state.ts";
import { traffic } from "../../simulator/services/traffic.ts";
import { tell } from "../support/order.ts";
import { hour, minute, monday, run, truthsOf, type World } from "../support/service-world.ts";
import { gridGround, streetWorld } from "../support/street-world.ts";
import { strike } from "../support/strike.ts";

type TrafficWorld = World<"traffic", TrafficState>;
const half7 = monday + 7.5 * hour;
/** A grid of streets on a Monday morning, twice: nothing has happened yet. */
function twins(options = {}): [TrafficWorld, TrafficWorld] {
  const made = [0, 1].map(() => streetWorld(traffic, gridGround({ columns: 4, rows: 4, ...options })));
  for (const place of made) run(place, { from: monday + 5 * hour, to: half7 });
  return made as [TrafficWorld, TrafficWorld];
}
/** A busy approach with others behind it: from the south into the crossing of column 2, row 2. */
const middle = "tx-0006-s";
const linkOf = (place: TrafficWorld, id = middle) => place.state.links[networkOf(place.sites).approachOf.get(id)!]!;
const standing = (place: TrafficWorld): number => place.state.links.reduce((sum, { queue }) => sum + queue, 0);
const delayOf = (place: TrafficWorld): number => traffic.outcome(place.state).delay!;

describe("a crash", () => {
  const [struck, usual] = twins();
  const crash = strike(struck, middle, { kind: "crash", t: half7 });
  const approach = networkOf(struck.sites).approaches[networkOf(struck.sites).approachOf.get(middle)!]!;
  const queues: number[] = [];
  let saturated = 0;
  const flow = { struck: 0, green: 0 };
  truthsOf(struck, half7);
  for (let t = half7 + minute; t <= half7 + 45 * minute; t += minute) {
    const before = linkOf(struck).queue;
    run(struck, { from: t - minute, to: t });
    run(usual, { from: t - minute, to: t });
    queues.push(linkOf(struck).queue);
    if (before > 30) {
      saturated += 1;
      flow.struck += truthsOf(struck, t).get(middle)!.volume as number;
      flow.green += approach.saturation * 60;
    } else truthsOf(struck, t);
  }
  const [crashed, ordinary] = [linkOf(struck).queue, linkOf(usual).queue];
  const [everywhere, else_] = [standing(struck), standing(usual)];

  it("makes a queue that grows on its approach and reaches the streets behind it", () => {
    expect(crash.begun).toEqual({ ok: true, happenings: [], report: [] });
    expect(ordinary).toBeLessThan(20);
    expect(crashed).toBeGreaterThan(ordinary + 50);
    expect(queues[20]!).toBeGreaterThan(queues[5]!);
    expect(everywhere - else_).toBeGreaterThan(1.15 * (crashed - ordinary));
  });
  it("lets through what the Highway Capacity Manual leaves of two lanes with one shut", () => {
    expect(saturated).toBeGreaterThan(10);
    const { cross, cycle } = struck.state.crossings[5]!.plans.am;
    const share = flow.struck / (flow.green * (cross / cycle));
    expect(share).toBeGreaterThan(0.85 * 0.35);
    expect(share).toBeLessThan(1.1 * 0.35);
  });
  it("is felt from when it first holds somebody back, and no longer than it lasts; its queue dissolves after it", () => {
    const t = half7 + 45 * minute;
    expect(crash.felt(t)).toBe(true);
    crash.end(t);
    expect(crash.felt(t)).toBe(false);
    for (const place of [struck, usual]) run(place, { from: t, to: t + 100 * minute });
    expect(linkOf(struck).queue).toBeLessThan(15);
    expect(standing(struck)).toBeLessThan(standing(usual) + 60);
  });
  it("costs vehicle-hours, and no vehicle gets lost in it", () => {
    expect(delayOf(struck) - delayOf(usual)).toBeGreaterThan(20 * 3600);
    const { entered, left, links } = struck.state;
    expect(entered - left).toBe(links.reduce((sum, { stock }) => sum + stock, 0));
  });
  it("at night holds nobody back: nobody feels it", () => {
    const place = streetWorld(traffic, gridGround({ columns: 3, rows: 3 }));
    run(place, { from: monday, to: monday + 2.5 * hour });
    const night = strike(place, "tx-0005-n", { kind: "crash", t: monday + 2.5 * hour });
    run(place, { from: monday + 2.5 * hour, to: monday + 2.5 * hour + 5 * minute });
    expect(night.felt(monday + 2.5 * hour + 5 * minute)).toBe(false);
  });
});

describe("works", () => {
  it("take a lane where there are two, and are refused where they would leave none", () => {
    const [struck, usual] = twins();
    expect(strike(struck, middle, { kind: "lane-closed", t: half7 }).begun.ok).toBe(true);
    for (const place of [struck, usual]) run(place, { from: half7, to: half7 + hour });
    expect(delayOf(struck)).toBeGreaterThan(delayOf(usual) + 3600);
    expect(strike(struck, "tx-0007-n", { kind: "lane-closed", args: { lanes: 2 }, t: half7 }).begun).toEqual({
      ok: false,
      reason: "tx-0007-n has 2 lanes: works leave one open",
    });
  });
  it("a car that has stalled for four minutes leaves no queue behind", () => {
    const [struck] = twins();
    const stalled = strike(struck, middle, { kind: "stalled-car", t: half7 });
    run(struck, { from: half7, to: half7 + 4 * minute });
    stalled.end(half7 + 4 * minute);
    const queues: number[] = [];
    run(struck, { from: half7 + 4 * minute, to: half7 + 30 * minute, every: 60, look: () => void queues.push(linkOf(struck).queue) });
    expect(Math.max(...queues)).toBeLessThan(40);
  });
});

describe("a signal out of order", () => {
  const crossing = "tx-0006-sig";
  it("says so at once, takes no plan until it is repaired, and runs by the hour again after it", () => {
    const [place] = twins();
    const fault = strike(place, crossing, { kind: "signal-fault", t: half7 });
    expect(fault.begun).toEqual({ ok: true, happenings: [], report: [crossing] });
    expect(truthsOf(place, half7).get(crossing)).toEqual({ plan: "flash" });
    for (const order of [{ op: "plan", args: { plan: "day" } }, { op: "auto" }])
      expect(tell(place, crossing, { ...order, t: half7 })).toEqual({ ok: false, reason: "the controller is out of order" });
    run(place, { from: half7, to: half7 + 20 * minute });
    expect(truthsOf(place, half7 + 20 * minute).get(crossing)).toEqual({ plan: "flash" });
    expect(fault.felt(half7 + 20 * minute)).toBe(true);
    fault.end(half7 + 20 * minute);
    expect(truthsOf(place, half7 + 20 * minute).get(crossing)?.plan).toBe("am");
    expect(tell(place, crossing, { op: "plan", args: { plan: "day" }, t: half7 + 20 * minute })).toMatchObject({ ok: true });
  });
  it("serves fewer vehicles without light than flashing, which serves fewer than a plan", () => {
    const delays = (["none", "flashing", "dark"] as const).map((shows) => {
      const [place] = twins();
      if (shows !== "none") strike(place, crossing, { kind: "signal-fault", args: { shows }, t: half7 });
      run(place, { from: half7, to: half7 + hour });
      return delayOf(place);
    });
    expect(delays[1]! - delays[0]!).toBeGreaterThan(3600);
    expect(delays[2]! - delays[1]!).toBeGreaterThan(3600);
  });
  it("is no news where it flashes already", () => {
    const [place] = twins();
    place.state.crossings[5]!.plan = "flash";
    expect(strike(place, crossing, { kind: "signal-fault", t: half7 }).begun).toEqual({ ok: false, reason: "the signal is flashing already" });
  });
});

describe("an emergency run", () => {
  it("has green ahead of it, crossing by crossing straight on, and is over after the last", () => {
    const [place] = twins();
    place.state.emergencies.next = 8e15;
    const run5 = strike(place, "tx-0006-sig", { kind: "emergency-run", args: { crossings: 2 }, t: half7 });
    expect(run5.over(half7)).toBe(false);
    run(place, { from: half7, to: half7 + 3 * minute });
    const told = place.happenings.filter(({ event, t }) => event === "preempt" && t >= half7);
    // crossings of the grid's rows are one apart, those of its columns four
    const [from, to] = told.map(({ device }) => Number(device.slice(3, 7)));
    expect([from, [1, 4].includes(Math.abs(to! - from!))]).toEqual([6, true]);
    // 400 m at 14 m/s
    expect((told[1]!.t - told[0]!.t) / 1000).toBe(29);
    expect(run5.over(half7 + 3 * minute)).toBe(true);
  });
  it("that is called off reaches no further crossing", () => {
    const [place] = twins();
    place.state.emergencies.next = 8e15;
    strike(place, "tx-0007-sig", { kind: "emergency-run", args: { crossings: 4 }, t: half7 }).end(half7);
    strike(place, "tx-0005-sig", { kind: "emergency-run", args: { crossings: 4 }, t: half7 }).end(half7);
    expect(place.state.emergencies.ahead).toEqual([]);
  });
});

describe("a school rush", () => {
  it("brings two in five vehicles more to its crossing, and no queue that stays", () => {
    const [struck, usual] = twins();
    const rush = strike(struck, "tx-0006-sig", { kind: "school-rush", t: half7 });
    const count = { struck: 0, usual: 0 };
    for (let t = half7 + minute; t <= half7 + 40 * minute; t += minute) {
      for (const [name, place] of [
        ["struck", struck],
        ["usual", usual],
      ] as const) {
        run(place, { from: t - minute, to: t });
        for (const [id, { volume }] of truthsOf(place, t))
          if (id.startsWith("tx-0006-") && t > half7 + 5 * minute) count[name] += (volume ?? 0) as number;
      }
    }
    expect(count.struck / count.usual).toBeGreaterThan(1.25);
    expect(count.struck / count.usual).toBeLessThan(1.5);
    expect(rush.felt(half7 + 40 * minute)).toBe(true);
    rush.end(half7 + 40 * minute);
    run(struck, { from: half7 + 40 * minute, to: half7 + 60 * minute });
    for (const side of ["n", "e", "s", "w"]) expect(linkOf(struck, `tx-0006-${side}`).queue).toBeLessThan(25);
  });
});
