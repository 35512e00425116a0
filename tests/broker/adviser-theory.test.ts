import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestSplit, type CrossingLoad, leastGreens, meanDelay } from "../../broker/adviser/best-timing.ts";
import { controlDelay, saturationFlow, websterCycle } from "../../broker/adviser/signal-theory.ts";
import { walkTime } from "../../shared/walk-time.ts";

const crossing = (mainFlow: number, crossFlow: number, lanes = 2): CrossingLoad => ({
  main: { approaches: [{ flow: mainFlow, saturation: saturationFlow(3, 0.08), progression: 1 }], lanes: 3 },
  cross: { approaches: [{ flow: crossFlow, saturation: saturationFlow(lanes, 0.08), progression: 1 }], lanes },
  lost: 16,
});

describe("signal theory", () => {
  it("has the numbers of the books", () => {
    // L = 16 s, Y = 0.6: the worked example of the field's course notes
    expect(websterCycle(16, 0.6)).toBeCloseTo(72.5);
    expect(websterCycle(16, 0.95)).toBeUndefined();
    // 32 m: 39 s (City of Seoul)
    expect(walkTime(4.6875)).toBe(39);
    // HCM: X = 0.5, g/C = 0.5, C = 100: d1 = 0.5*100*0.25/(1-0.25) = 16.67; d2 = 225*(-0.5+sqrt(0.25+4*0.5/(900*0.25)))
    const d2 = 225 * (-0.5 + Math.sqrt(0.25 + 2 / 225));
    expect(controlDelay({ flow: 450, saturation: 1800, progression: 1 }, 100, 50)).toBeCloseTo(16.667 + d2, 2);
  });

  it("gives more green to whoever needs it, and never less than people need to cross", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 3000 }), (main, cross) => {
        const load = crossing(main, cross);
        const timing = bestSplit(load, 120);
        const least = leastGreens(load);
        expect(timing.main + timing.cross + load.lost).toBe(timing.cycle);
        expect(timing.main).toBeGreaterThanOrEqual(least.main);
        expect(timing.cross).toBeGreaterThanOrEqual(least.cross);
        expect(timing.cycle).toBe(120);
      }),
    );
    expect(bestSplit(crossing(2500, 300), 120).main).toBeGreaterThan(bestSplit(crossing(1200, 1200), 120).main);
    // no room for people: the cycle gives way
    expect(bestSplit(crossing(500, 300), 40).cycle).toBeGreaterThan(60);
  });

  it("is never worse than a plan that was made for other traffic", () => {
    const fixed = bestSplit(crossing(2600, 900), 150);
    for (const [main, cross] of [
      [500, 300],
      [1200, 1400],
      [2600, 900],
    ] as const) {
      const load = crossing(main, cross);
      expect(meanDelay(load, bestSplit(load, 150))).toBeLessThanOrEqual(meanDelay(load, fixed) + 1e-6);
    }
    expect(meanDelay(crossing(500, 300), bestSplit(crossing(500, 300), 70))).toBeLessThan(0.9 * meanDelay(crossing(500, 300), fixed));
  });
});
