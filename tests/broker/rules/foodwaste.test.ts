import { describe, expect, it } from "vitest";
import type { Rule } from "../../../shared/alarm-rule.ts";
import { foodwaste } from "../../../shared/services/foodwaste.ts";
import { birth, type DetectWorld, detectWorld, minute, start } from "../../support/detect-world.ts";
import { proveRules } from "../../support/rule-stories.ts";

const world = () => detectWorld({ service: foodwaste, devices: [birth("u", "bin", { constants: { tare: 14, households: 65, capacity: 100 } })] });
const at = (m: number): number => start + m * minute;

type Bin = Readonly<Record<string, number | boolean>>;
/** A unit says so every 10 min, the last minute left out; the scale agrees with the fill, temperatures wander as sensors do. */
function say(w: DetectWorld, [from, to]: readonly [number, number], bin: Bin = {}): void {
  for (let t = at(from); t < at(to); t += 10 * minute) {
    const { fill = 0.3, temp = 18, ...rest } = bin;
    const wander = (t / minute) % 20 === 0 ? 0.1 : 0;
    w.say("u", t, { fill, gross: 14 + 100 * Number(fill), temp: Number(temp) + wander, lid: false, batt: 0.9, lock: false, ...rest });
  }
}
/** Usual, then this, then usual again. */
const during =
  (bin: Bin, [from, to]: readonly [number, number], after: Bin = {}) =>
  (w: DetectWorld): void => {
    say(w, [0, from]);
    say(w, [from, to], bin);
    say(w, [to, to + 180], after);
  };
const calledBad = (metric: string, value: number | boolean) => (w: DetectWorld) => {
  for (let t = at(60); t < at(700); t += 10 * minute) w.say("u", t, { fill: 0.9, [metric]: value }, { [metric]: "bad" });
};
const twice = (bin: Bin) => (w: DetectWorld) => {
  say(w, [0, 60]);
  say(w, [60, 70], bin);
  say(w, [130, 140], bin);
  say(w, [140, 300]);
};
const silentAfter = (bin: Bin) => (w: DetectWorld) => say(w, [60, 70], bin);

describe("rules of the food-waste units", () => {
  proveRules(foodwaste.rules as readonly Rule[], world, {
    filling: {
      incident: during({ fill: 0.84 }, [60, 300]),
      raised: 70,
      over: 300,
      faults: {
        "one wrong reading": during({ fill: 1.2 }, [60, 70]),
        "a bin that fills": during({ fill: 0.79 }, [60, 300]),
        "a level that its sensor calls bad": calledBad("fill", 0.9),
        "two readings with a silence between them": twice({ fill: 0.84 }),
      },
    },
    full: {
      incident: during({ fill: 0.97 }, [60, 300], { fill: 0.02 }),
      raised: 70,
      over: 300,
      faults: {
        "one wrong reading": during({ fill: 1.2 }, [60, 70]),
        "a bin at 90 %": during({ fill: 0.9 }, [60, 300]),
        "a level that its sensor calls bad": calledBad("fill", 0.99),
        "two readings with a silence between them": twice({ fill: 0.99 }),
        silence: silentAfter({ fill: 0.99 }),
      },
    },
    odour: {
      incident: during({ temp: 32, fill: 0.6 }, [60, 600], { temp: 24 }),
      raised: 420,
      over: 660,
      faults: {
        "a hot afternoon of five hours": during({ temp: 33, fill: 0.7 }, [60, 360]),
        "an empty bin in the sun": during({ temp: 34, fill: 0.05 }, [60, 700]),
        "a thermometer that falls silent": silentAfter({ temp: 33, fill: 0.7 }),
        "a thermometer that calls itself bad": calledBad("temp", 40),
        "one wrong reading": during({ temp: 60, fill: 0.7 }, [60, 70]),
        "a warm day": during({ temp: 28, fill: 0.7 }, [60, 700]),
      },
    },
    burning: {
      incident: during({ temp: 74, fill: 0.6 }, [60, 100], { temp: 30 }),
      raised: 70,
      over: 100,
      faults: {
        "one wrong reading": during({ temp: 79, fill: 0.6 }, [60, 70]),
        "the hottest day of the year": during({ temp: 58, fill: 0.9 }, [60, 600]),
        "a thermometer that calls itself bad": calledBad("temp", 79),
        "two readings with a silence between them": twice({ temp: 75 }),
      },
    },
    "lid-open": {
      incident: during({ lid: true }, [60, 120]),
      raised: 75,
      over: 120,
      faults: {
        "a drop that the reading happens to see": during({ lid: true }, [60, 70]),
        "two drops that two readings happen to see": (w) => {
          say(w, [0, 60]);
          say(w, [60, 70], { lid: true });
          w.say("u", at(64), { lid: false });
          say(w, [70, 80], { lid: true });
          say(w, [80, 200]);
        },
        "a unit that falls silent with its lid open": (w) => {
          say(w, [60, 70], { lid: true });
          say(w, [300, 310], { lid: true });
          say(w, [310, 400]);
        },
      },
    },
    locked: {
      incident: during({ lock: true }, [60, 600]),
      raised: 420,
      over: 600,
      faults: {
        "a lock for the afternoon": during({ lock: true }, [60, 400]),
        "a unit that falls silent while it is locked": silentAfter({ lock: true }),
      },
    },
    balance: {
      incident: (w) => {
        say(w, [0, 60]);
        say(w, [60, 180], { fill: 0.38 });
        w.event("u", at(175), "emptied", { kg: 38 });
        say(w, [180, 300], { fill: 0.02 });
      },
      raised: 80,
      over: 175,
      faults: {
        "what was paid for": (w) => {
          say(w, [0, 60]);
          w.event("u", at(60) - 1, "deposit", { token: "a", net: 8, fee: 800 });
          say(w, [60, 300], { fill: 0.38 });
        },
        "a drop that a card did not pay for": (w) => {
          say(w, [0, 60]);
          say(w, [60, 300], { fill: 0.33 });
        },
        "two wrong readings": (w) => {
          say(w, [0, 60]);
          say(w, [60, 80], { fill: 0.6 });
          say(w, [80, 300]);
        },
        "a collection": (w) => {
          say(w, [0, 60], { fill: 0.9 });
          w.event("u", at(60) - 1, "emptied", { kg: 88 });
          say(w, [60, 300], { fill: 0.02 });
        },
      },
    },
    "part-fault": {
      incident: (w) => {
        say(w, [0, 120]);
        w.event("u", at(33), "fault", { code: "card" });
      },
      raised: 33,
      over: 34,
      faults: {
        "ordinary use": (w) => {
          say(w, [0, 300]);
          w.event("u", at(33), "deposit", { token: "a", net: 1.5, fee: 150 });
          w.event("u", at(70), "emptied", { kg: 30 });
          w.event("u", at(72), "tare");
        },
      },
    },
  });

  it("take a fire for a fire, also when the sensor can say no more than its greatest value", () => {
    const w = world();
    say(w, [0, 60]);
    for (let m = 60; m <= 120; m += 10) w.say("u", at(m), { fill: 0.6, temp: 80 }, { temp: "sat" });
    w.until(at(125));
    expect(w.standing()).toContain("burning");
  });
});
