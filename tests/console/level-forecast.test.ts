import { describe, expect, it } from "vitest";
import { aheadOf, fanLegend } from "../../console/web/views/service/panels/stream/forecast-words.ts";
import { levelForecast, passing } from "../../console/web/views/service/panels/stream/level-forecast.ts";
import { fadingRise } from "../../shared/level-course.ts";

const minute = 60_000;
const begin = Date.UTC(2026, 7, 12, 3);
/** One reading a minute. */
const readings = (count: number, level: (at: number) => number) => ({
  t: Array.from({ length: count }, (_, at) => begin + at * minute),
  level: Array.from({ length: count }, (_, at) => level(at)),
});
const steady = readings(180, (at) => 2 + 0.01 * at);
const limits = [
  { name: "alert", value: 4.1, rank: 2, label: { ko: "경계", en: "alert" } },
  { name: "serious", value: 6, rank: 1, label: { ko: "심각", en: "serious" } },
] as const;
const now = steady.t.at(-1)!;
const ask = { limits, zone: "Asia/Seoul", say: ({ en }: { en: string }) => en };
const alone = { forecast: levelForecast(steady), standing: undefined, now };

describe("the forecast of a level", () => {
  it("is the slope of the last minutes, put right by what such forecasts have been out by", () => {
    const { way, points } = levelForecast(steady)!;
    expect(way).toBe("rising");
    const half = points.find(({ minutes }) => minutes === 30)!;
    // It went straight on where the rule lets it fade: the error is always the same, and is taken off.
    expect(half.spread?.middle).toBeCloseTo(0.3 - fadingRise(0.01, 30), 6);
    expect(half.value).toBeCloseTo(3.79 + 0.3, 6);
    expect(half.high! - half.low!).toBeCloseTo(0, 6);
    expect(half.spread?.checked).toBe(180 - 30 - 3);
  });
  it("has a fan as wide as 80 % of its past errors, wider the further it looks", () => {
    let seed = 7;
    const noise = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647 - 0.5;
    };
    let level = 2;
    const wandering = readings(600, () => {
      level += 0.01 + 0.02 * noise();
      return level;
    });
    const { points } = levelForecast(wandering)!;
    const wide = points.map(({ low, high }) => (high ?? 0) - (low ?? 0));
    expect(wide[0]).toBe(0);
    expect(wide[6]!).toBeGreaterThan(wide[1]!);
    const { minutes, t, level: seen } = { minutes: 30, ...wandering };
    const { spread } = points.find((point) => point.minutes === minutes)!;
    expect(spread!.low).toBeLessThan(spread!.middle);
    expect(spread!.middle).toBeLessThan(spread!.high);
    expect(t.length).toBe(seen.length);
  });
  it("says whose the fan is beside what the alarm rule expects, and counts both from now", () => {
    const fan = (over: object) => aheadOf({ ...alone, ...over }, ask)?.mark?.lines[1];
    expect(fan({})).toMatch(/^80 % between 31 and 31 min$/);
    expect(fan({ now: now + 5 * minute })).toBe("80 % between 26 and 26 min");
    expect(fan({ standing: { t: now + 10 * minute, value: 4.1 } })).toBe("by its present slope: 80 % between 31 and 31 min");
  });
  it("is not judged by water that went another way, and has no fan where too little can be checked", () => {
    const turned = readings(200, (at) => (at < 185 ? 2 : 2 + 0.02 * (at - 185)));
    const { way, points } = levelForecast(turned)!;
    expect(way).toBe("rising");
    expect(points[6]?.spread).toBeUndefined();
    expect(points[6]?.value).toBeGreaterThan(turned.level.at(-1)!);
    expect(fanLegend({ way, points }).en).toContain("no fan");
    expect(aheadOf({ forecast: { way, points }, standing: undefined, now: turned.t.at(-1)! }, ask)?.course[6]).not.toHaveProperty("high");
  });
  it("goes on without a step where what can be checked ends", () => {
    // rising ever faster for 40 minutes: ten minutes ahead can be checked, half an hour cannot
    const { points } = levelForecast(readings(200, (at) => 2 + 0.0008 * Math.max(0, at - 160) ** 2))!;
    const unchecked = points.findIndex(({ spread }) => spread === undefined);
    expect(unchecked).toBeGreaterThan(1);
    for (let at = 1; at < points.length; at++) expect(points[at]!.value).toBeGreaterThan(points[at - 1]!.value);
  });
  it("expects nothing of still water, and is not made of too few readings", () => {
    const still = levelForecast(readings(60, (at) => 1 + 0.001 * (at % 2)))!;
    expect(still.way).toBe("still");
    expect(still.points.at(-1)!.value).toBeCloseTo(1, 2);
    expect(levelForecast(readings(3, () => 1))).toBeUndefined();
  });
  it("takes no error across a gap", () => {
    const whole = levelForecast(steady)!.points[12]!.spread!.checked;
    const holed = { t: steady.t.filter((_, at) => at < 90 || at > 120), level: steady.level.filter((_, at) => at < 90 || at > 120) };
    expect(levelForecast(holed)!.points[12]!.spread!.checked).toBeLessThan(whole - 31);
  });
});

describe("the limit that comes next", () => {
  it("is where the line meets it, between the edges of the fan", () => {
    const forecast = levelForecast(steady)!;
    expect(passing(forecast, 4.1).minutes).toBeCloseTo(31, 3);
    expect(passing(forecast, 6)).toEqual({ minutes: undefined, earliest: undefined, latest: undefined });
    const mark = aheadOf(alone, ask)?.mark;
    expect(mark).toMatchObject({ value: 4.1, title: "alert 4.10 m in 31 min" });
    expect(mark?.lines[0]).toContain("by its present slope");
  });
  it("is what the room's rule expects where that is sooner, until its time has passed", () => {
    const standing = { t: now + 12 * minute, value: 4.1 };
    expect(aheadOf({ ...alone, standing }, ask)?.mark).toMatchObject({ t: standing.t, title: "alert 4.10 m in 12 min" });
    expect(aheadOf({ ...alone, standing }, ask)?.mark?.lines[0]).toContain("by the alarm rule");
    expect(aheadOf({ ...alone, standing: { ...standing, t: now - minute } }, ask)?.mark?.lines[0]).toContain("by its present slope");
    expect(aheadOf({ forecast: undefined, standing, now }, ask)).toMatchObject({ course: [], mark: { value: 4.1 } });
  });
});
