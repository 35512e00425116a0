import { describe, expect, it } from "vitest";
import { clearSwing } from "../../simulator/environment/weather.ts";
import { gas } from "../../simulator/services/ucare/parameters.ts";
import { enduredTemperature, gasLevel, roomHumidity, roomTemperature } from "../../simulator/services/ucare/rooms.ts";
import { isAway } from "../../simulator/services/ucare/routine.ts";
import { ucare } from "../../simulator/services/ucare.ts";
import { breaches, day, ground, heatAndStorm, hour, minute, monday, run, truthsOf, weatherAt, world } from "../support/service-world.ts";

const comfort = { heat: 22, cool: 27, cools: true, windows: 1 };
const living = { asleep: false, home: true, powered: true };
const median = (values: readonly number[], share = 0.5): number =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;

describe("pieces of a home", () => {
  it.each([
    ["door, then quiet for ten minutes", 1000, 500, 601_000, true],
    ["door, and quiet for less", 1000, 500, 600_000, false],
    ["movement after the door", 1000, 2000, 9_000_000, false],
  ])("the hub judges %s", (_case, lastDoor, lastMotion, t, away) => expect(isAway(lastDoor, lastMotion, t)).toBe(away));

  it("keeps its warmth by the thermostat, and loses it slowly without power", () => {
    const winter = weatherAt(monday, { temp: -10, daylight: 0 });
    expect(roomTemperature(20, comfort, winter, living, 3)).toBeGreaterThan(21);
    const dark = roomTemperature(20, comfort, winter, { ...living, powered: false }, 3);
    expect(dark).toBeLessThan(18);
    expect(dark).toBeGreaterThan(14);
  });
  it.each([3, 9, 15, 18, 21])("begins a hot day at %i h where two such days before it would have brought it, windows open", (from) => {
    const summer = { ...comfort, cools: false };
    const at = (h: number) =>
      weatherAt(monday, { hour: h % 24, temp: 29.5 + clearSwing(h), daylight: Math.max(0, Math.cos(((h - 12.5) / 12) * Math.PI)) });
    const begins = enduredTemperature(summer, at(from));
    let temp = begins;
    for (let h = from; h < from + 48; h += 0.25) temp = roomTemperature(temp, summer, at(h), living, 0.25);
    expect(Math.abs(temp - begins)).toBeLessThan(0.7);
    expect(begins).toBeLessThan(35);
  });
  it("is dry in a heated winter and damp in an August without cooling", () => {
    expect(roomHumidity(22, weatherAt(monday, { temp: -5, humidity: 50 }), false)).toBeLessThan(30);
    expect(roomHumidity(30, weatherAt(monday, { temp: 29, humidity: 85 }), false)).toBeGreaterThan(70);
  });
  it("fills with a leak's gas to the alarm level within 5 to 20 minutes", () => {
    for (const leak of gas.leak) {
      let [ppm, minutes] = [6, 0];
      for (; ppm < 12_500 && minutes < 60; minutes++) ppm = gasLevel(ppm, { burner: 0, leak }, 1);
      expect(minutes).toBeGreaterThanOrEqual(5);
      expect(minutes).toBeLessThanOrEqual(20);
    }
  });
});

describe("homes", () => {
  it("are known by a number and a cell alone", () => {
    const { sites } = world(ucare, { city: "default" }).sites;
    const device = sites[146]?.devices[0];
    expect(sites).toHaveLength(600);
    expect(device).toMatchObject({ id: "uc-0147", gateway: "gw-uc-0147", meta: { name: { ko: "U-0147", en: "U-0147" } } });
    const plain = ground("default");
    const place = plain.places("ucare", 600)[146];
    expect(place && plain.cell(place)).toMatchObject({ lat: device?.meta.lat, lon: device?.meta.lon });
  });

  it("say nothing that the contract refuses, in heat, storm and darkness too", () => {
    const place = world(ucare, { city: "default" });
    const found: string[] = [];
    run(place, {
      from: monday,
      to: monday + 3 * day,
      weather: heatAndStorm(monday),
      look: (_t, truths) => found.push(...breaches("ucare", truths, [])),
    });
    found.push(...breaches("ucare", new Map(), place.happenings));
    expect(found).toEqual([]);
  });

  it("live days as old people's homes do: bursts at meals, quiet nights, gaps of some hours", () => {
    const place = world(ucare, { city: "default" });
    const byHour: number[] = new Array(24).fill(0);
    const last = new Map<string, number>();
    const longest = { day: new Map<string, number>(), night: new Map<string, number>() };
    const perHome = new Map<string, number[]>();
    run(place, {
      from: monday,
      to: monday + 5 * day,
      look: (t, truths) => {
        const clock = ((t - monday) % day) / hour;
        for (const [id, truth] of truths) {
          const act = Number(truth.act);
          byHour[Math.floor(clock)] = (byHour[Math.floor(clock)] ?? 0) + act;
          perHome.set(id, [...(perHome.get(id) ?? []).slice(-719), act]);
          if (act === 0) continue;
          const gap = (t - (last.get(id) ?? t)) / hour;
          const middle = (clock - gap / 2 + 24) % 24;
          const part = middle >= 8 && middle < 22 ? longest.day : longest.night;
          const key = `${id} ${Math.floor((t - monday) / day)}`;
          part.set(key, Math.max(part.get(key) ?? 0, gap));
          last.set(id, t);
        }
      },
    });
    const total = byHour.reduce((sum, count) => sum + count, 0);
    const perDay = total / 600 / 5;
    expect(perDay).toBeGreaterThan(400);
    expect(perDay).toBeLessThan(1250);
    const night = byHour.slice(0, 6).reduce((sum, count) => sum + count, 0) / total;
    expect(night).toBeGreaterThan(0.03);
    expect(night).toBeLessThan(0.13);
    expect(median([...longest.day.values()])).toBeGreaterThan(1.7);
    expect(median([...longest.day.values()])).toBeLessThan(5);
    expect(median([...longest.night.values()], 0.9)).toBeLessThan(8);
    for (const [id, counts] of perHome) {
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
      const variance = counts.reduce((sum, count) => sum + (count - mean) * (count - mean), 0) / counts.length;
      expect(variance / mean, `${id} is bursty, not Poisson`).toBeGreaterThan(3);
    }
  });

  it("count every bout, and no home stays silent while its resident is up and about", () => {
    const place = world(ucare, { city: "default" });
    const since = new Map<string, number>();
    const silent: string[] = [];
    const busy = new Set(["wash", "cook", "meal", "chore"]);
    run(place, {
      from: monday,
      to: monday + 2 * day,
      look: (t, truths) => {
        for (const home of place.state.homes) {
          if (Number(truths.get(home.id)?.act) > 0 || !busy.has(home.activity) || home.down > 0) since.set(home.id, t);
          else if (t - (since.get(home.id) ?? t) > 40 * minute) silent.push(home.id);
        }
      },
    });
    expect(silent).toEqual([]);
  });

  it("are away only while the resident is out, or was still after a visitor's door", () => {
    const place = world(ucare, { city: "default" });
    let [right, wrong, missed] = [0, 0, 0];
    run(place, {
      from: monday,
      to: monday + 2 * day,
      look: (t, truths) => {
        for (const home of place.state.homes) {
          const away = truths.get(home.id)?.away === true;
          if (away && home.activity === "out") right += 1;
          else if (away) wrong += 1;
          else if (home.activity === "out" && t - home.lastDoor > 15 * minute) missed += 1;
        }
      },
    });
    expect(missed).toBe(0);
    expect(wrong / right).toBeLessThan(0.05);
    expect(right / 600 / 288).toBeGreaterThan(0.04);
    expect(right / 600 / 288).toBeLessThan(0.25);
  });

  it("close every door that they open", () => {
    const place = world(ucare, { city: "default" });
    run(place, { from: monday, to: monday + 2 * day });
    const state = new Map<string, string>();
    const odd = place.happenings.filter(({ device, event, x }) => {
      if (event !== "door") return false;
      const before = state.get(device) ?? "closed";
      state.set(device, String(x.to));
      return before === x.to;
    });
    expect(odd).toEqual([]);
  });

  it("live the same days again from the same seed, and go on from a snapshot as if nothing had been", () => {
    const [one, two, other] = [world(ucare), world(ucare), world(ucare, { seed: 2 })];
    for (const place of [one, two, other]) run(place, { from: monday, to: monday + 8 * hour });
    two.state = JSON.parse(JSON.stringify(two.state));
    for (const place of [one, two, other]) run(place, { from: monday + 8 * hour, to: monday + 3 * day });
    expect(two.happenings).toEqual(one.happenings);
    expect([...truthsOf(two, monday + 3 * day)]).toEqual([...truthsOf(one, monday + 3 * day)]);
    expect(other.happenings).not.toEqual(one.happenings);
  });
});
