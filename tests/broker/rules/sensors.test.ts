import { describe, expect, test } from "vitest";
import { createDetector } from "../../../broker/alarms/detect/detector.ts";
import type { Watched } from "../../../broker/alarms/observed.ts";
import type { Rule } from "../../../shared/alarm-rule.ts";
import { derive } from "../../../shared/derive.ts";
import { rulesOf } from "../../../shared/rules-of.ts";
import { sensorRulesOf } from "../../../shared/sensor-rules.ts";
import { serviceOf, services } from "../../../shared/services/index.ts";
import { type DetectWorld, day, detectWorld, hour, minute, second, start } from "../../support/detect-world.ts";
import { proveRules } from "../../support/rule-stories.ts";
import { cityStart, messagesTo, saidIn, smallCity, smallEngine } from "../../support/small-city.ts";
import { gateAt, gauge } from "../../support/stream-places.ts";

const kinds = services.flatMap((service) => Object.keys(service.kinds).map((kind) => [service.id, kind, service] as const));

describe.each(kinds)("rules of the sensor of a %s %s", (_service, kind, service) => {
  const rules = sensorRulesOf(service, kind);
  test("are maintenance, in both languages, and begin with silence", () => {
    expect(rules.map(({ id }) => id).slice(0, 3)).toEqual(["silent", "gateway", "clock"]);
    for (const { outcome, class: kept, title, cause, consequence, response } of rules) {
      expect([outcome, kept]).toEqual(["alarm", "maintenance"]);
      for (const text of [title, cause, consequence, ...response]) expect(text.ko.length * text.en.length).toBeGreaterThan(0);
    }
  });
  test("judge battery where there is one, and values only where the contract says what a sensor can do", () => {
    const names = service.kinds[kind]!.metrics;
    expect(rules.some(({ id }) => id === "battery")).toBe(names.includes("batt"));
    const stuck = names.some((name) => {
      const metric = service.metrics[name];
      return (metric?.kind === "number" || metric?.kind === "position") && metric.sensing?.stuck !== undefined;
    });
    expect(rules.some(({ id }) => id === "stuck")).toBe(stuck);
  });
  test("have no name in common with the service's own", () => {
    const own = service.rules.filter((rule) => rule.kind === kind).map(({ id }) => id);
    expect(rules.filter(({ id }) => own.includes(id))).toEqual([]);
  });
});

const stream = serviceOf("stream")!;
/** Three gauges down a stream, each behind a gateway of its own; two gates speak through that of the second. */
const world = (): DetectWorld =>
  detectWorld({
    service: stream,
    devices: [...[1, 2, 3].map((n) => gauge(`ws-${n}`, 2 * n - 1, {}, `gw-${n}`)), gateAt("sg-1", 3, 9, "gw-2"), gateAt("sg-2", 3, 9, "gw-2")],
  });
/** A millimetre of noise that repeats itself after a while, the same in every run. */
const ripple = (t: number, n: number): number => (((t / minute) * 7 + n * 3) % 11) / 1000;
type Value = (t: number, n: number) => number | undefined;
interface Stream {
  readonly level?: Value;
  readonly batt?: Value;
  /** A word of the second gauge on its level. */
  readonly q?: (t: number) => "bad" | undefined;
  /** Who says nothing then: a gauge by its number, 0 = the gates. */
  readonly mute?: (t: number, n: number) => boolean;
  /** Seconds between two readings of a gauge. */
  readonly every?: number;
}
const still: Value = () => 1.5;
function flow(w: DetectWorld, to: number, said: Stream): void {
  const { mute = () => false, every = 60 } = said;
  for (let t = every * second; t <= to; t += every * second) {
    for (const n of [1, 2, 3])
      if (!mute(t, n)) w.say(`ws-${n}`, start + t, measuredBy(said, t, n), n === 2 && said.q?.(t) !== undefined ? { level: "bad" } : {});
    if (t % (10 * minute) === 0 && !mute(t, 0)) for (const id of ["sg-1", "sg-2"]) w.say(id, start + t, { gate: "open", person: false, batt: 0.9 });
  }
  w.until(start + to);
}
function measuredBy({ level = still, batt = () => 0.9 }: Stream, t: number, n: number): Record<string, number> {
  const [value, charge] = [level(t, n), batt(t, n)];
  return {
    ...(value === undefined ? {} : { level: Math.round(1000 * (value + ripple(t, n))) / 1000 }),
    ...(charge === undefined ? {} : { batt: charge }),
    rain: 0,
  };
}
const within = (t: number, [from, to]: readonly [number, number]): boolean => t > from && t <= to;
/** The second gauge says this then, the others what the water does. */
const alone =
  (span: readonly [number, number], own: Value, water: Value = still): Value =>
  (t, n) =>
    n === 2 && within(t, span) ? own(t, n) : water(t, n);
const twoHours = [hour, 3 * hour] as const;
/** Everybody rises by 1.1 m in 30 min: the worst that has been measured (domain.md B2). */
const storm: Value = (t) => 1.5 + 1.1 * Math.min(1, Math.max(0, (t - hour) / (30 * minute)));
/** Readings that come so long after their time. */
function late(w: DetectWorld, by: (n: number) => number): void {
  for (let n = 1; n <= 20; n++) {
    w.until(start + n * minute);
    w.say("ws-2", start + n * minute - by(n), { level: 1.5 + ripple(n * minute, 2) });
  }
  w.until(start + hour);
}
const wet: Value = (t) => 1.5 + 0.4 * Math.exp(-t / (3 * day));

/** What gateways share has stories of its own, in a city of several districts. */
const isOwn = ({ when }: Rule): boolean => when.kind === "sensor";

describe("rules of the sensors, at a gauge", () => {
  proveRules(sensorRulesOf(stream, "gauge").filter(isOwn), world, {
    silent: {
      incident: (w) => flow(w, 3 * hour, { mute: (t, n) => n === 2 && within(t, [hour, 2 * hour]) }),
      at: "ws-2",
      raised: 63,
      over: 121,
      faults: {
        "a reading that is two minutes late": (w) => flow(w, 3 * hour, { mute: (t, n) => n === 2 && within(t, [hour, hour + 2 * minute]) }),
        "a gateway that is lost": (w) =>
          flow(w, 3 * hour, { mute: (t, n) => (n === 2 || n === 0) && within(t, [hour + 9 * minute, 2 * hour + 9 * minute]) }),
        "a line to us that is down": (w) => flow(w, 3 * hour, { mute: (t) => within(t, [hour, 2 * hour]) }),
        "a level that ends because the water has come up to the sensor": (w) =>
          flow(w, 3 * hour, { level: (t, n) => (n === 2 && t > 2 * hour ? undefined : Math.min(6.8, 1.5 + Math.max(0, t - hour) / (10 * minute))) }),
      },
    },
    gateway: {
      incident: (w) => flow(w, 4 * hour, { mute: (t, n) => (n === 2 || n === 0) && within(t, [hour, 2 * hour]) }),
      raised: 71,
      over: 122,
      faults: {
        "a gauge that is silent beside gates that speak": (w) => flow(w, 4 * hour, { mute: (t, n) => n === 2 && within(t, [hour, 3 * hour]) }),
        "a gauge that is silent beside gates that have never spoken": (w) =>
          flow(w, 4 * hour, { mute: (t, n) => n === 0 || (n === 2 && within(t, [hour, 3 * hour])) }),
        "gates that are silent beside a gauge that speaks": (w) => flow(w, 4 * hour, { mute: (t, n) => n === 0 && within(t, [hour, 3 * hour]) }),
        "a gauge that is silent while its gates have no turn yet": (w) =>
          flow(w, 4 * hour, { mute: (t, n) => n === 2 && within(t, [hour, hour + 8 * minute]) }),
        "a line to us that is down": (w) => flow(w, 4 * hour, { mute: (t) => within(t, [hour, 2 * hour]) }),
      },
    },
    clock: {
      incident: (w) => late(w, (n) => (n <= 12 ? 5 * minute : -second)),
      raised: 3,
      over: 15,
      faults: {
        "a line that is slow by some seconds": (w) => late(w, () => 20 * second),
        "readings of which each is late by another time": (w) => late(w, (n) => 2 * minute + (n % 2) * 50 * second),
        "a backlog that comes all at once": (w) => {
          w.say("ws-2", start + minute, { level: 1.5 });
          w.until(start + 30 * minute);
          for (let n = 2; n <= 30; n++) w.say("ws-2", start + n * minute, { level: 1.5 + ripple(n * minute, 2) });
          w.until(start + 31 * minute);
        },
        "one message from the future": (w) => {
          w.detector.take({ t: start + hour, device: "ws-2", ahead: hour });
          w.until(start + 2 * hour);
        },
      },
    },
    range: {
      incident: (w) => flow(w, 4 * hour, { level: alone(twoHours, () => -2) }),
      raised: 62,
      over: 183,
      faults: {
        "one odd reading": (w) => flow(w, 3 * hour, { level: alone([hour, hour + minute], () => -2) }),
        "one reading that calls itself bad": (w) => flow(w, 3 * hour, { q: (t) => (t === hour ? "bad" : undefined) }),
        "a surge at its place, while the whole stream rises": (w) =>
          flow(w, 3 * hour, {
            level: alone(
              [hour, hour + 8 * minute],
              (t) => 1.5 + (0.32 * (t - hour)) / minute,
              (t) => 1.5 + Math.min(2.4, Math.max(0, (0.06 * (t - hour)) / minute)),
            ),
          }),
        "5 cm a minute": (w) => flow(w, 3 * hour, { level: alone(twoHours, (t) => 1.5 + Math.min(3, (0.05 * (t - hour)) / minute)) }),
        "two quick readings": (w) => flow(w, 3 * hour, { level: alone(twoHours, (t) => 1.5 + Math.min(0.8, (0.4 * (t - hour)) / minute)) }),
      },
    },
    spike: {
      incident: (w) => flow(w, 3 * hour, { level: alone([hour, hour + 2 * minute], () => 2.3) }),
      raised: 63,
      over: 93,
      faults: {
        "a storm in which all rise": (w) => flow(w, 3 * hour, { level: storm }),
        "waves of a hand's breadth": (w) => flow(w, 3 * hour, { level: alone(twoHours, (t) => 1.5 + ((t / minute) % 2) * 0.12) }),
        "a surge that has reached the next gauge as well": (w) =>
          flow(w, 3 * hour, {
            level: (t, n) => (n === 2 ? (t > hour ? 2.3 : 1.5) : 1.5 + 0.5 * Math.min(1, Math.max(0, (t - hour + 15 * minute) / (15 * minute)))),
          }),
        "another level after a silence": (w) =>
          flow(w, 3 * hour, {
            level: (t) => 1.5 + 0.6 * Math.min(1, Math.max(0, (t - hour) / hour)),
            mute: (t, n) => n === 2 && within(t, [hour, 2 * hour + 5 * minute]),
          }),
      },
    },
    stuck: {
      incident: (w) => flow(w, 4 * hour, { level: alone([hour, 2.5 * hour], (t, n) => 1.5 - ripple(t, n)) }),
      raised: 121,
      over: 151,
      faults: {
        "a level that moves by its last digit": (w) => flow(w, 4 * hour, {}),
        "fifty minutes of it": (w) => flow(w, 4 * hour, { level: alone([hour, hour + 50 * minute], (t, n) => 1.5 - ripple(t, n)) }),
        "two equal readings with hours of silence between them": (w) =>
          flow(w, 5 * hour, {
            level: (t, n) => 1.5 - (n === 2 && (t === hour || t === 4 * hour) ? ripple(t, n) : 0),
            mute: (t, n) => n === 2 && within(t, [hour, 4 * hour - minute]),
          }),
        "standing for half an hour while one neighbour moves": (w) =>
          flow(w, 3 * hour, {
            level: (t, n) => (n === 1 ? storm(t, n)! : 1.5 - (n === 2 && within(t, [hour, hour + 45 * minute]) ? ripple(t, n) : 0)),
          }),
      },
    },
    drift: {
      incident: (w) => flow(w, 9 * day, { level: (t, n) => wet(t, n)! + (n === 2 ? (0.04 * t) / day : 0) }),
      at: "ws-2",
      raised: 5 * 1440,
      over: null,
      faults: {
        "a wet week in which all fall together": (w) => flow(w, 9 * day, { level: wet }),
        "1 cm a day, which ratings are worth": (w) => flow(w, 9 * day, { level: (t, n) => wet(t, n)! + (n === 2 ? (0.01 * t) / day : 0) }),
        "three days of it": (w) => flow(w, 9 * day, { level: (t, n) => wet(t, n)! + (n === 2 ? 0.04 * Math.min(3, Math.max(0, t / day - 3)) : 0) }),
      },
    },
    battery: {
      incident: (w) => flow(w, 3 * hour, { every: 600, batt: (t, n) => (n === 2 && t > hour && t <= 2 * hour ? 0.14 : 0.9) }),
      raised: 90,
      over: 130,
      faults: {
        "a cold night on a fair battery": (w) =>
          flow(w, 3 * hour, { every: 600, batt: (t, n) => (n === 2 && t > hour && t <= 2 * hour ? 0.17 : 0.3) }),
        "one odd reading": (w) => flow(w, 3 * hour, { every: 600, batt: (t, n) => (n === 2 && t === hour ? 0.1 : 0.5) }),
        "a sensor that says nothing of it": (w) => flow(w, 3 * hour, { every: 600, batt: () => undefined }),
      },
    },
  });
});

test("five calm days of the small city raise no alarm of any class", () => {
  const watched = new Map<string, Watched>();
  for (const { devices, district } of smallCity.gateways)
    for (const { id, service, kind, meta } of devices) {
      const contract = serviceOf(service)!;
      const { every, stale } = contract.kinds[kind]!;
      watched.set(id, { id, service, kind, district, timeline: "city", every, stale, meta, contract });
    }
  const detector = createDetector({ devices: () => watched.values(), device: (id) => watched.get(id), rulesOf });
  detector.forget(cityStart);
  const engine = smallEngine({ seed: 20_261_126 });
  const found: string[] = [];
  let readings = 0;
  for (let to = cityStart + 600_000; to <= cityStart + 5 * 86_400_000; to += 600_000) {
    for (const { d, t, m, e, ...rest } of saidIn(messagesTo(engine, to))) {
      const device = watched.get(d)!;
      readings += 1;
      if (m === undefined) detector.take({ t, device: d, e: e ?? "", ...("x" in rest ? { x: rest.x as Record<string, number> } : {}) });
      else {
        const derived = device.contract.derived.flatMap((one) => {
          const value = device.contract.kinds[device.kind]!.metrics.includes(one.metric) ? derive(one, m, device.meta.constants ?? {}) : undefined;
          return value === undefined ? [] : [[one.metric, value]];
        });
        detector.take({ t, device: d, m: { ...m, ...Object.fromEntries(derived) } });
      }
    }
    for (const { what, rule, device } of detector.advance(to)) if (what === "raised" && rule.outcome === "alarm") found.push(`${rule.id} ${device}`);
  }
  expect(readings).toBeGreaterThan(50_000);
  expect(found).toEqual([]);
});
