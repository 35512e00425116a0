import { describe, expect, it } from "vitest";
import { dayStart, extent, timeTicks, valueAxis } from "../../console/web/trend/axis.ts";
import { breaksOf, gapsSince, joinGaps, openGap, splitGap } from "../../console/web/trend/gaps.ts";
import { eventMarks, qualityRuns } from "../../console/web/trend/lanes.ts";
import { isCrossed, nameBox } from "../../console/web/trend/limit-names.ts";
import { crossed, limitsOf } from "../../console/web/trend/limits.ts";

const line = (t: number, what = "gate", n = 1) => ({ n, t, service: "stream", device: "ws-1", what, x: {} });

it("before a city began nobody was silent in it; a silence after it is a gap", () => {
  expect(gapsSince([{ from: 0, to: 1000 }], 1000, 60)).toEqual([]);
  // the first reading comes soon after the beginning
  expect(gapsSince([{ from: 0, to: 1050 }], 1000, 60)).toEqual([]);
  expect(
    gapsSince(
      [
        { from: 0, to: 1200 },
        { from: 2000, to: 2100 },
      ],
      1000,
      60,
    ),
  ).toEqual([
    { from: 1000, to: 1200 },
    { from: 2000, to: 2100 },
  ]);
});

describe("gaps", () => {
  it("joins what overlaps or touches and drops what is empty", () => {
    expect(
      joinGaps([
        { from: 5, to: 9 },
        { from: 0, to: 3 },
        { from: 3, to: 6 },
        { from: 20, to: 20 },
      ]),
    ).toEqual([{ from: 0, to: 9 }]);
  });
  it("leaves of a split gap only pieces longer than the stale limit", () => {
    expect(splitGap({ from: 0, to: 100 }, [5, 10, 60], 20)).toEqual([
      { from: 10, to: 60 },
      { from: 60, to: 100 },
    ]);
  });
  it("breaks the line exactly where a gap lies between two points", () => {
    expect([
      ...breaksOf(
        [0, 10, 20, 30, 40],
        [
          { from: 10, to: 20 },
          { from: 32, to: 38 },
        ],
      ),
    ]).toEqual([2, 4]);
  });
  it("opens towards now only when the last reading is older than the limit", () => {
    expect(openGap(0, 180, 180)).toBeUndefined();
    expect(openGap(0, 181, 180)).toEqual({ from: 0, to: 181 });
    expect(openGap(undefined, 181, 180)).toBeUndefined();
  });
});

describe("a limit's name", () => {
  const plot = { left: 0, right: 200, top: 0, bottom: 100 };
  const asked = { at: 50, width: 40, height: 12, plot, taken: [] };
  const point = (x: number, y: number, spread = 0) => ({ x, y, top: y - spread, bottom: y + spread });

  it("stands left on its line while the curve leaves it room", () => {
    expect(nameBox({ ...asked, curve: [point(0, 90), point(200, 70)] })).toMatchObject({ left: 6, bottom: 49 });
  });
  it("keeps out of the curve's way: further right on the line, else under it", () => {
    // the curve falls through the left half, drawn as two points only
    const falling = [point(0, 40), point(60, 48), point(100, 90), point(200, 90)];
    const box = nameBox({ ...asked, curve: falling })!;
    expect(box.left).toBeGreaterThan(60);
    expect(box.bottom).toBe(49);
    expect(isCrossed(box, falling)).toBe(false);
    const along = [point(0, 44), point(200, 44)];
    expect(nameBox({ ...asked, curve: along })).toMatchObject({ left: 6, top: 51 });
    // neither on the line nor under it: then as if there were no curve
    expect(nameBox({ ...asked, curve: [0, 50, 100, 150, 200].map((x) => point(x, 50, 40)) })).toMatchObject({ left: 6, bottom: 49 });
  });
  it("is left out where another one stands and there is no other place", () => {
    const full = [point(0, 50, 45), point(200, 50, 45)];
    const taken = [{ left: 6, right: 46, top: 36, bottom: 48 }];
    expect(nameBox({ ...asked, width: 188, curve: full, taken })).toBeUndefined();
    expect(nameBox({ ...asked, curve: [], taken })!.left).toBeGreaterThanOrEqual(46);
  });
});

describe("axes", () => {
  it("puts time marks on round hours of the city, not of UTC", () => {
    const from = Date.parse("2026-07-02T08:26:00Z");
    const ticks = timeTicks(from, from + 24 * 3_600_000, 860, "Asia/Seoul");
    expect(ticks[0]).toEqual({ t: Date.parse("2026-07-02T09:00:00Z"), text: "18:00" });
    expect(ticks.map(({ text }) => text)).toContain("7/3");
    expect(ticks.length).toBeLessThanOrEqual(10);
  });
  it("begins the day at midnight of the zone", () => {
    expect(dayStart(Date.parse("2026-07-02T15:30:00Z"), "Asia/Seoul")).toBe(Date.parse("2026-07-02T15:00:00Z"));
    expect(dayStart(Date.parse("2026-07-02T14:59:00Z"), "Asia/Seoul")).toBe(Date.parse("2026-07-01T15:00:00Z"));
  });
  it("has round value marks round the data and never leaves the physical range without cause", () => {
    const axis = valueAxis(0, 0.93, 0.02, [0, 1]);
    expect(axis).toMatchObject({ min: 0, max: 1, step: 0.2, decimals: 1 });
    expect(valueAxis(2.001, 2.003, 0.02, [-5, 30]).max - valueAxis(2.001, 2.003, 0.02, [-5, 30]).min).toBeGreaterThanOrEqual(0.02);
  });
  it("falls back to the physical range when there is nothing to see", () => {
    expect(valueAxis(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, [0, 100])).toMatchObject({ min: 0, max: 100 });
  });
  it("measures only what lies in the window", () => {
    expect(extent([0, 1, 2], [5, 6, 7], [8, 9, 99], 0, 1)).toEqual([5, 9]);
  });
});

describe("quality and event lanes", () => {
  const columns = (q: (string | undefined)[]) => {
    const t = q.map((_, i) => i * 60);
    return { t, mean: t, min: t, max: t, width: t.map(() => 0), q };
  };
  it("makes one stretch of neighbours of like quality", () => {
    expect(qualityRuns(columns([undefined, "est", "man", "good", "bad", "sat"]), 60)).toEqual([
      { from: 60, to: 180, mark: "est", words: ["est", "man"] },
      { from: 240, to: 360, mark: "bad", words: ["bad", "sat"] },
    ]);
  });
  it("does not let one bad reading reach across a gap", () => {
    const held = { ...columns(["bad", undefined]), t: [0, 10_000] };
    expect(qualityRuns(held, 60)).toEqual([{ from: 0, to: 60, mark: "bad", words: ["bad"] }]);
  });
  it("counts like events that stand on one another and never lets labels overlap", () => {
    const words = { text: (l: { what: string }) => l.what, width: () => 30, end: 200 };
    const marks = eventMarks([line(10), line(12), line(60, "back"), line(90, "silent"), line(198, "gate")], (t) => t, words);
    expect(marks.map(({ text, count }) => [text, count])).toEqual([
      ["gate ×2", 2],
      ["back", 1],
      ["silent", 1],
      ["gate", 1],
    ]);
    const spans = marks.flatMap(({ label }) => (label === undefined ? [] : [[label, label + 30] as const])).sort((a, b) => a[0] - b[0]);
    for (let i = 1; i < spans.length; i++) expect(spans[i]![0]).toBeGreaterThanOrEqual(spans[i - 1]![1]);
  });
});

describe("limits", () => {
  const limits = limitsOf({ datum: 30.1, serious: 7.15, caution: 5.1, alert: 6 });
  it("come from the device's own constants, lowest first, ranked by priority", () => {
    expect(limits.map(({ name, rank }) => [name, rank])).toEqual([
      ["caution", 3],
      ["alert", 2],
      ["serious", 1],
    ]);
  });
  it("counts a limit as crossed from its value on", () => {
    expect(crossed(limits, 5.09)).toBeUndefined();
    expect(crossed(limits, 6)?.name).toBe("alert");
  });
});
