import { describe, expect, it } from "vitest";
import { cropAround, placeIn } from "../../console/web/map/crop.ts";
import { heapsOf } from "../../console/web/map/heaps.ts";
import type { Position } from "../../shared/city-plan.ts";

const trucks: readonly Position[] = [
  [127.012, 37.403],
  [127.061, 37.421],
  [127.033, 37.391],
];

describe("a part of the plan as a picture", () => {
  it("holds all that it is about, whatever its shape, with room at the edge", () => {
    for (const [width, height] of [
      [1300, 260],
      [390, 500],
      [600, 600],
    ] as const) {
      const crop = cropAround(trucks, width, height);
      if (crop === undefined) throw new Error("no picture");
      for (const [x, y] of trucks.map(placeIn(crop))) {
        expect(x).toBeGreaterThan(0.04 * width);
        expect(x).toBeLessThan(0.96 * width);
        expect(y).toBeGreaterThan(0.04 * height);
        expect(y).toBeLessThan(0.96 * height);
      }
    }
  });
  it("stands still while they move by some metres, and is not nearer than told", () => {
    const moved = trucks.map(([lon, lat]): Position => [lon + 0.0004, lat - 0.0004]);
    expect(cropAround(moved, 800, 300)).toEqual(cropAround(trucks, 800, 300));
    expect(cropAround([[127, 37.4]], 800, 300, 4000)?.across).toBeGreaterThanOrEqual(4000);
  });
  it("is none without anything to show, or without room", () => {
    expect(cropAround([], 800, 300)).toBeUndefined();
    expect(cropAround(trucks, 0, 0)).toBeUndefined();
  });
  it("has north above and east to the right, in true proportion", () => {
    const place = placeIn({ lat: 37.4, lon: 127, across: 1000, width: 500, height: 200 });
    expect(place([127, 37.4])).toEqual([250, 100]);
    expect(place([127, 37.4 + 100 / 111_320])[1]).toBeCloseTo(50);
    expect(place([127 + 100 / 111_320 / Math.cos((37.4 * Math.PI) / 180), 37.4])[0]).toBeCloseTo(300);
  });
});

describe("marks that would lie over each other", () => {
  it("are one heap, in the place of the first, and each is in one heap alone", () => {
    const at = (of: string, x: number, y = 0) => ({ x, y, of });
    const heaps = heapsOf([at("a", 0), at("b", 40), at("c", 5), at("d", 12.9), at("e", 40, 20)], 13);
    expect(heaps).toEqual([
      { x: 0, y: 0, of: ["a", "c", "d"] },
      { x: 40, y: 0, of: ["b"] },
      { x: 40, y: 20, of: ["e"] },
    ]);
  });
});
