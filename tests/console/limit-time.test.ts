import { describe, expect, it } from "vitest";
import type { Limit } from "../../console/web/trend/limits.ts";
import { levelForecast } from "../../console/web/views/service/panels/stream/level-forecast.ts";
import { forecastOf, limitTime, nextLimit } from "../../console/web/views/service/panels/stream/limit-time.ts";
import { alarmOf } from "../support/desk-rows.ts";

const minute = 60_000;
const now = Date.UTC(2026, 6, 15, 7);
const limits: readonly Limit[] = [
  { name: "caution", rank: 3, label: { ko: "주의", en: "caution" }, value: 4.2 },
  { name: "alert", rank: 2, label: { ko: "경계", en: "alert" }, value: 4.9 },
];
/** Up to the level 4 now, a reading a minute. */
const risingBy = (metres: number) => {
  const minutes = Array.from({ length: 180 }, (_, at) => at - 179);
  return { forecast: levelForecast({ t: minutes.map((at) => now + at * minute), level: minutes.map((at) => 4 + at * metres) })! };
};
const outlook = { forecast: undefined, standing: undefined, now };
const gauge = { limits, level: 4 };
const rule = alarmOf("ws-01", { rule: "stream/rising", limit: 4.9, respondBy: now + 17 * minute });
const standing = { t: now + 17 * minute, value: 4.9 };

describe("minutes to a limit", () => {
  it("follow the line that the chart draws, within its hour, and say nothing of still water", () => {
    const rising = { ...outlook, ...risingBy(0.01) };
    expect(limitTime(gauge, "caution", rising, [])).toEqual({ kind: "slope", ms: expect.closeTo(20 * minute, 0) });
    expect(limitTime(gauge, "alert", rising, [])).toEqual({ kind: "later" });
    expect(limitTime(gauge, "caution", { ...outlook, ...risingBy(0.001) }, [])).toEqual({ kind: "none" });
    expect(limitTime(gauge, "caution", outlook, [])).toEqual({ kind: "none" });
    expect(limitTime({ limits, level: Number.NaN }, "alert", rising, [])).toEqual({ kind: "none" });
  });
  it("count from the gauge's own present, not from its newest reading", () =>
    expect(limitTime(gauge, "caution", { ...outlook, ...risingBy(0.01), now: now + 3 * minute }, [])).toEqual({
      kind: "slope",
      ms: expect.closeTo(17 * minute, 0),
    }));
  it("are none left, not unknown, when the water should be there already", () =>
    expect(limitTime(gauge, "caution", { ...outlook, ...risingBy(0.02), now: now + 12 * minute }, [])).toEqual({ kind: "slope", ms: 0 }));
  it("take what the alarm rule expects where that is sooner: its own limit, and those below it", () => {
    expect(limitTime(gauge, "alert", { ...outlook, ...risingBy(0.01), standing }, [])).toEqual({ kind: "rule", ms: 17 * minute });
    expect(limitTime(gauge, "caution", { ...outlook, ...risingBy(0.01), standing }, [])).toEqual({ kind: "rule", ms: 17 * minute });
    expect(limitTime(gauge, "alert", { ...outlook, ...risingBy(0.09), standing }, [])).toEqual({ kind: "slope", ms: expect.closeTo(10 * minute, 0) });
    expect(limitTime(gauge, "alert", { ...outlook, standing: { ...standing, value: 4.2 } }, [])).toEqual({ kind: "none" });
    expect(limitTime(gauge, "alert", { ...outlook, standing: { ...standing, t: now - minute } }, [])).toEqual({ kind: "none" });
  });
  it("name the alarm of what is crossed", () => {
    const level = alarmOf("ws-01", { rule: "stream/level" });
    expect(limitTime({ limits, level: 4.3 }, "caution", outlook, [level])).toEqual({ kind: "beyond", alarm: level });
  });
});

describe("the forecast of a rule", () => {
  it("stands while its alarm is active", () => {
    expect(forecastOf("ws-01", [rule])).toEqual(standing);
    expect(forecastOf("ws-02", [rule])).toBeUndefined();
    expect(forecastOf("ws-01", [{ ...rule, active: false }])).toBeUndefined();
  });
});

describe("the next limit above a level", () => {
  it("has the same time as in the table, and only what is missing where none is known", () => {
    expect(nextLimit(gauge, { ...outlook, ...risingBy(0.01) })).toMatchObject({ limit: { name: "caution" }, ms: expect.closeTo(20 * minute, 0) });
    expect(nextLimit({ limits, level: 4.5 }, outlook)).toMatchObject({ limit: { name: "alert" }, missing: expect.closeTo(0.4), ms: undefined });
    expect(nextLimit({ limits, level: 6 }, outlook)).toBeUndefined();
    expect(nextLimit({ limits, level: Number.NaN }, outlook)).toBeUndefined();
  });
});
