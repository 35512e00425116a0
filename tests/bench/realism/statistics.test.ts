import { describe, expect, it } from "vitest";
import { createRng, normal } from "../../../simulator/random.ts";
import { createGapListener, gapValues } from "./gaps.ts";
import { judge, verdict } from "./judge.ts";
import {
  autocorrelation,
  distanceFromQuantiles,
  innerDeviation,
  mean,
  meanShape,
  quantile,
  sd,
  shareOf,
  shares,
  totalVariation,
  variance,
  variation,
} from "./statistics.ts";

const none = Number.NaN;

describe("statistics of series", () => {
  it.each([
    [mean, [1, none, 3], 2],
    [variance, [2, 4, none, 4, 4, 5, 5, 7, 9], 32 / 7],
    [sd, [1, 2, 3, 4, 5], Math.sqrt(2.5)],
    [variation, [1, none, 3], Math.SQRT2 / 2],
  ])("%o of %j is %f: what was not measured takes no part", (statistic, values, expected) => expect(statistic(values)).toBeCloseTo(expected, 9));

  it.each([
    [[4, 1, 3, 2], 0.5, 2.5],
    [[4, 1, none, 3, 2], 0, 1],
    [[4, 1, 3, 2], 1, 4],
    [[10, 20, 30, 40, 50], 0.1, 14],
    [[7], 0.9, 7],
  ])("quantile of %j at %f is %f", (values, share, expected) => expect(quantile(values, share)).toBeCloseTo(expected, 9));

  it("finds a rhythm again after its period, also where readings are missing", () => {
    const series = Array.from({ length: 960 }, (_, k) => (k % 7 === 0 ? none : Math.sin((2 * Math.PI * k) / 96)));
    expect(autocorrelation(series, 96)).toBeCloseTo(1, 2);
    expect(autocorrelation(series, 48)).toBeCloseTo(-1, 2);
    expect(Math.abs(autocorrelation(series, 24))).toBeLessThan(0.02);
    const rng = createRng(1, "white");
    expect(
      Math.abs(
        autocorrelation(
          Array.from({ length: 20_000 }, () => normal(rng)),
          1,
        ),
      ),
    ).toBeLessThan(0.02);
  });

  it.each([
    [[0.5, 0.5], [0.5, 0.5], 0],
    [[1, 0], [0, 1], 1],
    [[0.6, 0.4, 0], [0.4, 0.4, 0.2], 0.2],
  ])("total variation of %j from %j is %f", (a, b, expected) => expect(totalVariation(a, b)).toBeCloseTo(expected, 9));

  it("makes shares of counts, and the mean of shapes class by class", () => {
    expect(shares([1, 3])).toEqual([0.25, 0.75]);
    expect(meanShape([shares([1, 3]), shares([1, 1])])).toEqual([0.375, 0.625]);
    expect(shareOf([1, 5, none, 9], (value) => value > 4)).toBeCloseTo(2 / 3, 9);
  });

  it.each([
    ["the same", Array.from({ length: 1000 }, (_, k) => k / 1000), 0, 0.01],
    ["shifted by a fifth", Array.from({ length: 1000 }, (_, k) => 0.2 + (0.8 * k) / 1000), 0.19, 0.21],
    ["above all that is known", [5, 6], 0.99, 1],
    ["all in the middle", [0.5, 0.5], 0.49, 0.51],
  ])("distance from quantiles of a sample that is %s", (_, values, low, high) => {
    const uniform = [
      [0, 0],
      [0.5, 0.5],
      [1, 1],
    ] as const;
    expect(distanceFromQuantiles(values, uniform)).toBeGreaterThanOrEqual(low);
    expect(distanceFromQuantiles(values, uniform)).toBeLessThanOrEqual(high);
  });

  it("finds the deviation of noise under rare large steps", () => {
    const rng = createRng(2, "noise");
    const steps = Array.from({ length: 20_000 }, (_, k) => (k % 100 === 0 ? 50 : 0.15 * normal(rng)));
    expect(innerDeviation(steps) / 0.15).toBeCloseTo(1, 1);
    expect(sd(steps)).toBeGreaterThan(4);
  });
});

describe("silences", () => {
  const minute = 60_000;
  const heard = (minutes: readonly number[], end: number) => {
    const listener = createGapListener(0);
    for (const at of minutes) listener.hear("one", minute, at * minute);
    return listener.gaps(end * minute);
  };
  it.each([
    ["none", [1, 2, 3, 4], 4, []],
    ["one slot", [1, 3, 4], 4, [1 / 60]],
    ["from the start", [61, 62], 62, [1]],
    ["to the end", [1, 2], 122, [119 / 60]],
    ["none: a reading on change came between", [1, 1.4, 2, 3], 3, []],
  ])("are holes between the times of readings: %s", (_, minutes, end, lengths) => {
    const gaps = heard(minutes, end);
    expect(gaps.lengths).toEqual(lengths.map((hours) => expect.closeTo(hours, 9)));
    expect(gaps.sensorHours).toBeCloseTo(end / 60, 9);
  });
  it("are counted by the year and by their length", () => {
    const values = gapValues({ sensorHours: 8766, silentHours: 50, lengths: [1, 25, 24], single: 1 });
    expect(values).toMatchObject({ silent: 50 / 8766, perYear: 3, wholeDays: 2 / 3, oneSlot: 1 / 3, length50: 24 });
  });
});

describe("judging", () => {
  const band = { id: "x", text: "x", band: [1, 2, 3] as const };
  it.each([
    [band, 2.5, true, 0],
    [band, 4, false, 0.5],
    [band, 0, false, 0.5],
    [{ id: "x", text: "x", atMost: 1 }, 2, false, Number.POSITIVE_INFINITY],
    [{ id: "x", text: "x", atLeast: 1 }, 1, true, 0],
    [{ id: "x", text: "x", real: 1 }, 7, null, 0],
    [band, none, false, none],
  ])("%j at %f: inside %s, by %f", (statistic, value, inside, by) => expect(judge(statistic, [value])).toMatchObject({ inside, by }));
  it("takes the median of the seeds", () => expect(judge(band, [9, 2, 2.5]).value).toBe(2.5));
  it("passes with nine of ten inside and none far outside", () => {
    const inside = Array.from({ length: 9 }, () => judge(band, [2]));
    expect(verdict([...inside, judge(band, [4])]).passes).toBe(true);
    expect(verdict([...inside.slice(1), judge(band, [4])]).failures).toHaveLength(1);
    expect(verdict([...inside, judge(band, [6])]).failures).toHaveLength(1);
    expect(verdict([...inside, judge({ id: "y", text: "y", atMost: 1 }, [2])]).failures).toEqual(["y: pass mark missed"]);
    expect(verdict([...inside, judge(band, [none])]).failures).toEqual(["x: could not be computed"]);
  });
});
