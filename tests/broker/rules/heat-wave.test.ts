import { describe, expect, it } from "vitest";
import { ucare } from "../../../shared/services/ucare.ts";
import { birth, type DetectWorld, day, detectWorld, hour, minute, start } from "../../support/detect-world.ts";
import { proveRules } from "../../support/rule-stories.ts";

const rules = ucare.rules.filter(({ when }) => when.kind === "many");
/** Forty homes of a district and ten of another one. */
const homes = Array.from({ length: 50 }, (_, n) => `uc-${String(n).padStart(2, "0")}`);
const districtOf = (n: number): string => (n < 40 ? "north" : "south");
const world = (): DetectWorld => detectWorld({ service: ucare, devices: homes.map((id, n) => birth(id, "home", { district: districtOf(n) })) });
/** Each home says its temperature every ten minutes, at a minute of its own; numbers wander by a last digit, as sensors do. */
function live(w: DetectWorld, temp: (n: number, t: number) => number | undefined): void {
  for (const [n, id] of homes.entries())
    for (let t = (n % 10) * minute; t <= 1.2 * day; t += 10 * minute) {
      const said = temp(n, t);
      if (said !== undefined)
        w.say(id, start + t, { act: 3, away: false, temp: said + (Math.floor(t / (10 * minute)) % 2) / 10, hum: 45, lux: 120, gas: 6, batt: 0.9 });
    }
  w.until(start + 1.2 * day);
}
/** So many homes from the first on are hot from noon to six, each from its own quarter of an hour on. */
const hot =
  (from: number, to: number) =>
  (n: number, t: number): number =>
    n >= from && n < to && t >= 12 * hour + (n - from) * 15 * minute && t < 18 * hour ? 34 : 26;

describe("rules of many homes", () => {
  proveRules(rules, world, {
    "heat-wave": {
      incident: (w) => live(w, hot(0, 8)),
      at: "uc-00",
      // the fifth of them has been hot for two hours
      raised: 914,
      over: 1115,
      priorities: [3, 3],
      faults: {
        "one hot room": (w) => live(w, hot(0, 1)),
        "four hot rooms, each with a cooler that is broken": (w) => live(w, hot(0, 4)),
        "five of the city, in two districts": (w) => live(w, hot(37, 43)),
        "eight rooms that are hot for an hour": (w) => live(w, (n, t) => (n < 8 && t >= 12 * hour && t < 13 * hour ? 34 : 26)),
        "eight hot rooms, each on its own at another time": (w) =>
          live(w, (n, t) => (n < 8 && t >= (2 + 3 * n) * hour && t < (5 + 3 * n) * hour ? 34 : 26)),
        "a warm summer day": (w) => live(w, () => 32.5),
      },
    },
  });

  it("say how many, and again when half as many more have come", () => {
    const w = world();
    live(w, hot(0, 8));
    const told = w.findings.filter(({ rule }) => rule.id === "heat-wave");
    expect(told.map(({ what, device, step }) => [what, device, step?.en])).toEqual([
      ["raised", "uc-00", "5 of 40"],
      ["priority", "uc-00", "8 of 40"],
      ["cleared", "uc-00", undefined],
    ]);
    expect(told[0]!.evidence!.inputs.map(({ device }) => device)).toEqual(homes.slice(0, 5));
  });

  it("are told of each district on its own", () => {
    const w = world();
    live(w, (_n, t) => (t >= 12 * hour && t < 18 * hour ? 34 : 26));
    expect(w.findings.filter(({ what, rule }) => what === "raised" && rule.id === "heat-wave").map(({ device }) => device)).toEqual([
      "uc-00",
      "uc-40",
    ]);
  });
});
