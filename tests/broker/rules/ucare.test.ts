import { describe, expect, it } from "vitest";
import type { Rule } from "../../../shared/alarm-rule.ts";
import { ucare } from "../../../shared/services/ucare.ts";
import { birth, type DetectWorld, detectWorld, minute, start } from "../../support/detect-world.ts";
import { falls, liveDays } from "../../support/home-weeks.ts";
import { proveRules } from "../../support/rule-stories.ts";

const world = () => detectWorld({ service: ucare, devices: [birth("h", "home")] });
const at = (m: number): number => start + m * minute;
const ten = 10 * minute;

/** What a home says every 10 min between two minutes, the last one left out; numbers wander by a last digit, as sensors do. */
function live(w: DetectWorld, [from, to]: readonly [number, number], change: Readonly<Record<string, number | boolean>> = {}): void {
  for (let t = at(from); t < at(to); t += ten) {
    const wander = (t / ten) % 2 === 0 ? 0.1 : 0;
    const { temp = 22, ...rest } = change;
    w.say("h", t, { act: 3, away: false, temp: Number(temp) + wander, hum: 45, lux: 120, gas: 6, batt: 0.9, ...rest });
  }
}
const quiet = { act: 0 };
const away = { act: 0, away: true };
const event = (w: DetectWorld, m: number, name: string, x?: Record<string, string | number>): void => {
  live(w, [0, 120]);
  w.event("h", at(m), name, x);
};
/** A room that is so warm between two times, and as usual before and after. */
const room =
  (temp: number, [from, to]: readonly [number, number]) =>
  (w: DetectWorld): void => {
    live(w, [0, from]);
    live(w, [from, to], { temp });
    live(w, [to, to + 240]);
  };
/** Neither of these makes a room hot or cold. */
const thermometers = (temp: number) => ({
  "one wrong reading": room(temp, [60, 70]),
  "an hour of it": room(temp, [60, 120]),
  "a sensor that falls silent with it": (w: DetectWorld) => live(w, [60, 90], { temp }),
  "values that the sensor itself calls bad": (w: DetectWorld) => {
    for (let t = at(60); t < at(400); t += ten) w.say("h", t, { act: 3, temp }, { temp: "bad" });
  },
});

/** Of many homes: heat-wave.test.ts. */
const isOwn = ({ when }: Pick<Rule, "when">): boolean => when.kind !== "many";

describe("rules of home care", () => {
  proveRules(ucare.rules.filter(isOwn) as readonly Rule[], world, {
    button: {
      incident: (w) => event(w, 33, "button"),
      raised: 33,
      over: 34,
      faults: { "another event": (w) => event(w, 33, "door", { to: "open" }) },
    },
    fire: {
      incident: (w) => event(w, 33, "fire"),
      raised: 33,
      over: 43,
      faults: { "a call": (w) => event(w, 33, "button"), "a hot room": room(45, [60, 70]) },
    },
    gas: {
      incident: (w) => event(w, 33, "gas", { ppm: 13_000 }),
      raised: 33,
      over: 63,
      faults: {
        "a call for help": (w) => event(w, 33, "button"),
        cooking: (w) => live(w, [0, 60], { gas: 300 }),
        "one wrong reading": (w) => live(w, [0, 10], { gas: 40_000 }),
      },
    },
    "gas-rising": {
      incident: (w) => {
        live(w, [0, 60]);
        live(w, [60, 100], { gas: 6200 });
        live(w, [100, 200], { gas: 800 });
      },
      raised: 70,
      over: 100,
      faults: {
        cooking: (w) => live(w, [0, 600], { gas: 320 }),
        "one wrong reading": (w) => {
          live(w, [0, 60]);
          live(w, [60, 70], { gas: 20_000 });
          live(w, [70, 200]);
        },
        "a trace of gas": (w) => live(w, [0, 600], { gas: 4600 }),
        "values that the sensor itself calls bad": (w) => {
          for (let t = at(60); t < at(400); t += ten) w.say("h", t, { act: 3, gas: 20_000 }, { gas: "bad" });
        },
        "two readings far apart": (w) => {
          live(w, [60, 70], { gas: 6200 });
          live(w, [120, 130], { gas: 6200 });
          live(w, [130, 200]);
        },
      },
    },
    "asks-help": {
      incident: (w) => event(w, 33, "call", { result: "answered", says: "help" }),
      raised: 33,
      over: 34,
      faults: {
        "a resident who is well": (w) => event(w, 33, "call", { result: "answered", says: "ok" }),
        "nobody who answers": (w) => event(w, 33, "call", { result: "no-answer", says: "none" }),
      },
    },
    "found-in-need": {
      incident: (w) => event(w, 33, "visit", { result: "help" }),
      raised: 33,
      over: 34,
      faults: {
        "a resident who is well": (w) => event(w, 33, "visit", { result: "ok" }),
        "nobody at home": (w) => event(w, 33, "visit", { result: "nobody" }),
      },
    },
    "no-answer": {
      incident: (w) => {
        event(w, 33, "call", { result: "no-answer", says: "none" });
        w.event("h", at(70), "visit", { result: "ok" });
      },
      raised: 33,
      over: 70,
      faults: { "a resident who answers": (w) => event(w, 33, "call", { result: "answered", says: "ok" }) },
    },
    quiet: {
      incident: (w) => {
        live(w, [0, 60]);
        live(w, [60, 720], quiet);
        live(w, [720, 800]);
      },
      // last movement at 50 min
      raised: 530,
      over: 720,
      faults: {
        "a long night": (w) => {
          live(w, [0, 60]);
          live(w, [60, 520], quiet);
          live(w, [520, 600]);
        },
        "an outing of nine hours": (w) => {
          live(w, [0, 60]);
          live(w, [60, 600], away);
          live(w, [600, 700]);
        },
        "a hub that is silent": (w) => {
          live(w, [0, 60]);
          live(w, [60, 420], quiet);
          live(w, [600, 660], quiet);
          live(w, [660, 700]);
        },
        "a movement sensor that is in trouble": (w) => {
          for (let t = at(60); t < at(900); t += ten) w.say("h", t, { act: 0, away: false }, { act: "bad" });
        },
        "readings of a clock that runs nine hours late": (w) => {
          for (let m = 0; m < 1200; m += 10) {
            w.until(at(m + 540));
            live(w, [m, m + 10]);
          }
        },
      },
    },
    inactive: {
      // the visitor has left: door, then no motion. Away is not believed for longer than 12 h
      incident: (w) => {
        live(w, [0, 60]);
        w.event("h", at(58), "door", { to: "open" });
        live(w, [60, 1600], away);
        live(w, [1600, 1700]);
      },
      raised: 780,
      over: 1600,
      priorities: [2, 1],
      faults: {
        "a quiet morning": (w) => {
          live(w, [0, 60]);
          live(w, [60, 760], quiet);
          live(w, [760, 800]);
        },
        "an outing of eleven hours after a quiet morning": (w) => {
          live(w, [0, 60]);
          live(w, [60, 180], quiet);
          live(w, [180, 840], away);
          live(w, [840, 900]);
        },
        "a movement sensor that is in trouble": (w) => {
          for (let t = at(60); t < at(1500); t += ten) w.say("h", t, { act: 0, away: false }, { act: "bad" });
        },
        "a hub that is silent for two days": (w) => {
          live(w, [0, 60]);
          live(w, [60, 120], quiet);
          live(w, [3000, 3060], quiet);
          live(w, [3060, 3100]);
        },
      },
    },
    decline: {
      // seven weeks as ever, then less and less for six; somebody sees to it
      incident: (w) => liveDays(w, [0, 133], (n) => ({ act: n < 105 ? falls(n) : 9.5 })),
      raised: 98 * 24 * 60 + 10,
      over: 119 * 24 * 60 + 10,
      faults: {
        "days that go on as ever": (w) => liveDays(w, [0, 105], () => ({ act: 10 })),
        "a resident who goes out more and more": (w) => liveDays(w, [0, 105], (n) => ({ act: 10, out: Math.max(0, Math.min(6, (n - 49) / 6)) })),
        "a month away": (w) => liveDays(w, [0, 112], (n) => (n >= 63 && n < 91 ? { act: 10, out: 15 } : { act: 10 })),
        "a sensor whose battery dies": (w) => liveDays(w, [0, 112], (n) => ({ act: falls(n), with: { batt: n < 49 ? 0.3 : 0.12 } })),
        "a sensor that is dead for weeks": (w) => liveDays(w, [0, 112], (n) => ({ act: n >= 63 && n < 91 ? 0 : 10 })),
        "counts that the sensor itself calls bad": (w) => liveDays(w, [0, 112], (n) => (n < 49 ? { act: 10 } : { act: falls(n), q: "bad" })),
        "a hub that is silent for weeks": (w) => liveDays(w, [0, 112], (n) => ({ act: 10, silent: n >= 63 && n < 91 })),
        "a line that loses five readings of six": (w) => liveDays(w, [0, 112], (n) => ({ act: 10, every: n < 49 ? 1 : 6 })),
        "a week in bed": (w) => liveDays(w, [0, 112], (n) => ({ act: n >= 63 && n < 70 ? 4 : 10 })),
      },
    },
    "hot-room": {
      incident: room(34, [60, 300]),
      raised: 190,
      over: 330,
      faults: { ...thermometers(34), "a warm summer room": room(32.5, [60, 600]) },
    },
    heat: {
      incident: (w) => {
        live(w, [0, 60]);
        live(w, [60, 300], { temp: 36 });
        live(w, [300, 600], { temp: 38.5 });
        live(w, [600, 900]);
      },
      raised: 190,
      over: 630,
      priorities: [3, 2],
      faults: { ...thermometers(36), "a heat-wave day": room(34, [60, 600]) },
    },
    "cold-room": {
      incident: room(13, [60, 300]),
      raised: 190,
      over: 330,
      faults: { ...thermometers(13), "a thrifty resident": room(16.5, [60, 900]) },
    },
    cold: {
      incident: (w) => {
        live(w, [0, 60]);
        live(w, [60, 300], { temp: 8 });
        live(w, [300, 600], { temp: 3 });
        live(w, [600, 900]);
      },
      raised: 190,
      over: 630,
      priorities: [3, 2],
      faults: { ...thermometers(8), "a cold room": room(12, [60, 600]) },
    },
  });

  it("take being away for more than ten hours for a reason to call", () => {
    const w = world();
    live(w, [0, 60]);
    live(w, [60, 720], away);
    w.until(at(720));
    // last movement at 50 min, away since the hour
    expect(w.told().map(([s, , rule]) => [s / 60, rule])).toEqual([[660 + 1 / 60_000, "quiet"]]);
  });
});
