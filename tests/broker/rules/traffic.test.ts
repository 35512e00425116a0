import { describe, expect, test } from "vitest";
import { serviceOf } from "../../../shared/services/index.ts";
import { birth, type DetectWorld, day, detectWorld, hour, minute, start } from "../../support/detect-world.ts";

const traffic = serviceOf("traffic")!;
const approach = (d: string) => birth(d, "approach", { site: "tx-1", gateway: "gw-1", constants: { lanes: 2, main: 1, heading: 0 } });
const crossing = (): DetectWorld =>
  detectWorld({
    service: traffic,
    devices: [approach("tx-1-n"), approach("tx-1-s"), birth("tx-1-sig", "signal", { site: "tx-1", gateway: "gw-1" })],
  });
const chance = (t: number, n: number): number => (((t / minute) * 37 + n * 11) % 101) / 101 - 0.5;
interface Minute {
  readonly speed?: number;
  readonly queue?: number;
}
const vehicles = (t: number, n: number, { speed = 38, queue = 12 }: Minute = {}) => ({
  volume: Math.round(12 + 6 * chance(t, n)),
  occ: Math.round(1000 * (0.12 + 0.04 * chance(t, n + 3))) / 1000,
  speed: Math.round(10 * (speed + 5 * chance(t, n + 7))) / 10,
  queue: Math.max(0, Math.round(queue + 6 * chance(t, n + 5))),
  hv: 0.05,
});
function live(place: DetectWorld, to: number, south: (t: number) => Minute = () => ({}), plan: (t: number) => string = () => "day"): void {
  place.keep("tx-1-n", [start + minute, start + to], 60, (t) => vehicles(t, 0));
  place.keep("tx-1-s", [start + minute, start + to], 60, (t) => vehicles(t, 1, south(t - start)));
  place.keep("tx-1-sig", [start + minute, start + to], 600, (t) => ({
    plan: plan(t - start),
    cycle: 120,
    green_main: 54,
    green_cross: 50,
    offset: 0,
  }));
  place.until(start + to);
}
const during = (t: number, from: number, to: number): boolean => t > from && t <= to;

describe("slower than usual", () => {
  test("an accident on the fifth day is an alarm at the approach that it blocks", () => {
    const place = crossing();
    live(place, 5 * day, (t) => (during(t, 4 * day + 10 * hour, 4 * day + 11 * hour) ? { speed: 9 } : {}));
    expect(place.findings.map(({ what, rule, device }) => [what, rule.id, device])).toEqual([
      ["raised", "slow", "tx-1-s"],
      ["cleared", "slow", "tx-1-s"],
    ]);
  });
  test("the same rush hour every day is none, and a detector whose speed stands still is the sensor's", () => {
    const rush = crossing();
    live(rush, 6 * day, (t) => ({ speed: during(t % day, 8 * hour, 9 * hour) ? 18 : 38 }));
    expect(rush.told()).toEqual([]);
    const stuck = crossing();
    live(stuck, 4 * day + 8 * hour);
    stuck.keep("tx-1-s", [start + 4 * day + 8 * hour + minute, start + 4 * day + 12 * hour], 60, (t) => ({ ...vehicles(t, 1), speed: 9 }));
    for (const t of [0, 1])
      stuck.keep(t === 0 ? "tx-1-n" : "tx-1-sig", [start + 4 * day + 8 * hour + minute, start + 4 * day + 12 * hour], t === 0 ? 60 : 600, (at) =>
        t === 0 ? vehicles(at, 0) : { plan: "day", cycle: 120 },
      );
    stuck.until(start + 4 * day + 12 * hour);
    expect(stuck.standing()).toContain("stuck");
  });
});

describe("long queue", () => {
  test("beyond LOS FF on both lanes for ten minutes is an alarm, to the crossing upstream a graver one", () => {
    const place = crossing();
    live(place, 4 * hour, (t) => ({ queue: during(t, hour, 2 * hour) ? 130 : during(t, 2 * hour, 3 * hour) ? 168 : 12 }));
    expect(place.findings.filter(({ rule }) => rule.id === "spillback").map(({ what, priority }) => [what, priority])).toEqual([
      ["raised", 3],
      ["priority", 2],
      ["cleared", 2],
    ]);
  });
  test("for five minutes, or of an ordinary rush hour, is none", () => {
    const place = crossing();
    live(place, 4 * hour, (t) => ({ queue: during(t, hour, hour + 5 * minute) ? 130 : during(t, 2 * hour, 3 * hour) ? 60 : 12 }));
    expect(place.told()).toEqual([]);
  });
});

describe("signal", () => {
  test("that flashes for a quarter of an hour is an alarm; by a plan of the day it is none", () => {
    const place = crossing();
    live(place, 3 * hour, undefined, (t) => (during(t, hour, hour + 30 * minute) ? "flash" : "day"));
    expect(place.raised()).toEqual(["flashing"]);
    const calm = crossing();
    live(calm, 3 * hour, undefined, (t) => (t < hour ? "night" : "am"));
    expect(calm.raised()).toEqual([]);
  });
  test("an emergency green wave is told, not alarmed", () => {
    const place = crossing();
    place.event("tx-1-sig", start + hour, "preempt", { seconds: 30 });
    live(place, 2 * hour);
    expect(place.findings.map(({ rule, what }) => [rule.id, rule.outcome, what])).toEqual([
      ["preempt", "event", "raised"],
      ["preempt", "event", "cleared"],
    ]);
  });
});
