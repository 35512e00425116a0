import { describe, expect, it } from "vitest";
import { crestOf } from "../../console/web/views/service/panels/stream/crest.ts";

const points = (...levels: number[]) => levels.map((level, t) => ({ t, min: level, mean: level, max: level, n: 1 }));

describe("the crest of a gauge", () => {
  it("is the highest point from which the water has come down", () => {
    expect(crestOf(points(1, 2, 3, 2.5))?.t).toBe(2);
  });
  it("is not there while the water rises, stands at its highest, or has hardly moved", () => {
    expect([points(1, 2, 3), points(1, 3, 2.98), points(1, 1.05, 1), points()].map(crestOf)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
