import { describe, expect, it } from "vitest";
import { shapeOf } from "../../console/web/widgets/spark-shape.ts";

const minute = 60_000;
const noise = [40, 10, 60, 20, 50, 0, 30];
const drawn = (least?: number) =>
  shapeOf({
    t: noise.map((_, k) => k * minute),
    v: noise,
    from: 0,
    to: noise.length * minute,
    usual: () => ({ low: 0, high: 0 }),
    ...(least === undefined ? {} : { least }),
    width: 110,
    height: 40,
  });
const spread = (shape: ReturnType<typeof shapeOf>): number => {
  const heights = shape.lines.flat().map(([, y]) => y);
  return Math.max(...heights) - Math.min(...heights);
};

describe("a small trend", () => {
  it("fills its height with what moves", () => expect(spread(drawn())).toBeCloseTo(34));
  it("is flat where nothing moves but the scale's noise", () => expect(spread(drawn(3000))).toBeLessThan(1));
  it("has a line where everything is one value", () =>
    expect(
      shapeOf({ t: [0, minute], v: [5, 5], from: 0, to: minute, usual: () => ({ low: 5, high: 5 }), width: 110, height: 40 }).lines[0]?.map(
        ([, y]) => y,
      ),
    ).toEqual([20, 20]));
});
