import { describe, expect, it } from "vitest";
import { createRng } from "../../simulator/random.ts";
import { changeStatus, lawfulChanges } from "../../simulator/services/evzone/charge-point.ts";
import { chargePower, taper } from "../../simulator/services/evzone/charging.ts";
import { plugInStay } from "../../simulator/services/evzone/stay.ts";
import { evzone } from "../../simulator/services/evzone.ts";
import { breaches, day, heatAndStorm, hour, monday, run, truthsOf, weatherAt, world } from "../support/service-world.ts";

const car = { rated: 50, fast: true, onboard: 7, battery: 60, soc: 0.5 };

describe("charging power", () => {
  it.each([
    [0.2, 1],
    [0.8, 1],
    [0.9, 0.54],
    [1, 0.08],
  ])("at state of charge %f a battery takes %f of its full power", (soc, share) => expect(taper(soc)).toBeCloseTo(share, 6));
  it("is limited by charger, onboard charger and battery, whichever is least", () => {
    expect(chargePower(car)).toBe(50);
    expect(chargePower({ ...car, rated: 100 })).toBe(90);
    expect(chargePower({ ...car, fast: false, rated: 7 })).toBe(7);
    expect(chargePower({ ...car, fast: false, rated: 7, onboard: 3.3 })).toBe(3.3);
    expect(chargePower({ ...car, soc: 0.9 })).toBeCloseTo(27, 6);
  });
});

describe("a charge point", () => {
  it("refuses a change that OCPP does not know", () => {
    const point = { cp: "Available" as const, before: "Available" as const, since: 0 };
    expect(() => changeStatus(point, "Charging", 1)).toThrow("does not go from Available to Charging");
  });
});

describe("charging zones", () => {
  it("stand with a bay and a charger on one gateway each", () => {
    const { sites } = world(evzone, { city: "default" }).sites;
    const bays = sites.flatMap((site) => site.devices).filter((device) => device.kind === "bay");
    expect(sites).toHaveLength(60);
    expect(bays.length).toBeGreaterThan(360);
    expect(bays.length).toBeLessThan(440);
    expect(sites[11]?.devices.slice(0, 2).map((device) => [device.id, device.gateway])).toEqual([
      ["ev-012-b01", "gw-ev-012"],
      ["ev-012-c01", "gw-ev-012"],
    ]);
    expect(world(evzone).sites.sites.map((site) => site.devices.length)).toEqual([6, 6]);
    // the law asks how large an apartment complex is
    for (const { meta } of bays) expect(meta.constants?.households !== undefined, meta.name.en).toBe(meta.name.en.startsWith("Apartments"));
    expect(new Set(bays.flatMap(({ meta }) => meta.constants?.households ?? [])).size).toBeGreaterThan(15);
  });

  it("say nothing that the contract refuses, in heat, storm and darkness too", () => {
    const place = world(evzone, { city: "default" });
    const found: string[] = [];
    run(place, {
      from: monday,
      to: monday + 3 * day,
      weather: heatAndStorm(monday),
      look: (_t, truths, happened) => found.push(...breaches("evzone", truths, happened)),
    });
    found.push(...breaches("evzone", new Map(), place.happenings));
    expect(found).toEqual([]);
    expect(place.happenings.length).toBeGreaterThan(1000);
  });

  it("never step from one status to another that OCPP 1.6 does not allow, and their register is the integral of their power", () => {
    const place = world(evzone, { city: "default", seed: 4 });
    const before = new Map<string, { cp: string; energy: number }>();
    const wrong: string[] = [];
    const seen = new Set<string>();
    run(place, {
      from: monday,
      to: monday + day,
      every: 10,
      look: (_t, truths) => {
        for (const [id, truth] of truths) {
          if (truth.cp === undefined) continue;
          const last = before.get(id);
          const cp = String(truth.cp);
          seen.add(cp);
          const allowed = last === undefined || last.cp === cp || (lawfulChanges as Record<string, readonly string[]>)[last.cp]?.includes(cp);
          if (!allowed) wrong.push(`${id} ${last?.cp} ${cp}`);
          const energy = Number(truth.energy);
          if (last !== undefined && Math.abs(energy - last.energy - Number(truth.power) / 360) > 1e-6) wrong.push(`${id} ${energy} ${last.energy}`);
          before.set(id, { cp, energy });
        }
      },
    });
    expect(wrong).toEqual([]);
    for (const cp of ["Available", "Preparing", "Charging", "SuspendedEV", "Finishing", "Faulted"]) expect(seen).toContain(cp);
  });

  it("tell state of charge at DC chargers alone, and only while a car is connected", () => {
    const place = world(evzone, { city: "default" });
    const chargers = new Map(place.sites.sites.flatMap((site) => site.devices).map((device) => [device.id, device.meta.constants?.rated ?? 0]));
    let told = 0;
    run(place, {
      from: monday,
      to: monday + day,
      look: (_t, truths) => {
        for (const [id, truth] of truths)
          if (truth.soc !== undefined) {
            told += 1;
            expect(chargers.get(id)).toBeGreaterThanOrEqual(50);
            expect(truth.cp).not.toBe("Available");
          }
      },
    });
    expect(told).toBeGreaterThan(100);
  });

  it("are used as such zones are: by hour, by class, by length of stay", () => {
    const place = world(evzone, { city: "default" });
    const used: number[][] = Array.from({ length: 24 }, () => []);
    run(place, {
      from: monday,
      to: monday + 5 * day,
      look: (t, truths) => {
        const bays = [...truths.values()].filter((truth) => truth.occupied !== undefined);
        used[Math.floor(((t + 9 * hour) % day) / hour)]?.push(bays.filter((truth) => truth.occupied).length / bays.length);
      },
    });
    const mean = (values: readonly number[] = []) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(used[2])).toBeGreaterThan(0.25);
    expect(mean(used[20])).toBeGreaterThan(mean(used[8]));
    for (const values of used) expect(mean(values)).toBeLessThan(0.6);
    const classes = place.happenings.filter((happening) => happening.event === "in").map((happening) => happening.x.class);
    const intruders = classes.filter((name) => name === "ice").length;
    const bays = place.sites.sites.flatMap((site) => site.devices).length / 2;
    expect(intruders / bays / 5).toBeGreaterThan(0.15);
    expect(intruders / bays / 5).toBeLessThan(0.45);
    const phev = classes.filter((name) => name === "phev").length / classes.filter((name) => name === "phev" || name === "ev").length;
    expect(phev).toBeGreaterThan(0.06);
    expect(phev).toBeLessThan(0.18);
  });

  it("are held half a working day at offices, for errands in the afternoon and nights later at home, and given up at once now and then", () => {
    const rng = createRng(4, "stays");
    const hours = (kind: "office" | "apartment", at: number): number[] => {
      const bay = { kind, fast: false, lure: 1, district: "east" } as const;
      const t = monday + at * hour;
      return Array.from({ length: 4000 }, () => (plugInStay(rng, bay, weatherAt(t), t, "x").leave - t) / hour).sort((a, b) => a - b);
    };
    const share = (lengths: readonly number[], holds: (length: number) => boolean): number => lengths.filter(holds).length / lengths.length;
    const [office, afternoon, evening] = [hours("office", 8.5), hours("apartment", 15.5), hours("apartment", 20)];
    expect(office[2000]).toBeCloseTo(2.8, 0);
    expect(office[3800]).toBeCloseTo(4.8, 0);
    for (const lengths of [office, afternoon, evening]) expect(share(lengths, (length) => length < 0.25)).toBeCloseTo(0.022, 1);
    expect(share(office, (length) => length < 0.25)).toBeGreaterThan(0.01);
    expect(share(afternoon, (length) => length < 6)).toBeGreaterThan(0.45);
    expect(share(evening, (length) => length < 6)).toBeLessThan(0.25);
  });

  it("warn a combustion car at 0, 1 and 4 minutes while it stays", () => {
    const place = world(evzone, { city: "default" });
    run(place, { from: monday, to: monday + 2 * day });
    let checked = 0;
    place.happenings.forEach((entry, i) => {
      if (entry.event !== "in" || entry.x.class !== "ice") return;
      const rest = place.happenings.slice(i + 1).filter((happening) => happening.device === entry.device);
      const end = rest.findIndex((happening) => happening.event === "out");
      if (end < 0) return;
      checked += 1;
      const dwell = Number(rest[end]?.x.dwell);
      const due = [0, 60, 240].filter((seconds) => seconds < dwell);
      expect(rest.slice(0, end).map((happening) => (happening.t - entry.t) / 1000)).toEqual(due);
    });
    expect(checked).toBeGreaterThan(50);
  });

  it("live the same day again from the same seed, and go on from a snapshot as if nothing had been", () => {
    const [one, two, other] = [world(evzone), world(evzone), world(evzone, { seed: 2 })];
    for (const place of [one, two, other]) run(place, { from: monday, to: monday + 8 * hour });
    two.state = JSON.parse(JSON.stringify(two.state));
    for (const place of [one, two, other]) run(place, { from: monday + 8 * hour, to: monday + 3 * day });
    expect(two.happenings).toEqual(one.happenings);
    expect([...truthsOf(two, monday + 3 * day)]).toEqual([...truthsOf(one, monday + 3 * day)]);
    expect(other.happenings).not.toEqual(one.happenings);
  });
});
