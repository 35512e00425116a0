import { describe, expect, it } from "vitest";
import { type Preemption, takePreemptions } from "../../simulator/services/traffic/green-wave.ts";
import { networkOf } from "../../simulator/services/traffic/network.ts";
import { shares } from "../../simulator/services/traffic/parameters.ts";
import type { TrafficState } from "../../simulator/services/traffic/state.ts";
import { traffic } from "../../simulator/services/traffic.ts";
import { mean } from "../support/mean.ts";
import { breaches, day, heatAndStorm, hour, type Look, minute, monday, run, truthsOf, type World, weatherAt } from "../support/service-world.ts";
import { gridGround, realGround, streetWorld } from "../support/street-world.ts";

type TrafficWorld = World<"traffic", TrafficState>;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const waiting = (place: TrafficWorld): number => place.state.links.reduce((sum, link) => sum + link.queue, 0);
const grid = (seed = 1): TrafficWorld => streetWorld(traffic, gridGround({ columns: 4, rows: 4 }), seed);
/** Vehicles by approach and hour, and the mean speed of all readings by hour, from one midnight to the next. */
function dayOf(place: TrafficWorld, from: number): { volume: Map<string, number[]>; speed: number[] } {
  const volume = new Map<string, number[]>();
  const speeds: number[][] = Array.from({ length: 24 }, () => []);
  const look: Look<"traffic"> = (t, truths) => {
    const at = Math.floor((t - minute - from) / hour);
    for (const [id, truth] of truths) {
      if (truth.volume === undefined) continue;
      const counts = volume.get(id) ?? new Array<number>(24).fill(0);
      volume.set(id, counts);
      counts[at]! += Number(truth.volume);
      if (truth.speed !== undefined) speeds[at]!.push(Number(truth.speed));
    }
  };
  run(place, { from, to: from + day, every: 60, look });
  return { volume, speed: speeds.map(mean) };
}
const shareOf = (counts: readonly number[]): number[] => counts.map((count) => count / counts.reduce((sum, value) => sum + value, 0));
const distance = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / 2;

describe("signalised crossings", () => {
  it("stand with a detector for each way in and a controller, four or five of a district on a cabinet", () => {
    const { streets } = realGround("default");
    const sites = traffic.place(realGround("default"));
    expect(sites.map((site) => site.id)).toEqual(streets.nodes.map((node) => node.id));
    const ids = sites.flatMap((site) => site.devices.map((device) => device.id));
    expect(new Set(ids)).toEqual(
      new Set([...streets.links.map((link) => `${streets.nodes[link.to]!.id}-${link.side}`), ...sites.map((site) => `${site.id}-sig`)]),
    );
    expect(ids).toHaveLength(streets.links.length + streets.nodes.length);
    const cabinets = [...new Set(sites.map((site) => site.devices[0]!.gateway))];
    expect(cabinets.length).toBeGreaterThan(52);
    expect(cabinets.length).toBeLessThan(68);
    for (const cabinet of cabinets) {
      const members = sites.filter((site) => site.devices[0]!.gateway === cabinet);
      expect(members.length).toBeLessThanOrEqual(6);
      expect(new Set(members.map((site) => site.district)).size).toBe(1);
      expect(new Set(members.flatMap((site) => site.devices.map((device) => device.gateway))).size).toBe(1);
    }
    expect(sites[0]!.devices[0]!.meta.constants).toMatchObject({ lanes: expect.any(Number), main: expect.any(Number), heading: expect.any(Number) });
  });

  it.each([
    ["three days of a few crossings", gridGround({ columns: 5, rows: 4, metres: 700, lanes: 4 }), 0, 72],
    ["the worst hours of the whole city", realGround("default"), 52, 63],
  ])("say nothing that the contract refuses, in heat, storm and darkness too: %s", (_, on, fromHour, toHour) => {
    const place = streetWorld(traffic, on, 1, monday + fromHour * hour);
    const districts = new Set(on.plan.districts.slice(0, 3).map((district) => district.id));
    const storm = heatAndStorm(monday);
    const found: string[] = [];
    const plans = new Set<unknown>();
    run(place, {
      from: monday + fromHour * hour,
      to: monday + toHour * hour,
      weather: (t) => (storm(t).powerCut === undefined ? storm(t) : { ...storm(t), powerCut: districts }),
      every: 60,
      look: (_t, truths) => {
        found.push(...breaches("traffic", truths, []));
        for (const { volume, plan } of truths.values()) {
          if (volume !== undefined && !Number.isInteger(volume)) found.push(`count ${volume}`);
          if (plan !== undefined) plans.add(plan);
        }
      },
    });
    found.push(...breaches("traffic", new Map(), place.happenings));
    expect(found).toEqual([]);
    expect(plans).toContain("flash");
  });

  it("live the same day again from the same seed, and go on from a snapshot as if nothing had been", () => {
    const [one, two, other] = [grid(), grid(), grid(2)];
    for (const place of [one, two, other]) run(place, { from: monday, to: monday + 8 * hour + 2 * minute });
    two.state = JSON.parse(JSON.stringify(two.state));
    expect(two.state).toEqual(one.state);
    for (const place of [one, two, other]) run(place, { from: monday + 8 * hour + 2 * minute, to: monday + 2 * day });
    expect(two.state).toEqual(one.state);
    expect(two.happenings).toEqual(one.happenings);
    const [told, again, elsewhere] = [one, two, other].map((place) => [...truthsOf(place, monday + 2 * day)]);
    expect(again).toEqual(told);
    const volumes = (truths: typeof told = []): unknown[] => truths.map(([, { volume }]) => volume);
    expect(volumes(elsewhere)).not.toEqual(volumes(told));
  });

  it("lose no vehicle: what came in has left, waits at a stop line or is on its way", () => {
    const place = grid();
    for (let at = monday; at < monday + day; at += hour) {
      run(place, { from: at, to: at + hour, weather: () => ({ demand: 1.5 }) });
      const { links, entered, left } = place.state;
      for (const { stock, queue, coming } of links) expect(stock).toBe(queue + coming.reduce((sum, count) => sum + count, 0));
      expect(entered - left).toBe(links.reduce((sum, link) => sum + link.stock, 0));
    }
    expect(place.state.left).toBeGreaterThan(10_000);
  });

  it("tell no speed and no share of lorries where nobody passed, and sane speeds at night", () => {
    const place = grid();
    let empty = 0;
    run(place, {
      from: monday,
      to: monday + 5 * hour,
      every: 60,
      look: (_t, truths) => {
        for (const truth of truths.values()) {
          if (truth.volume === undefined) continue;
          expect(truth.speed === undefined).toBe(truth.volume === 0);
          expect(truth.hv === undefined).toBe(truth.volume === 0);
          if (truth.volume === 0) empty += 1;
          else expect(Number(truth.speed)).toBeGreaterThan(10);
        }
      },
    });
    expect(empty).toBeGreaterThan(1000);
    const device = place.sites.sites[0]!.devices[0]!;
    expect(traffic.observe(place.state, place.sites, device, place.env, monday + 5 * hour)).toEqual({});
  });

  it("count like Poisson at steady demand: variance of 5-minute counts about their mean", () => {
    const place = grid(4);
    const counts = new Map<string, number[]>();
    run(place, {
      from: monday,
      to: monday + 10 * hour,
      weather: () => ({ hour: 12, weekday: 2 }),
      every: 300,
      look: (_t, truths) => {
        for (const [id, { volume }] of truths) if (volume !== undefined) counts.set(id, [...(counts.get(id) ?? []), Number(volume)]);
      },
    });
    const ratios = [...counts.values()].map((values) => mean(values.map((value) => (value - mean(values)) ** 2)) / mean(values));
    expect(median(ratios)).toBeGreaterThan(0.8);
    expect(median(ratios)).toBeLessThan(1.5);
  });
});

describe("a queue that fills its link", () => {
  /** In a row of four crossings the third serves almost nobody; what its neighbours upstream and downstream feel. */
  const row = (choked: boolean): TrafficWorld => {
    const place = streetWorld(traffic, gridGround({ columns: 4, rows: 1, metres: 300, lanes: 1 }));
    const crossing = place.state.crossings[2]!;
    if (choked)
      for (const plan of ["am", "day"] as const) crossing.plans = { ...crossing.plans, [plan]: { cycle: 120, main: 6, cross: 98, offset: 0 } };
    return place;
  };
  const queueAt = (place: TrafficWorld, device: string): number => place.state.links[networkOf(place.sites).approachOf.get(device)!]!.queue;

  it("reaches the neighbour upstream, starves the one downstream, and dissolves when green returns", () => {
    const [free, choked] = [row(false), row(true)];
    for (const place of [free, choked]) run(place, { from: monday, to: monday + 12 * hour });
    const { storage } = networkOf(choked.sites).approaches[networkOf(choked.sites).approachOf.get("tx-0003-w")!]!;
    expect(queueAt(free, "tx-0003-w")).toBeLessThan(8);
    expect(queueAt(choked, "tx-0003-w")).toBeGreaterThan(0.8 * storage);
    for (const [k, link] of choked.state.links.entries()) expect(link.stock).toBeLessThanOrEqual(networkOf(choked.sites).approaches[k]!.storage);
    expect(queueAt(free, "tx-0002-w")).toBeLessThan(8);
    expect(queueAt(choked, "tx-0002-w")).toBeGreaterThan(20);
    const passed = (place: TrafficWorld): number => Number(truthsOf(place, monday + 12 * hour).get("tx-0004-w")!.volume);
    expect(passed(choked)).toBeLessThan(0.7 * passed(free));
    choked.state.crossings[2]!.plans = free.state.crossings[2]!.plans;
    run(choked, { from: monday + 12 * hour, to: monday + 27 * hour });
    expect(waiting(choked)).toBe(0);
  });

  it("does not lock the city for good: a day of far too much traffic in a storm is over by night", () => {
    const place = streetWorld(traffic, realGround("default"));
    run(place, { from: monday + 6 * hour, to: monday + 9 * hour, weather: () => ({ demand: 1.5, rainMean: 30 }) });
    expect(waiting(place)).toBeGreaterThan(2000);
    run(place, { from: monday + 9 * hour, to: monday + 27 * hour });
    expect(waiting(place)).toBeLessThan(20);
  });
});

describe("the city's day on its roads", () => {
  it("has the shape of weekdays and Sundays, slows at the peaks, and differs from road to road", () => {
    const place = streetWorld(traffic, realGround("default"), 5, monday + day);
    const tuesday = dayOf(place, monday + day);
    const sunday = dayOf(streetWorld(traffic, realGround("default"), 5, monday + 6 * day), monday + 6 * day);
    const total = ({ volume }: typeof tuesday): number[] => shares.weekday.map((_, at) => mean([...volume.values()].map((counts) => counts[at]!)));
    const real = shareOf(shares.weekday);
    expect(distance(shareOf(total(tuesday)), real)).toBeLessThan(0.04);
    expect(distance(shareOf(total(sunday)), shareOf(shares.dayOff))).toBeLessThan(0.04);
    const spread = [...tuesday.volume.values()].map((counts) => distance(shareOf(counts), shareOf(total(tuesday))));
    expect(median(spread)).toBeGreaterThan(0.05);
    expect(median(spread)).toBeLessThan(0.12);
    expect(Math.min(...tuesday.speed)).toBeGreaterThan(25);
    expect(Math.max(...tuesday.speed)).toBeLessThan(50);
    for (const peak of [8, 17]) expect(tuesday.speed[peak]).toBeLessThan(0.8 * tuesday.speed[3]!);
    const perDay = (one: typeof tuesday): number => total(one).reduce((sum, value) => sum + value, 0);
    expect(perDay(tuesday)).toBeGreaterThan(8500);
    expect(perDay(tuesday)).toBeLessThan(10_500);
    expect(perDay(sunday) / perDay(tuesday)).toBeGreaterThan(0.68);
    expect(perDay(sunday) / perDay(tuesday)).toBeLessThan(0.84);
  });
});

describe("signals out of their routine", () => {
  it("flash where there is no power, tell no cycle, serve less, and take up their plan again", () => {
    const place = grid();
    const other = grid();
    const signals = place.sites.sites.map((site) => site.devices.find((device) => device.kind === "signal")!);
    const district = signals[0]!.meta.district;
    const cut = (t: number) => (t > monday + 8 * hour && t <= monday + 9 * hour ? { powerCut: new Set([district]) } : {});
    const tell = (t: number) => signals.map((device) => traffic.observe(place.state, place.sites, device, place.env, t));
    run(other, { from: monday, to: monday + 9 * hour });
    run(place, { from: monday, to: monday + 9 * hour, weather: cut });
    for (const truth of tell(monday + 9 * hour)) expect(truth).toEqual({ plan: "flash" });
    expect(waiting(place)).toBeGreaterThan(waiting(other) + 100);
    run(place, { from: monday + 9 * hour, to: monday + 9 * hour + minute, weather: cut });
    for (const truth of tell(monday + 9 * hour + minute)) {
      expect(truth).toMatchObject({ plan: "am", cycle: expect.any(Number) });
      expect(Number(truth.cycle)).toBe(Number(truth.green_main) + Number(truth.green_cross) + 16);
    }
    run(place, { from: monday + 9 * hour + minute, to: monday + 10 * hour, weather: () => ({ powerCut: new Set(["elsewhere"]) }) });
    expect(place.state.crossings.every(({ plan }) => plan === "day")).toBe(true);
  });

  it("see a few emergency runs a day, each straight along its road from crossing to crossing", () => {
    const { sites, state } = streetWorld(traffic, realGround("default"));
    const network = networkOf(sites);
    const runs: Preemption[] = [];
    for (let t = monday + minute; t <= monday + 30 * day; t += minute) {
      const due = takePreemptions(state.emergencies, network, t);
      for (const one of due) expect(one.t > t - minute && one.t <= t && one.t % 1000 === 0).toBe(true);
      runs.push(...due);
    }
    expect(runs.length / 30).toBeGreaterThan(5);
    expect(runs.length / 30).toBeLessThan(16);
    const neighbours = (a: Preemption, b: Preemption): boolean =>
      network.approaches.some(({ crossing, ahead }) => crossing === a.crossing && network.approaches[ahead[0]]?.crossing === b.crossing);
    const goesOn = runs.filter((one, i) => runs.slice(i + 1, i + 6).some((next) => neighbours(one, next) && next.t - one.t < 130_000));
    expect(goesOn.length / runs.length).toBeGreaterThan(0.5);
  });

  it("serve the road of an emergency run more and the other less for that minute", () => {
    const [usual, wave] = [grid(), grid()];
    const from = monday + 8 * hour;
    for (const place of [usual, wave]) {
      run(place, { from: monday, to: from });
      for (const link of place.state.links) {
        link.queue += 40;
        link.stock += 40;
      }
    }
    wave.state.emergencies.ahead.push({ t: from + 10_000, crossing: 5, main: true, seconds: 40 });
    for (const place of [usual, wave]) {
      truthsOf(place, from);
      run(place, { from, to: from + minute });
    }
    const [before, now] = [truthsOf(usual, from + minute), truthsOf(wave, from + minute)];
    for (const side of ["e", "w"])
      expect(Number(now.get(`tx-0006-${side}`)!.volume)).toBeGreaterThan(Number(before.get(`tx-0006-${side}`)!.volume) + 5);
    for (const side of ["n", "s"]) expect(Number(now.get(`tx-0006-${side}`)!.volume)).toBeLessThan(Number(before.get(`tx-0006-${side}`)!.volume) - 5);
    expect(wave.happenings.slice(usual.happenings.length)).toEqual([
      { t: from + 10_000, device: "tx-0006-sig", event: "preempt", x: { seconds: 40 } },
    ]);
  });

  it("keep to the same weather as everybody: rain makes the roads slower", () => {
    const speeds = [0, 25].map((rainMean) => {
      const place = grid();
      const seen: number[] = [];
      const look: Look<"traffic"> = (_t, truths) => {
        for (const { speed } of truths.values()) if (speed !== undefined) seen.push(Number(speed));
      };
      run(place, { from: monday + 11 * hour, to: monday + 13 * hour, weather: () => ({ rainMean }), every: 60, look });
      return mean(seen);
    });
    expect(speeds[1]).toBeLessThan(0.97 * speeds[0]!);
    expect(weatherAt(monday).rainMean).toBe(0);
  });
});
