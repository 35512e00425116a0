import { describe, expect, it } from "vitest";
import { evzone } from "../../simulator/services/evzone.ts";
import { tell } from "../support/order.ts";
import { breaches, day, hour, minute, monday, run, truthsOf, world } from "../support/service-world.ts";

const zones = (seed = 1) => world(evzone, { city: "default", seed });
type Place = ReturnType<typeof zones>;
/** How long intruders stay, s, by the events; `asked` says which of them the room has spoken to. */
function stays(place: Place): { dwell: number; since: number; device: string; warnings: number[] }[] {
  const open = new Map<string, { since: number; warnings: number[] }>();
  const done: { dwell: number; since: number; device: string; warnings: number[] }[] = [];
  for (const { device, event, x, t } of [...place.happenings].sort((a, b) => a.t - b.t)) {
    if (event === "in" && x.class === "ice") open.set(device, { since: t, warnings: [] });
    if (event === "warn") open.get(device)?.warnings.push(t);
    const stay = open.get(device);
    if (event !== "out" || stay === undefined) continue;
    open.delete(device);
    done.push({ dwell: (t - stay.since) / 1000, device, ...stay });
  }
  return done;
}
const share = (values: readonly boolean[]): number => values.filter(Boolean).length / values.length;

describe("a bay that the room speaks to", () => {
  it("is left by about 80 of 100 intruders within five minutes by the zone's own warnings, and by half of the rest within five minutes of the room's", () => {
    const [alone, asked] = [zones(), zones()];
    run(alone, { from: monday, to: monday + 8 * day });
    // the room speaks once, at the first full minute after the sixth of a stay
    const spoken = new Map<string, number>();
    for (let t = monday; t < monday + 8 * day; t += minute) {
      run(asked, { from: t, to: t + minute });
      for (const { id, stay } of asked.state.bays) {
        const key = `${id} ${stay?.since}`;
        if (stay?.stage !== "intruding" || stay.class !== "ice" || t + minute - stay.since < 6 * minute || spoken.has(key)) continue;
        spoken.set(key, t + minute);
        expect(tell(asked, id, { op: "warn", t: t + minute })).toMatchObject({ ok: true });
      }
    }
    const all = stays(alone);
    expect(all.length).toBeGreaterThan(600);
    expect(share(all.map(({ dwell }) => dwell <= 300))).toBeCloseTo(0.8, 1);
    const stubborn = (place: Place) => stays(place).filter(({ dwell }) => dwell > 360 + 60);
    const gone = (place: Place) => share(stubborn(place).map(({ dwell }) => dwell <= 7 * 60 + 300));
    expect(spoken.size).toBeGreaterThan(100);
    const left = stays(asked).flatMap(({ device, since, dwell }) => {
      const at = spoken.get(`${device} ${since}`);
      return at === undefined ? [] : [since + dwell * 1000 - at <= 5 * minute];
    });
    expect(share(left)).toBeGreaterThan(0.42);
    expect(share(left)).toBeLessThan(0.75);
    expect(gone(alone)).toBeLessThan(0.25);
    expect(breaches("evzone", new Map(), asked.happenings)).toEqual([]);
  });

  /** Runs until somebody of that class stands in a bay. */
  function until(place: Place, wish: (bay: Place["state"]["bays"][number]) => boolean): { id: string; t: number } {
    for (let t = monday; t < monday + 3 * day; t += 10_000) {
      run(place, { from: t, to: t + 10_000 });
      const bay = place.state.bays.find(wish);
      if (bay !== undefined) return { id: bay.id, t: t + 10_000 };
    }
    throw new Error("nobody came");
  }

  it("says so at once, with a number that counts on; the zone's own warnings come all the same", () => {
    const place = zones();
    const { id, t } = until(place, ({ stay }) => stay?.class === "ice" && stay.leave - stay.since > 20 * minute && stay.warned === 1);
    const bay = place.state.bays.find((one) => one.id === id)!;
    const { since } = bay.stay!;
    for (const n of [2, 3]) {
      expect(tell(place, id, { op: "warn", t })).toEqual({ ok: true, happenings: [{ t, device: id, event: "warn", x: { n } }] });
      // this one does not listen
      bay.stay!.leave = since + 20 * minute;
    }
    run(place, { from: t, to: since + 6 * minute });
    const warnings = place.happenings.filter(({ device, event, t: at }) => device === id && event === "warn" && at >= since);
    expect(warnings.map(({ x }) => x.n)).toEqual([1, 2, 3, 4, 5]);
    expect(warnings.map(({ t: at }) => at - since).filter((ms) => ms % minute === 0)).toEqual(expect.arrayContaining([0, minute, 4 * minute]));
  });

  it("is heard by nobody where the bay is free, and moves no car that charges", () => {
    const place = zones();
    const free = until(place, ({ stay }) => stay === null);
    expect(tell(place, free.id, { op: "warn", t: free.t })).toEqual({ ok: false, reason: "the bay is free" });
    const charging = place.state.bays.find(({ stay }) => stay?.stage === "connected")!;
    const { leave } = charging.stay!;
    for (let n = 0; n < 20; n++) tell(place, charging.id, { op: "warn", t: free.t });
    expect(charging.stay!.leave).toBe(leave);
    expect(breaches("evzone", new Map(), place.happenings)).toEqual([]);
  });

  it("shows its warning light until it is switched off or the car has gone", () => {
    const place = zones();
    const { id, t } = until(place, ({ stay }) => stay?.class === "ice" && stay.leave - stay.since > 3 * minute);
    const bay = place.state.bays.find((one) => one.id === id)!;
    const light = (): unknown => truthsOf(place, t).get(id)?.light;
    expect(light()).toBe(false);
    expect(tell(place, id, { op: "light", t })).toEqual({ ok: true, happenings: [], report: [id] });
    expect(light()).toBe(true);
    expect(tell(place, id, { op: "light-off", t })).toEqual({ ok: true, happenings: [], report: [id] });
    expect(light()).toBe(false);
    tell(place, id, { op: "light", t });
    const { leave } = bay.stay!;
    const last = leave - (leave % 10_000);
    run(place, { from: t, to: last - 10_000 });
    expect(truthsOf(place, last - 10_000).get(id)).toMatchObject({ occupied: true, light: true });
    run(place, { from: last - 10_000, to: last + 10_000 });
    expect(truthsOf(place, last + 10_000).get(id)).toMatchObject({ occupied: false, light: false });
    const free = place.state.bays.find(({ stay }) => stay === null)!;
    expect(tell(place, free.id, { op: "light", t: last + 10_000 })).toEqual({ ok: false, reason: "the bay is free" });
  });

  it("goes on from a snapshot as if nothing had been", () => {
    const [one, two] = [zones(), zones()];
    for (const place of [one, two]) {
      run(place, { from: monday, to: monday + 6 * hour });
      for (const { id } of place.state.bays) for (const op of ["warn", "light"]) tell(place, id, { op, t: monday + 6 * hour });
    }
    two.state = JSON.parse(JSON.stringify(two.state));
    for (const place of [one, two]) run(place, { from: monday + 6 * hour, to: monday + day });
    expect(two.state).toEqual(one.state);
    expect(two.happenings).toEqual(one.happenings);
  });
});
