import { describe, expect, test } from "vitest";
import type { Rule } from "../../../shared/alarm-rule.ts";
import { stream } from "../../../shared/services/stream.ts";
import { type DetectWorld, detectWorld, hour, minute, second, start } from "../../support/detect-world.ts";
import { proveRules } from "../../support/rule-stories.ts";
import { gateAt, gauge } from "../../support/stream-places.ts";

/** Three gauges down a stream without slope, and a gate between the first two whose path lies at 3 m. Interest 2 m, caution 4 m, alert 5 m, serious 6 m. */
const world = (): DetectWorld =>
  detectWorld({ service: stream, devices: [...[1, 2, 3].map((n) => gauge(`ws-${n}`, 2 * n - 1)), gateAt("sg-1", 2, 3)] });
const wave = (t: number, n: number): number => (((t / minute) * 7 + n * 5) % 13) / 1000 - 0.006;
type Level = (t: number) => number;
interface Flow {
  /** Of the middle gauge; default: as the others. */
  readonly own?: (t: number) => number | undefined;
  /** A word of its sensor. */
  readonly q?: "bad";
  /** What the gate is at a minute; default: closed. Speaks every ten minutes, and at these. */
  readonly gate?: Readonly<Record<number, Gate>>;
}
interface Gate {
  readonly gate: string;
  readonly person?: boolean;
}
function flow(w: DetectWorld, to: number, level: Level, { own = level, q, gate = { 0: { gate: "closed" } } }: Flow = {}): void {
  for (let t = minute; t <= to; t += minute)
    for (const n of [1, 2, 3]) {
      const value = n === 2 ? own(t) : level(t);
      if (value === undefined) continue;
      const m = { level: Math.round(1000 * (value + wave(t, n))) / 1000, rain: 0, batt: 0.9 };
      w.say(`ws-${n}`, start + t, m, n === 2 && q !== undefined ? { level: q } : undefined);
    }
  saysGate(w, to, gate);
  w.until(start + to);
}
function saysGate(w: DetectWorld, to: number, states: Readonly<Record<number, Gate>>): void {
  const changes = Object.entries(states).map(([at, state]) => ({ at: Number(at) * minute, ...state }));
  const tens = Array.from({ length: Math.floor(to / (10 * minute)) }, (_, k) => (k + 1) * 10 * minute);
  for (const t of [...new Set([...changes.map(({ at }) => at + second), ...tens])].sort((a, b) => a - b)) {
    const { gate = "closed", person = false } = changes.findLast(({ at }) => at < t) ?? {};
    w.say("sg-1", start + t, { gate, person, batt: 0.9, display: "off" });
  }
}
/** From minute 60 on so many metres an hour, up to a top. */
const ramp =
  (perHour: number, top: number, from = 1.5): Level =>
  (t) =>
    Math.min(top, from + Math.max(0, (perHour * (t - hour)) / hour));
/** Then it falls by a metre an hour. */
const upAndDown =
  (rise: Level, turn: number): Level =>
  (t) =>
    t < turn ? rise(t) : Math.max(1.5, rise(turn) - (t - turn) / hour);
const flat =
  (level: number): Level =>
  () =>
    level;
/** Higher by so much for the reading of one minute; less than what a sensor would be doubted for. */
const once =
  (level: Level, at: number, by: number): Level =>
  (t) =>
    level(t) + (t === at ? by : 0);
/** The middle one alone, from the first hour on. */
const stepsTo =
  (level: number) =>
  (t: number): number =>
    t >= hour ? level : 1.5;
/** Two readings of another level, ten minutes apart, and nothing between them. */
const twice =
  (usual: number, other: number, at: number) =>
  (t: number): number | undefined =>
    t === at || t === at + 10 * minute ? other : t > at && t < at + 10 * minute ? undefined : Math.min(usual, ramp(1, usual)(t));
const flood = upAndDown(ramp(1, 6.3), 6 * hour);
/** Under the path within the hour. */
const pathFlood = ramp(2, 3.6);

describe("rules of the stream", () => {
  proveRules(stream.rules as readonly Rule[], world, {
    interest: {
      incident: (w) => flow(w, 6 * hour, upAndDown(ramp(0.5, 2.3), 4 * hour)),
      at: "ws-2",
      raised: 122,
      over: 265,
      faults: {
        "a shower that ends below it": (w) => flow(w, 4 * hour, ramp(0.4, 1.9)),
        "one wave": (w) => flow(w, 3 * hour, once(flat(1.9), 2 * hour, 0.15)),
        "a gauge that steps alone": (w) => flow(w, 4 * hour, flat(1.5), { own: stepsTo(2.6) }),
        "two readings with a silence between them": (w) => flow(w, 5 * hour, flat(1.9), { own: twice(1.9, 2.1, 4 * hour) }),
        "a level that its sensor calls bad": (w) => flow(w, 3 * hour, flat(1.5), { own: (t) => (t >= hour ? 2.3 : 2.05), q: "bad" }),
      },
    },
    level: {
      incident: (w) => flow(w, 12 * hour, flood),
      at: "ws-2",
      raised: 211,
      over: 504,
      priorities: [3, 2, 1, 2, 3],
      faults: {
        "a flood that ends below caution": (w) => flow(w, 5 * hour, ramp(1, 3.9)),
        "one wave": (w) => flow(w, 5 * hour, once(ramp(1, 3.9), 4.5 * hour, 0.2)),
        "a gauge that steps alone": (w) => flow(w, 4 * hour, flat(1.5), { own: stepsTo(4.5) }),
        "two readings with a silence between them": (w) => flow(w, 5 * hour, ramp(1, 3.9), { own: twice(3.9, 4.1, 4 * hour) }),
        "one reading before it falls silent": (w) =>
          flow(w, 5 * hour, ramp(1, 3.9), { own: (t) => (t < 3.5 * hour ? ramp(1, 3.9)(t) : t === 3.5 * hour ? 4.1 : undefined) }),
        "a level that its sensor calls bad": (w) => flow(w, 6 * hour, ramp(1, 3.9), { own: ramp(1, 4.2), q: "bad" }),
      },
    },
    rise: {
      incident: (w) => flow(w, 4 * hour, ramp(2.4, 3.5)),
      at: "ws-2",
      raised: 69,
      over: 128,
      faults: {
        "a rise of 0.1 m in ten minutes": (w) => flow(w, 4 * hour, ramp(0.6, 3.5)),
        "the same rise far below the path": (w) => flow(w, 3 * hour, ramp(2.4, 1.4, 0.7)),
        "one wave": (w) => flow(w, 4 * hour, once(ramp(0.6, 2.5), 3 * hour, 0.31)),
        "a gauge that steps alone": (w) => flow(w, 4 * hour, flat(1.5), { own: stepsTo(4.5) }),
      },
    },
    rising: {
      incident: (w) => flow(w, 9 * hour, upAndDown(ramp(1.5, 5.4), 5 * hour)),
      at: "ws-2",
      raised: 172,
      over: 364,
      faults: {
        "a shower": (w) => flow(w, 5 * hour, ramp(0.6, 2.6)),
        "a slow rise that ends below it": (w) => flow(w, 14 * hour, ramp(0.2, 4.3, 2)),
        "a surge of two minutes": (w) => flow(w, 5 * hour, (t) => 3.6 + (t > 3 * hour && t <= 3 * hour + 2 * minute ? 0.25 : 0)),
        "a gauge that steps alone": (w) => flow(w, 4 * hour, flat(1.5), { own: stepsTo(4.5) }),
      },
    },
    "path-floods": {
      incident: (w) => flow(w, 6 * hour, upAndDown(pathFlood, 4 * hour)),
      raised: 87,
      over: 316,
      faults: {
        "a shower that ends a metre below": (w) => flow(w, 4 * hour, ramp(0.6, 2)),
        "a slow rise that ends half a metre below": (w) => flow(w, 10 * hour, ramp(0.2, 2.5)),
        "a gauge that steps alone": (w) => flow(w, 4 * hour, flat(1.5), { own: stepsTo(5.5) }),
      },
    },
    "gate-stays": {
      incident: (w) => flow(w, 3 * hour, pathFlood, { gate: { 0: { gate: "open" }, 100: { gate: "closing" }, 100.5: { gate: "closed" } } }),
      raised: 89,
      over: 100.5,
      faults: {
        "a gate that closes in time": (w) =>
          flow(w, 3 * hour, pathFlood, { gate: { 0: { gate: "open" }, 88: { gate: "closing" }, 88.5: { gate: "closed" } } }),
        "a gate that was closed": (w) => flow(w, 3 * hour, pathFlood),
        "an open gate in a shower": (w) => flow(w, 4 * hour, ramp(0.6, 2), { gate: { 0: { gate: "open" } } }),
      },
    },
    "gate-fault": {
      incident: (w) => flow(w, 2 * hour, flat(1.5), { gate: { 0: { gate: "open" }, 30: { gate: "fault" }, 90: { gate: "open" } } }),
      raised: 31,
      over: 90,
      faults: {
        "a gate that only moves": (w) =>
          flow(w, 2 * hour, flat(1.5), { gate: { 0: { gate: "open" }, 30: { gate: "closing" }, 30.5: { gate: "closed" } } }),
        "a fault that is gone half a minute later": (w) =>
          flow(w, 2 * hour, flat(1.5), { gate: { 0: { gate: "open" }, 30: { gate: "fault" }, 30.5: { gate: "open" } } }),
      },
    },
    "person-in-gap": {
      incident: (w) =>
        flow(w, 2 * hour, flat(1.5), {
          gate: {
            0: { gate: "open" },
            30: { gate: "closing", person: true },
            31: { gate: "closing", person: true },
            33: { gate: "closing" },
            33.5: { gate: "closed" },
          },
        }),
      raised: 31.5,
      over: 33,
      faults: {
        "somebody who walks on": (w) =>
          flow(w, 2 * hour, flat(1.5), { gate: { 30: { gate: "closing", person: true }, 30.7: { gate: "closing" }, 31: { gate: "closed" } } }),
        "somebody at an open gate": (w) => flow(w, 2 * hour, flat(1.5), { gate: { 0: { gate: "open", person: true } } }),
      },
    },
  });

  test("a flood that comes and goes is nobody's broken sensor, and leaves nothing standing", () => {
    const w = world();
    flow(w, 12 * hour, flood);
    expect(w.findings.filter(({ rule }) => rule.class === "maintenance")).toEqual([]);
    expect(w.standing()).toEqual([]);
    expect(w.findings.filter(({ rule, device }) => rule.id === "level" && device === "ws-2").map(({ step }) => step?.en)).toEqual([
      ...["caution", "alert", "serious", "alert", "caution", undefined],
    ]);
  });
  test("one gauge that steps while its neighbours are flat is a sensor, and nothing else", () => {
    const w = world();
    flow(w, 4 * hour, flat(1.5), { own: stepsTo(4.5) });
    expect(w.raised()).toEqual(["spike"]);
  });
  test("the alert level is forecast well before it is there", () => {
    const w = world();
    flow(w, 5 * hour, ramp(1.5, 5.4));
    const at = (id: string, priority: number) =>
      w.findings.find(({ rule, device, priority: is }) => rule.id === id && device === "ws-2" && is === priority)!.t;
    expect(at("level", 2) - at("rising", 3)).toBeGreaterThan(10 * minute);
  });
});
