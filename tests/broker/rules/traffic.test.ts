import { describe } from "vitest";
import type { Rule } from "../../../shared/alarm-rule.ts";
import { traffic } from "../../../shared/services/traffic.ts";
import { birth, type DetectWorld, day, detectWorld, hour, minute, start } from "../../support/detect-world.ts";
import { proveRules } from "../../support/rule-stories.ts";

const approach = (d: string, site: string, lat: number, heading: number) =>
  birth(d, "approach", { site, lat, gateway: `gw-${site}`, constants: { lanes: 2, main: 1, heading } });
/** The crossing tx-1 with three approaches and its signal; tx-2-s lies one crossing behind tx-1-s on the same street. Monday, midnight. */
const world = (): DetectWorld =>
  detectWorld({
    service: traffic,
    devices: [
      approach("tx-1-s", "tx-1", 37.4, 0),
      approach("tx-1-e", "tx-1", 37.4, 270),
      approach("tx-1-w", "tx-1", 37.4, 90),
      approach("tx-2-s", "tx-2", 37.3964, 0),
      birth("tx-1-sig", "signal", { site: "tx-1", gateway: "gw-tx-1" }),
    ],
  });

/** The same in every run. */
const chance = (t: number, n: number): number => (((t / minute) * 37 + n * 11) % 101) / 101 - 0.5;
interface Minute {
  readonly volume?: number;
  readonly occ?: number;
  readonly speed?: number;
  readonly queue?: number;
  /** To the last digit. */
  readonly exactly?: number;
}
type When = (t: number) => Minute;
const ordinary: When = () => ({});
function vehicles(t: number, n: number, { volume = 9, occ = 0.12, speed = 38, queue = 12, exactly }: Minute) {
  return {
    volume: volume === 0 ? 0 : Math.max(0, Math.round(volume + Math.min(6, volume) * chance(t, n))),
    occ: occ === 0 ? 0 : Math.round(1000 * (occ + 0.04 * chance(t, n + 3))) / 1000,
    speed: exactly ?? Math.round(10 * (speed + 5 * chance(t, n + 7))) / 10,
    queue: Math.max(0, Math.round(queue + 6 * chance(t, n + 5))),
    hv: 0.05,
  };
}
interface Street {
  /** Of tx-1-s. */
  readonly south?: When;
  readonly behind?: When;
  readonly others?: When;
  readonly plan?: (t: number) => string;
}
/** From the begin up to `to`: a minute at a time, the signal every ten. */
function live(w: DetectWorld, to: number, { south = ordinary, behind = ordinary, others = ordinary, plan = () => "day" }: Street = {}): void {
  for (let t = minute; t <= to; t += minute) {
    for (const [n, [id, when]] of Object.entries({ "tx-1-s": south, "tx-1-e": others, "tx-1-w": others, "tx-2-s": behind }).entries())
      w.say(id, start + t, vehicles(t, n, when(t)));
    if (t % (10 * minute) === 0) w.say("tx-1-sig", start + t, { plan: plan(t), cycle: 120, green_main: 54, green_cross: 50, offset: 0 });
  }
  w.until(start + to);
}
const during = (t: number, [from, to]: readonly [number, number]): boolean => t > from && t <= to;
const when =
  (span: readonly [number, number], then: Minute, else_: Minute = {}): When =>
  (t) =>
    during(t, span) ? then : else_;
const accident: When = when([4 * day + 10 * hour, 4 * day + 11 * hour], { speed: 9 });
const dead = { volume: 0, occ: 0 };
const twoToThree = [2 * hour, 3 * hour] as const;

describe("rules of the streets", () => {
  proveRules(traffic.rules as readonly Rule[], world, {
    slow: {
      incident: (w) => live(w, 5 * day, { south: accident }),
      raised: 4 * 1440 + 616,
      over: 4 * 1440 + 676,
      at: "tx-1-s",
      faults: {
        "the rush hour of every day": (w) => live(w, 6 * day, { south: (t) => ({ speed: during(t % day, [8 * hour, 9 * hour]) ? 18 : 38 }) }),
        "an accident before it knows what is usual": (w) => live(w, 3 * day, { south: when([2 * day, 2 * day + 2 * hour], { speed: 9 }) }),
        "seven minutes behind a bus": (w) => live(w, 5 * day, { south: when([4 * day + 10 * hour, 4 * day + 10 * hour + 7 * minute], { speed: 9 }) }),
        "a detector that froze in the rush hour": (w) =>
          live(w, 5 * day, {
            south: (t) =>
              during(t, [4 * day + 8.3 * hour, 4 * day + 12 * hour]) ? { exactly: 17.3 } : { speed: during(t % day, [8 * hour, 9 * hour]) ? 18 : 38 },
          }),
      },
    },
    spillback: {
      incident: (w) => live(w, 4 * hour, { south: (t) => ({ queue: during(t, [hour, 2 * hour]) ? 130 : during(t, twoToThree) ? 168 : 12 }) }),
      raised: 71,
      over: 186,
      priorities: [3, 2],
      faults: {
        "five minutes of it": (w) => live(w, 2 * hour, { south: when([hour, hour + 5 * minute], { queue: 130 }) }),
        "an ordinary rush hour": (w) => live(w, 4 * hour, { south: when(twoToThree, { queue: 60 }) }),
        "a full street that still moves up": (w) => live(w, 4 * hour, { south: when(twoToThree, { queue: 100 }) }),
        "a queue that the camera itself calls bad": (w) => {
          live(w, hour);
          for (let t = hour + minute; t <= 2 * hour; t += minute)
            w.say("tx-1-s", start + t, { volume: 9, queue: 130 + ((t / minute) % 3) }, { queue: "bad" });
        },
        "a camera that falls silent at it": (w) => {
          live(w, hour, { south: when([hour - 2 * minute, hour], { queue: 130 }) });
          w.say("tx-1-s", start + 90 * minute, vehicles(90 * minute, 0, { queue: 130 }));
        },
      },
    },
    flashing: {
      incident: (w) => live(w, 3 * hour, { plan: (t) => (during(t, [hour, 1.5 * hour]) ? "flash" : "day") }),
      raised: 73,
      over: 100,
      faults: {
        "a plan of the night": (w) => live(w, 3 * hour, { plan: (t) => (t < hour ? "night" : "am") }),
        "two minutes of it": (w) => {
          live(w, hour);
          w.say("tx-1-sig", start + hour + minute, { plan: "flash", cycle: 0 });
          w.say("tx-1-sig", start + hour + 3 * minute, { plan: "day", cycle: 120 });
          w.until(start + hour + 3 * minute);
        },
      },
    },
    preempt: {
      incident: (w) => {
        w.event("tx-1-sig", start + hour, "preempt", { seconds: 30 });
        live(w, 2 * hour);
      },
      raised: 60,
      over: 70,
      faults: { "a change of plan": (w) => live(w, 2 * hour, { plan: (t) => (t < hour ? "night" : "am") }) },
    },
    "no-flow": {
      incident: (w) => live(w, 4 * hour, { south: when(twoToThree, dead) }),
      raised: 136,
      over: 186,
      faults: {
        "a road that is closed further back": (w) => live(w, 4 * hour, { south: when(twoToThree, dead), behind: when(twoToThree, dead) }),
        "vehicles that stand on the detector": (w) => live(w, 4 * hour, { south: when(twoToThree, { volume: 0, occ: 0.8 }) }),
        "a side street": (w) => live(w, 4 * hour, { south: (t) => ((t / minute) % 25 === 0 ? { volume: 1 } : dead) }),
        "the late evening": (w) =>
          live(w, 4 * hour, {
            south: when([2 * hour, 4 * hour], dead),
            others: when([2 * hour, 4 * hour], { volume: 3 }),
            behind: when([2 * hour, 4 * hour], { volume: 3 }),
          }),
        "ten minutes without a vehicle": (w) => live(w, 4 * hour, { south: when([2 * hour, 2 * hour + 10 * minute], dead) }),
        "few vehicles": (w) => live(w, 4 * hour, { south: when(twoToThree, { volume: 4 }) }),
      },
    },
  });
});
