import { describe, expect, it } from "vitest";
import { type ArmFacts, armsOf, laneMiddle, standing, stripes } from "../../console/web/views/service/panels/traffic/crossing-shape.ts";
import { signalNow } from "../../console/web/views/service/panels/traffic/signal-now.ts";
import { phaseAt } from "../../console/web/views/service/panels/traffic/signal-phase.ts";

const timing = { cycle: 100, main: 50, cross: 34, offset: 10 };
const ask = { timing, plan: "day", isFresh: true, rate: 1, secondOfDay: 12, lanes: { main: 3, cross: 1 } };

describe("the phase of a timing", () => {
  it("begins main green at the offset, cross green half of the lost time after it, and is all red between", () => {
    expect(phaseAt(timing, 10)).toEqual({ road: "main", since: 0, left: 50 });
    expect(phaseAt(timing, 59)).toMatchObject({ road: "main", left: 1 });
    expect(phaseAt(timing, 60)).toEqual({ road: undefined, since: 0, left: 8 });
    expect(phaseAt(timing, 68)).toEqual({ road: "cross", since: 0, left: 34 });
    // Cross green ends at 102, in the next cycle.
    expect(phaseAt(timing, 101)).toMatchObject({ road: "cross", left: 1 });
    expect(phaseAt(timing, 104)).toEqual({ road: undefined, since: 2, left: 6 });
    expect(phaseAt(timing, 110 + 700 * 100)).toMatchObject({ road: "main", since: 0 });
  });
  it("never gives two roads green, and shares out the whole cycle", () => {
    const seconds = { main: 0, cross: 0, none: 0 };
    for (let s = 0; s < 100; s++) seconds[phaseAt(timing, s).road ?? "none"]++;
    expect(seconds).toEqual({ main: 50, cross: 34, none: 16 });
  });
});

describe("what is said of the lights", () => {
  it("lets people over the road that has red, for as long as they need", () => {
    // Over the cross road of one lane each way: 7 s + 6.4 m + 2 m, from the begin of main green.
    expect(signalNow(ask)).toMatchObject({ kind: "phase", walks: "cross", walkLeft: 14 });
    expect(signalNow({ ...ask, secondOfDay: 30 })).toMatchObject({ kind: "phase", walks: undefined });
    expect(signalNow({ ...ask, secondOfDay: 70 })).toMatchObject({ walks: "main", walkLeft: 27 });
    expect(signalNow({ ...ask, lanes: { main: 3, cross: 0 } })).toMatchObject({ walks: undefined });
  });
  it("claims no phase that nobody knows", () => {
    expect(signalNow({ ...ask, isFresh: false }).kind).toBe("silent");
    expect(signalNow({ ...ask, plan: "flash" }).kind).toBe("flashing");
    expect(signalNow({ ...ask, timing: undefined }).kind).toBe("unknown");
    expect(signalNow({ ...ask, rate: 60 }).kind).toBe("fast");
  });
});

describe("the crossing from above", () => {
  const from = (side: ArmFacts["side"], heading: number, lanes = 2, isMain = true): ArmFacts => ({ side, heading, lanes, isMain });
  const [west, north] = armsOf([from("w", 90), from("n", 180, 1, false)], 600, 400);
  it("draws an approach where it comes from, with its vehicles on the right", () => {
    const waiting = west!.at(west!.stop, laneMiddle(0));
    expect(waiting.x).toBeLessThan(300);
    expect(waiting.y).toBeGreaterThan(200);
    const above = north!.at(north!.stop, laneMiddle(0));
    expect(above.x).toBeLessThan(300);
    expect(above.y).toBeLessThan(200);
  });
  it("is as wide as the roads that cross in it, and has stripes over the whole of a road", () => {
    expect(north!.mouth).toBeGreaterThan(west!.mouth);
    expect(stripes(west!).length).toBeGreaterThan(stripes(north!).length);
  });
  it("draws as many vehicles as stand there, says how many are further away, and none that is not known", () => {
    expect(standing(west!, 7)).toMatchObject({ beyond: 0 });
    expect(standing(west!, 7).paths).toHaveLength(7);
    const long = standing(west!, 90);
    expect(long.paths.length + long.beyond).toBe(90);
    expect(long.beyond).toBeGreaterThan(0);
    expect(standing(west!, Number.NaN)).toEqual({ paths: [], beyond: 0 });
    // Two lanes are filled side by side, to scale: 7 m a vehicle.
    const start = ([path = ""]: readonly string[]) => Number(path.slice(1).split(" ")[0]);
    const paths = standing(west!, 4).paths;
    expect(start([paths[0]!])).toBe(start([paths[1]!]));
    const metre = (west!.at(0, 0).x - west!.at(10, 0).x) / 10;
    expect((start([paths[1]!]) - start([paths[2]!])) / metre).toBeCloseTo(7, 1);
  });
});
