import { describe, expect, it } from "vitest";
import { sensorRulesOf } from "../../../shared/sensor-rules.ts";
import { serviceOf } from "../../../shared/services/index.ts";
import { birth, type DetectWorld, day, detectWorld, hour, minute, second, start } from "../../support/detect-world.ts";
import { proveRules } from "../../support/rule-stories.ts";

const traffic = serviceOf("traffic")!;
const rules = sensorRulesOf(traffic, "approach").filter(({ when }) => when.kind === "outage");
const vehicles = { volume: 5, occ: 0.1, speed: 40, queue: 2, hv: 0 };
/** Cabinets of a district, each with two approaches behind a gateway of its own. */
const districts = { north: 5, south: 4, west: 3 } as const;
type Cabinet = `${keyof typeof districts}-${number}`;
const cabinets = Object.entries(districts).flatMap(([district, count]) => Array.from({ length: count }, (_, n) => `${district}-${n + 1}` as Cabinet));
const devicesOf = (cabinet: Cabinet): readonly string[] => ["a", "b"].map((side) => `tx-${cabinet}${side}`);
const world = (): DetectWorld =>
  detectWorld({
    service: traffic,
    devices: cabinets.flatMap((cabinet) =>
      devicesOf(cabinet).map((id) =>
        birth(id, "approach", {
          gateway: `gw-${cabinet}`,
          district: cabinet.slice(0, cabinet.indexOf("-")),
          ...{ every: 600, stale: 1800 },
          constants: { lanes: 2, main: 1, heading: 0 },
        }),
      ),
    ),
  });
/** Everybody speaks every ten minutes, each cabinet at another time, but who is mute then. */
function talk(w: DetectWorld, mute: (cabinet: Cabinet, t: number) => boolean, to = 4 * day): void {
  for (const [n, cabinet] of cabinets.entries())
    for (let t = minute + 40 * n * second; t <= to; t += 10 * minute)
      if (!mute(cabinet, t)) for (const id of devicesOf(cabinet)) w.say(id, start + t, vehicles);
  w.until(start + to);
}
const within = (t: number, from: number, to: number): boolean => t > from && t <= to;
const hourOf =
  (...gone: readonly Cabinet[]) =>
  (cabinet: Cabinet, t: number): boolean =>
    gone.includes(cabinet) && within(t, hour, 2 * hour);
const isIn = (cabinet: Cabinet, ...names: readonly (keyof typeof districts)[]): boolean => names.some((name) => cabinet.startsWith(`${name}-`));

describe("rules of what gateways share", () => {
  proveRules(rules, world, {
    district: {
      incident: (w) => talk(w, hourOf("north-1", "north-2", "north-4", "north-5")),
      at: "tx-north-1a",
      raised: 81,
      over: 121.7,
      faults: {
        "one gateway that is lost": (w) => talk(w, hourOf("north-1")),
        "two lost gateways of a district": (w) => talk(w, hourOf("north-1", "north-2")),
        "two lost gateways of a district that has three": (w) => talk(w, hourOf("west-1", "west-2")),
        "three of five, of which each is lost at another time": (w) =>
          talk(w, (cabinet, t) => ["north-1", "north-2", "north-3"].some((one, n) => one === cabinet && within(t, (1 + n / 3) * hour, 3 * hour))),
        "three of the city, each in another district": (w) => talk(w, hourOf("north-1", "south-1", "west-1")),
        "a line to us that is down": (w) => talk(w, (_cabinet, t) => within(t, hour, 2 * hour)),
      },
    },
    city: {
      incident: (w) => talk(w, (cabinet, t) => cabinet !== "west-3" && within(t, hour, 2 * hour)),
      raised: 81,
      over: 124.7,
      faults: {
        "a district that is cut off": (w) => talk(w, (cabinet, t) => isIn(cabinet, "north") && within(t, hour, 2 * hour)),
        "two districts of three that are cut off": (w) => talk(w, (cabinet, t) => isIn(cabinet, "north", "south") && within(t, hour, 2 * hour)),
        "a silence of twenty minutes": (w) => talk(w, (_cabinet, t) => within(t, hour, hour + 20 * minute)),
      },
    },
  });

  it("say how many are silent and since when, and how many more since", () => {
    const w = world();
    talk(w, (cabinet, t) => isIn(cabinet, "north") && within(t, cabinet === "north-3" ? 1.5 * hour : hour, 3 * hour), 2 * hour);
    const told = w.findings.filter(({ rule }) => rule.id === "district");
    expect(told.map(({ what, step, value }) => [what, step?.en, value])).toEqual([["raised", "4 of 5 gateways, since 00:53", "north"]]);
    expect(told[0]!.evidence!.inputs.map(({ device }) => device)).toEqual(["gw-north-1", "gw-north-2", "gw-north-4", "gw-north-5"]);
  });

  it("do not wait for the one device of a gateway that speaks seldom", () => {
    const w = world();
    for (const cabinet of cabinets.filter((one) => isIn(one, "north"))) {
      const meta = birth(`tx-${cabinet}-sig`, "signal", { gateway: `gw-${cabinet}`, district: "north", every: 7200, stale: 21_600 });
      w.put(meta);
      w.say(meta.d, start + 50 * minute, { plan: "day", cycle: 120 });
    }
    talk(w, (cabinet, t) => isIn(cabinet, "north") && t > hour, 2 * hour);
    const [gateway, district] = ["gateway", "district"].map((id) => w.findings.find(({ rule }) => rule.id === id));
    expect(district?.step?.en).toBe("5 of 5 gateways, since 00:53");
    expect(district?.t).toBe(gateway?.t);
  });

  it("count on while more miss their turn", () => {
    const w = world();
    for (const side of ["a", "b"]) {
      const meta = birth(`tx-slow${side}`, "approach", { gateway: "gw-slow", district: "north", every: 3600, stale: 7200 });
      w.put(meta);
      w.keep(meta.d, [start + 50 * minute, start + hour], 3600, vehicles);
    }
    talk(w, (cabinet, t) => isIn(cabinet, "north") && t > hour, 2 * hour);
    const told = w.findings.filter(({ rule }) => rule.id === "district");
    expect(told.map(({ what, step, priority }) => [what, step?.en, priority])).toEqual([
      ["raised", "5 of 6 gateways, since 00:53", 2],
      ["priority", "6 of 6 gateways, since 00:53", 2],
    ]);
  });

  it("of a city whose line to us is down is one line, told no later than any gateway's", () => {
    const w = world();
    talk(w, (_cabinet, t) => within(t, hour, 2 * hour));
    const told = w.findings.filter(({ what, rule }) => what === "raised" && rule.id !== "stuck");
    const [city] = told.filter(({ rule }) => rule.id === "city");
    expect(told.filter(({ rule }) => rule.id === "district")).toEqual([]);
    expect(told.filter(({ t }) => t < city!.t)).toEqual([]);
  });

  /** All that is said in three hours, of which the north is without power for the second. */
  function darkNorth(): DetectWorld {
    const w = world();
    for (const [n, cabinet] of cabinets.entries())
      for (let t = minute + 40 * n * second; t <= 3 * hour; t += 10 * minute)
        if (!(isIn(cabinet, "north") && within(t, hour, 2 * hour))) for (const id of devicesOf(cabinet)) w.say(id, start + t, vehicles);
    return w;
  }
  it("go on at another device when a new one is the first of the district", () => {
    const w = darkNorth();
    w.until(start + 1.5 * hour);
    for (const id of ["ta-1", "ta-2"]) w.put(birth(id, "approach", { gateway: "gw-new", district: "north", every: 600, stale: 1800 }));
    w.until(start + 3 * hour);
    const told = w.findings.filter(({ rule }) => rule.id === "district");
    expect(told.map(({ what, device }) => [what, device])).toEqual([
      ["raised", "tx-north-1a"],
      ["cleared", "tx-north-1a"],
      ["raised", "ta-1"],
      ["cleared", "ta-1"],
    ]);
  });

  it("stand through a restart, and are over after it", () => {
    const w = darkNorth();
    w.until(start + 1.5 * hour);
    w.restart();
    w.until(start + 3 * hour);
    expect(w.findings.filter(({ rule }) => rule.id === "district").map(({ what }) => what)).toEqual(["raised", "cleared"]);
  });
});
