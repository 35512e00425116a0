import { describe, expect, it } from "vitest";
import type { Environment } from "../../simulator/environment/environment.ts";
import { environment } from "../../simulator/environment/model.ts";

const minute = 60_000;
const start = Date.parse("2026-01-01T00:00:00+09:00");
const districts = ["jungang", "bungmun", "dongsan", "saeteo", "handeul", "namchon", "solnae"];
const catchments = 5;
const begin = (seed: number) => environment.init({ seed, start, districts, catchments });

/** Runs the environment over whole days and hands each minute to `see`. */
function live(seed: number, days: number, see: (env: Environment) => void): void {
  const state = begin(seed);
  for (let t = start; t < start + days * 1440 * minute; t += minute) see(environment.step(state, t));
}
const plain = (env: Environment) => ({ ...env, powerCut: [...env.powerCut] });

describe("the environment", () => {
  it("repeats itself for the same seed and differs for another", () => {
    const days = (seed: number): string => {
      const seen: unknown[] = [];
      live(seed, 3, (env) => seen.push(plain(env)));
      return JSON.stringify(seen);
    };
    const first = days(1);
    expect(days(1)).toBe(first);
    expect(days(2)).not.toBe(first);
  });

  it("goes on identically from a snapshot as JSON, at any minute of a rainy fortnight", () => {
    const summer = Date.parse("2026-07-01T00:00:00+09:00");
    const state = environment.init({ seed: 5, start: summer, districts, catchments });
    let t = summer;
    let wet = 0;
    for (let n = 0; n < 14; n++) {
      for (let k = 0; k < 1440; k++, t += minute) wet += environment.step(state, t).rainMean > 0 ? 1 : 0;
      const untouched = structuredClone(state);
      const restored = JSON.parse(JSON.stringify(state)) as typeof state;
      const on = (from: typeof state): string => JSON.stringify(Array.from({ length: 700 }, (_, k) => plain(environment.step(from, t + k * minute))));
      expect(on(restored)).toBe(on(untouched));
    }
    expect(wet).toBeGreaterThan(100);
  });

  it("rains as much as in Seoul: over years 1,000 to 1,800 mm on average, July far above January, most days dry", () => {
    const years = 5;
    let total = 0;
    const byMonth = new Array<number>(13).fill(0);
    const byDay = new Map<number, number>();
    let apart = 0;
    for (let seed = 1; seed <= years; seed++) {
      live(seed, 365, (env) => {
        total += env.rainMean / 60;
        byMonth[env.month] = (byMonth[env.month] ?? 0) + env.rainMean / 60;
        byDay.set(env.day * 100 + seed, (byDay.get(env.day * 100 + seed) ?? 0) + env.rainMean / 60);
        if (env.rainMean > 1 && Math.max(...env.rain) > 1.2 * Math.min(...env.rain)) apart += 1;
      });
    }
    expect(environment.step(begin(1), start).rain).toHaveLength(catchments);
    expect(total / years).toBeGreaterThan(1000);
    expect(total / years).toBeLessThan(1800);
    expect(byMonth[7]!).toBeGreaterThan(5 * byMonth[1]!);
    const wetDays = [...byDay.values()].filter((mm) => mm > 0.1).length / years;
    expect(wetDays).toBeGreaterThan(70);
    expect(wetDays).toBeLessThan(150);
    expect(Math.max(...byDay.values())).toBeGreaterThan(80);
    expect(apart).toBeGreaterThan(1000);
  });

  it("is as warm as Seoul: January below 1 C, August above 23 C, afternoons warmer than nights, light by day", () => {
    const beyond: unknown[] = [];
    const sums = new Map<string, { sum: number; n: number }>();
    const add = (key: string, value: number): void => {
      const held = sums.get(key) ?? { sum: 0, n: 0 };
      held.sum += value;
      held.n += 1;
      sums.set(key, held);
    };
    live(3, 365, (env) => {
      if (!(env.humidity >= 0 && env.humidity <= 100 && env.temp > -25 && env.temp < 42)) beyond.push(plain(env));
      add(`month ${env.month}`, env.temp);
      if (Math.floor(env.hour) === 15) add("afternoon", env.temp);
      if (Math.floor(env.hour) === 3) add("night", env.temp);
      if (Math.floor(env.hour) === 0 && env.daylight !== 0) beyond.push(plain(env));
      if (Math.floor(env.hour) === 12 && env.daylight < 0.3) beyond.push(plain(env));
    });
    expect(beyond).toEqual([]);
    const mean = (key: string): number => sums.get(key)!.sum / sums.get(key)!.n;
    expect(mean("month 1")).toBeLessThan(1);
    expect(mean("month 8")).toBeGreaterThan(23);
    expect(mean("afternoon") - mean("night")).toBeGreaterThan(5);
  });

  it("cuts the power of a district a few times a year, and never for long", () => {
    let cuts = 0;
    let minutes = 0;
    let before: ReadonlySet<string> = new Set();
    const years = 4;
    for (let seed = 11; seed < 11 + years; seed++) {
      live(seed, 365, (env) => {
        for (const district of env.powerCut) {
          expect(districts).toContain(district);
          minutes += 1;
          if (!before.has(district)) cuts += 1;
        }
        before = env.powerCut;
      });
    }
    expect(cuts / years / districts.length).toBeGreaterThan(0.5);
    expect(cuts / years / districts.length).toBeLessThan(6);
    expect(minutes / cuts).toBeGreaterThan(5);
    expect(minutes / cuts).toBeLessThan(60);
  });

  it("holds the day's demand from midnight to midnight, around 1 with a spread of 3 %", () => {
    const byDay = new Map<number, number>();
    let changes = 0;
    live(7, 365, (env) => {
      if ((byDay.get(env.day) ?? env.demand) !== env.demand) changes += 1;
      byDay.set(env.day, env.demand);
    });
    const values = [...byDay.values()];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length);
    expect(values).toHaveLength(365);
    expect(changes).toBe(0);
    expect(mean).toBeCloseTo(1, 2);
    expect(sd).toBeGreaterThan(0.02);
    expect(sd).toBeLessThan(0.04);
  });

  it("counts a weekend and a holiday as days off", () => {
    const dates = new Map<number, boolean>();
    live(1, 65, (env) => dates.set(env.day, env.dayOff));
    const day = (iso: string): boolean | undefined => dates.get(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
    expect(day("2026-01-01")).toBe(true);
    expect(day("2026-01-02")).toBe(false);
    expect(day("2026-01-03")).toBe(true);
    expect(day("2026-02-17")).toBe(true);
    expect(day("2026-03-02")).toBe(true);
  });
});
