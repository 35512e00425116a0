import { describe } from "vitest";
import type { Rule } from "../../../shared/alarm-rule.ts";
import { evzone } from "../../../shared/services/evzone.ts";
import { birth, type DetectWorld, detectWorld, minute, start } from "../../support/detect-world.ts";
import { proveRules } from "../../support/rule-stories.ts";

/** Two bays with their chargers in one zone; bay 1 slow, bay 2 fast. It is Monday 2026-10-12 in Seoul, and midnight. */
const world = () =>
  detectWorld({
    service: evzone,
    devices: [1, 2].flatMap((number) => [
      birth(`b${number}`, "bay", { site: "z", gateway: "gw", constants: { number, fast: number - 1 } }),
      birth(`c${number}`, "charger", { site: "z", gateway: "gw", constants: { number, rated: 7 } }),
    ]),
  });
const at = (m: number): number => start + m * minute;

/** The bay says so at `from`, and every 10 min until just before `to`. */
const bay = (w: DetectWorld, id: string, [from, to]: readonly [number, number], vehicle: string, every = 600): void =>
  w.keep(id, [at(from), at(to) - 1], every, { occupied: vehicle !== "none", vehicle, light: false });
const charger = (w: DetectWorld, id: string, [from, to]: readonly [number, number], cp: string): void =>
  w.keep(id, [at(from) + 3000, at(to) + 2999], 600, { cp, power: cp === "Charging" ? 6.9 : 0 });
/** A car comes, stays and leaves. */
function visit(w: DetectWorld, id: string, [from, to]: readonly [number, number], vehicle: string, warns: readonly number[] = []): void {
  bay(w, id, [0, from], "none");
  bay(w, id, [from, to], vehicle);
  for (const [k, m] of warns.entries()) w.event(id, at(from + m), "warn", { n: k + 1 });
  bay(w, id, [to, to + 60], "none");
}

describe("rules of the charging zones", () => {
  proveRules(evzone.rules as readonly Rule[], world, {
    intruder: {
      incident: (w) => visit(w, "b1", [60, 63], "ice", [0, 1]),
      raised: 60,
      over: 63,
      faults: {
        "a plug-in car": (w) => visit(w, "b1", [60, 90], "ev"),
        "an exempt vehicle": (w) => visit(w, "b1", [60, 90], "exempt"),
        "a plate that could not be read": (w) => visit(w, "b1", [60, 90], "unknown"),
        "a class that the camera itself calls bad": (w) => w.say("b1", at(60), { occupied: true, vehicle: "ice" }, { vehicle: "bad" }),
        "what comes so late that the bay is known to be free": (w) => {
          bay(w, "b1", [0, 120], "none");
          w.until(at(120));
          w.say("b1", at(60) + 1, { occupied: true, vehicle: "ice" });
        },
      },
    },
    intrusion: {
      incident: (w) => visit(w, "b1", [60, 80], "ice", [0, 1, 4]),
      raised: 65,
      over: 80,
      faults: {
        "one who leaves after the warnings": (w) => visit(w, "b1", [60, 64.9], "ice", [0, 1, 4]),
        "an exempt vehicle": (w) => visit(w, "b1", [60, 90], "exempt", [0, 1, 4]),
        "one wrong reading": (w) => visit(w, "b1", [60, 70], "ice"),
        "two cars one after the other, each for a few minutes": (w) => {
          bay(w, "b1", [0, 60], "none");
          bay(w, "b1", [60, 64], "ice");
          w.event("b1", at(61), "warn", { n: 1 });
          bay(w, "b1", [64, 90], "ev");
        },
        "a sensor that falls silent after the entry": (w) => {
          bay(w, "b1", [0, 60], "none");
          bay(w, "b1", [60, 61], "ice");
        },
        "two sightings with a silence between them": (w) => {
          bay(w, "b1", [60, 61], "ice");
          bay(w, "b1", [180, 181], "ice");
          bay(w, "b1", [184, 200], "none");
        },
      },
    },
    overstay: {
      incident: (w) => visit(w, "b2", [600, 700], "ev"),
      raised: 660,
      over: 700,
      faults: {
        "one who leaves in time": (w) => visit(w, "b2", [600, 660], "ev"),
        "the same stay at a slow charger": (w) => visit(w, "b1", [600, 700], "ev"),
        "an exempt vehicle": (w) => visit(w, "b2", [600, 800], "exempt"),
        "a sensor that falls silent": (w) => bay(w, "b2", [600, 640], "ev"),
        "a gap in which another car may have come": (w) => {
          bay(w, "b2", [600, 641], "ev");
          bay(w, "b2", [680, 735], "ev");
          bay(w, "b2", [735, 800], "none");
        },
        "readings that come when the bay is known to be free": (w) => {
          bay(w, "b2", [600, 641], "ev");
          bay(w, "b2", [641, 700], "none");
          w.until(at(700));
          bay(w, "b2", [600, 690], "ev");
        },
        "one sighting by a sensor that falls silent, and one when the limit has passed": (w) => {
          bay(w, "b2", [600, 601], "ev");
          bay(w, "b2", [700, 701], "ev");
          bay(w, "b2", [710, 800], "none");
        },
      },
    },
    blocked: {
      incident: (w) => {
        visit(w, "b1", [600, 700], "ev");
        charger(w, "c1", [0, 800], "Available");
      },
      raised: 640,
      over: 700,
      faults: {
        "a car that charges": (w) => {
          visit(w, "b1", [600, 700], "ev");
          charger(w, "c1", [0, 605], "Available");
          charger(w, "c1", [605, 700], "Charging");
        },
        "a car at the other charger": (w) => {
          visit(w, "b1", [600, 700], "ev");
          charger(w, "c1", [0, 800], "SuspendedEV");
          charger(w, "c2", [0, 800], "Available");
        },
        "a charger that fell silent before the car came": (w) => {
          visit(w, "b1", [600, 800], "ev");
          charger(w, "c1", [0, 599], "Available");
        },
        "two sightings with a silence between them": (w) => {
          bay(w, "b1", [600, 601], "ev");
          bay(w, "b1", [720, 721], "ev");
          bay(w, "b1", [730, 800], "none");
          charger(w, "c1", [0, 800], "Available");
        },
        "an intruder, who is a case of its own": (w) => {
          visit(w, "b1", [600, 700], "ice");
          charger(w, "c1", [0, 800], "Available");
        },
      },
    },
    "charger-fault": {
      incident: (w) => {
        charger(w, "c1", [0, 60], "Available");
        charger(w, "c1", [60, 240], "Faulted");
        charger(w, "c1", [240, 300], "Available");
      },
      raised: 180.1,
      over: 240.1,
      faults: {
        "a fault that is mended in time": (w) => {
          charger(w, "c1", [60, 175], "Faulted");
          charger(w, "c1", [175, 300], "Available");
        },
        "one wrong reading": (w) => {
          charger(w, "c1", [0, 60], "Available");
          charger(w, "c1", [60, 61], "Faulted");
          charger(w, "c1", [70, 300], "Available");
        },
        "a charger that falls silent after a fault": (w) => charger(w, "c1", [60, 90], "Faulted"),
        "two faults with a silence between them": (w) => {
          charger(w, "c1", [0, 60], "Faulted");
          charger(w, "c1", [120, 180], "Faulted");
        },
      },
    },
  });
});
