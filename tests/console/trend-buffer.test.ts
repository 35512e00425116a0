import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTrendBuffer } from "../../console/web/trend/trend-buffer.ts";

const minute = 60_000;
const buffer = (capacity = 5000) => createTrendBuffer({ staleMs: 180_000, capacity });
const point = (t: number, v: number, n = 1) => ({ t, min: v, mean: v, max: v, n });

describe("trend buffer", () => {
  it("joins history and live tail into one line in order of time", () => {
    const trend = buffer();
    trend.fill(0, { points: [point(0, 1), point(minute, 2)], gaps: [], step: minute });
    trend.add([{ t: 2 * minute, v: 3 }]);
    expect(trend.columns.t).toEqual([0, minute, 2 * minute]);
    expect(trend.columns.mean).toEqual([1, 2, 3]);
    expect(trend.gaps()).toEqual([]);
  });

  it("ends up the same in whatever order points arrive, repeated or not", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 30 }, (_, i) => i),
          { minLength: 30 },
        ),
        fc.array(fc.nat(29)),
        (order, again) => {
          const trend = buffer();
          trend.add([...order, ...again].map((i) => ({ t: i * minute, v: i })));
          expect(trend.columns.t).toEqual(Array.from({ length: 30 }, (_, i) => i * minute));
          expect(trend.columns.mean).toEqual(Array.from({ length: 30 }, (_, i) => i));
        },
      ),
    );
  });

  it("keeps no more points than its capacity and lets the oldest go", () => {
    const trend = buffer(10);
    for (let i = 0; i < 25; i++) trend.add([{ t: i * minute, v: i }]);
    expect(trend.columns.t).toHaveLength(10);
    expect(trend.columns.mean[0]).toBe(15);
  });

  it("takes a second fill after a lost connection without doubling or losing a point", () => {
    const trend = buffer();
    trend.fill(0, { points: [0, 1, 2, 3].map((i) => point(i * minute, i)), gaps: [], step: minute });
    trend.add([{ t: 4 * minute, v: 4 }]);
    const last = trend.last() ?? 0;
    trend.fill(last, { points: [4, 5, 6].map((i) => point(i * minute, i)), gaps: [], step: minute });
    trend.add([
      { t: 6 * minute, v: 6 },
      { t: 7 * minute, v: 7 },
    ]);
    expect(trend.columns.t).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((i) => i * minute));
  });

  it("lets a bucket that begins before the cursor take the place of the points it covers", () => {
    const trend = buffer();
    trend.add([1, 2, 3, 4, 5].map((i) => ({ t: i * minute, v: i })));
    trend.fill(5 * minute, { points: [point(4 * minute, 4.5, 2), point(6 * minute, 6.5, 2)], gaps: [], step: 2 * minute });
    expect(trend.columns.t).toEqual([1, 2, 3, 4, 6].map((i) => i * minute));
  });

  it("shows a gap in the live tail once neighbours are further apart than the stale limit", () => {
    const trend = buffer();
    trend.add([
      { t: 0, v: 1 },
      { t: 3 * minute, v: 1 },
      { t: 6 * minute + 1, v: 1 },
    ]);
    expect(trend.gaps()).toEqual([{ from: 3 * minute, to: 6 * minute + 1 }]);
  });

  it("closes a gap when late readings fill it, and keeps the rest open", () => {
    const trend = buffer();
    const gap = { from: minute, to: 20 * minute };
    trend.fill(0, { points: [point(0, 1), point(minute, 1), point(20 * minute, 1)], gaps: [gap], step: minute });
    expect(trend.gaps()).toEqual([gap]);
    trend.add(Array.from({ length: 9 }, (_, i) => ({ t: (i + 2) * minute, v: 1, late: true as const })));
    expect(trend.gaps()).toEqual([{ from: 10 * minute, to: 20 * minute }]);
  });

  it("keeps a gap shorter than a history bucket, because the server told it", () => {
    const trend = buffer();
    trend.fill(0, { points: [point(0, 1, 5), point(600_000, 1, 5)], gaps: [{ from: 200_000, to: 500_000 }], step: 600_000 });
    expect(trend.gaps()).toEqual([{ from: 200_000, to: 500_000 }]);
  });

  it("keeps one point before the edge when trimmed, so that the line comes in from outside", () => {
    const trend = buffer();
    trend.add([0, 1, 2, 3].map((i) => ({ t: i * minute, v: i })));
    trend.trim(2 * minute);
    expect(trend.columns.mean).toEqual([1, 2, 3]);
  });

  it("leaves out missing values: they are never zero", () => {
    const trend = buffer();
    trend.add([
      { t: 0, v: null },
      { t: 1, v: 0 },
    ]);
    expect(trend.columns.t).toEqual([1]);
  });
});
