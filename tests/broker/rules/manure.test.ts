import { describe, expect, it } from "vitest";
import type { Rule } from "../../../shared/alarm-rule.ts";
import { manure } from "../../../shared/services/manure.ts";
import { birth, type DetectWorld, detectWorld, minute, second, start } from "../../support/detect-world.ts";
import { proveRules } from "../../support/rule-stories.ts";

/** A farm in the west and a plant in the east, 8.8 km apart; the truck drives from one to the other. */
const farmAt = [37.7, 127] as const;
const plantAt = [37.7, 127.1] as const;
const world = () =>
  detectWorld({
    service: manure,
    devices: [
      birth("t", "truck", { constants: { capacity: 12_000 } }),
      birth("f", "farm", { lat: farmAt[0], lon: farmAt[1], constants: { tank: 150, radius: 120 } }),
      birth("p", "plant", { lat: plantAt[0], lon: plantAt[1], constants: { tank: 720, radius: 180 } }),
    ],
  });
const at = (m: number): number => start + m * minute;

interface Told {
  readonly place?: readonly number[];
  readonly load?: number;
  readonly off?: number;
  readonly gps?: boolean;
  readonly engine?: boolean;
}
/** A truck says so every 30 s, the last minute left out; what `told` answers may depend on the minute. */
function drive(w: DetectWorld, [from, to]: readonly [number, number], told: (m: number) => Told, bad?: readonly string[]): void {
  for (let t = at(from); t < at(to); t += 30 * second) {
    const { place = [37.7, 127.05], load = 10_000, off = 3, gps = true, engine = true } = told((t - start) / minute);
    const seen = gps ? { pos: [place[0]!, place[1]!] as [number, number], off } : {};
    const wander = (t / second) % 60 === 0 ? 10 : 0;
    const m = { ...seen, load: load + wander, speed: 0, valve: false, engine, trip: "carrying", gps, batt: 0.9 };
    w.say("t", t, m, bad === undefined ? undefined : Object.fromEntries(bad.map((name) => [name, "bad" as const])));
  }
}
/** Falls by so much a minute from the tenth minute on, for so many minutes. */
const falling = (perMinute: number, minutes: number) => (m: number) => 10_000 - perMinute * Math.max(0, Math.min(minutes, m - 10));
const pit = (w: DetectWorld, from: number, to: number, fill: number): void => w.keep("f", [at(from), at(to) - 1], 600, { fill, batt: 0.9 });
const pitDuring = (fill: number) => (w: DetectWorld) => {
  pit(w, 0, 60, 0.6);
  pit(w, 60, 180, fill);
  pit(w, 180, 400, 0.6);
};
const pitFaults = (fill: number, below: number) => ({
  "one wrong reading": (w: DetectWorld) => {
    pit(w, 0, 60, 0.6);
    pit(w, 60, 70, fill);
    pit(w, 70, 300, 0.6);
  },
  "a pit that is not so full": pitDuring(below),
  "a level that its sensor calls bad": (w: DetectWorld) => {
    for (let m = 60; m < 300; m += 10) w.say("f", at(m), { fill, batt: 0.9 }, { fill: "bad" });
  },
});

describe("rules of the manure trucks", () => {
  proveRules(manure.rules as readonly Rule[], world, {
    dumping: {
      incident: (w) => drive(w, [0, 60], (m) => ({ load: falling(500, 8)(m) })),
      // 500 kg less than before the valve opened, by the middle of three readings
      raised: 11.5,
      over: 28,
      faults: {
        "unloading at the plant, and the way back": (w) => {
          drive(w, [0, 20], (m) => ({ place: plantAt, load: falling(1000, 10)(m) }));
          drive(w, [20, 60], () => ({ load: 0 }));
        },
        "a truck that leaves the plant while it still pumps, but no longer": (w) => {
          drive(w, [0, 12], (m) => ({ place: [37.7, 127.0985], load: falling(4000, 2)(m) }));
          drive(w, [12, 60], () => ({ load: 2000 }));
        },
        "a valve that drips 300 kg in a quarter of an hour": (w) => drive(w, [0, 60], (m) => ({ load: falling(20, 15)(m) })),
        "one wrong weight": (w) => drive(w, [0, 60], (m) => ({ load: m === 20 ? 2000 : 10_000 })),
        "a scale that calls itself bad": (w) => drive(w, [0, 60], (m) => ({ load: falling(500, 8)(m) }), ["load"]),
        "a fall while nobody knows where it is": (w) => drive(w, [0, 60], (m) => ({ load: falling(500, 8)(m), gps: m < 8 || m > 20 })),
        "a position that calls itself bad": (w) => drive(w, [0, 60], (m) => ({ load: falling(500, 8)(m) }), ["pos"]),
        "loading at the farm": (w) => drive(w, [0, 30], (m) => ({ place: farmAt, load: falling(-800, 10)(m) - 8000 })),
      },
    },
    "off-route": {
      incident: (w) => drive(w, [0, 30], (m) => ({ off: m >= 10 && m < 20 ? 420 : 5 })),
      raised: 11,
      over: 20,
      faults: {
        "one wrong position": (w) => drive(w, [0, 30], (m) => ({ off: m === 10 ? 5000 : 5 })),
        "a parallel street": (w) => drive(w, [0, 30], (m) => ({ off: m >= 10 && m < 20 ? 180 : 5 })),
      },
    },
    "position-lost": {
      incident: (w) => drive(w, [0, 60], (m) => ({ gps: m < 10 || m >= 40 })),
      raised: 20,
      over: 40,
      faults: {
        "a tunnel of five minutes": (w) => drive(w, [0, 60], (m) => ({ gps: m < 10 || m >= 15 })),
        "a truck in its garage": (w) => drive(w, [0, 60], (m) => ({ gps: m < 10, engine: m < 10 })),
      },
    },
    "pit-high": { incident: pitDuring(0.93), raised: 70, over: 180, faults: pitFaults(0.97, 0.88) },
    overflow: { incident: pitDuring(1), raised: 70, over: 180, faults: pitFaults(1.1, 0.96) },
  });

  it("say where a truck dumps: how far from the nearest place where it may", () => {
    const w = world();
    drive(w, [0, 20], (m) => ({ place: [37.7, 127.09], load: falling(500, 8)(m) }));
    w.until(at(20));
    const { evidence } = w.findings.find(({ rule }) => rule.id === "dumping")!;
    expect(evidence?.condition.en).toMatch(/Load fell .*, 8\d\d m from the nearest allowed place, p/);
    expect(evidence?.inputs.map(({ metric }) => metric)).toEqual(["load", "load", "pos"]);
  });
  it("keep an alarm of dumping while its truck is out of the satellites' sight", () => {
    const w = world();
    drive(w, [0, 18], (m) => ({ load: falling(500, 8)(m) }));
    drive(w, [18, 60], () => ({ load: 6000, gps: false }));
    w.until(at(60));
    expect(w.standing()).toContain("dumping");
  });
});
