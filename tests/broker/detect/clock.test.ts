import { describe, expect, test } from "vitest";
import { sensorRulesOf } from "../../../shared/sensor-rules.ts";
import { serviceOf } from "../../../shared/services/index.ts";
import { type DetectWorld, detectWorld, hour, minute, second, start } from "../../support/detect-world.ts";
import { clockAt, ingestWorld, reading } from "../../support/ingest-world.ts";
import { gauge } from "../../support/stream-places.ts";
import { tempLedger } from "../../support/temp-ledger.ts";

const stream = serviceOf("stream")!;
const gauges = (): DetectWorld =>
  detectWorld({
    service: stream,
    devices: ["ws-1", "ws-2", "ws-3"].map((id, k) => gauge(id, 1 + 2 * k)),
    rules: sensorRulesOf(stream, "gauge").filter(({ id }) => id === "clock"),
  });
const raised = (place: DetectWorld) => place.told().map(([, what, rule]) => [what, rule]);

describe("a clock that is behind", () => {
  /** Each reading comes so long after its time. */
  const late = (by: (n: number) => number): DetectWorld => {
    const place = gauges();
    for (let n = 1; n <= 20; n++) {
      place.until(start + n * minute);
      place.say("ws-1", start + n * minute - by(n), { level: 1.5 });
    }
    place.until(start + hour);
    return place;
  };
  test("makes every reading come five minutes late: told until readings are in time again", () => {
    const place = late((n) => (n <= 12 ? 5 * minute : -second));
    expect(raised(place)).toEqual([
      ["raised", "clock"],
      ["cleared", "clock"],
    ]);
    expect(place.findings[0]!.evidence!.condition.en).toBe("3 readings in a row carry a time some 5 min in the past");
  });
  test("is none when readings come some seconds late through a slow line", () => expect(late(() => 20 * second).told()).toEqual([]));
  test("is none when each is late by another time", () => expect(late((n) => 2 * minute + (n % 2) * 50 * second).told()).toEqual([]));
  test("is none when a backlog comes all at once", () => {
    const place = gauges();
    place.say("ws-1", start + minute, { level: 1.5 });
    place.until(start + 30 * minute);
    for (let n = 2; n <= 30; n++) place.say("ws-1", start + n * minute, { level: 1.5 });
    place.until(start + 31 * minute);
    expect(place.told()).toEqual([]);
  });
});

/** The real way in: the door refuses what is more than a minute ahead. A real device, whose time is the wall clock less two seconds, unless said. */
describe("a clock that runs ahead", () => {
  /** Minute by minute until an hour has gone; what the gauge's clock is ahead by in minute n. */
  async function live(ahead: (n: number) => number, timeline: "field" | "city" = "field") {
    const { root } = await tempLedger();
    const place = ingestWorld(root, { devices: [{ service: "stream", timeline, meta: gauge("ws-1", 1) }] });
    if (timeline === "field") place.fold.clock = undefined;
    for (let n = 1; n <= 60; n++) {
      const at = start + n * minute;
      if (timeline === "city") place.fold.clock = clockAt(at);
      place.say("stream", "ws-1", reading("ws-1", at + ahead(n), { level: Math.round(1500 + (n % 7)) / 1000 }), { at });
      place.fold.room.advance(timeline, at - 2 * second, at);
    }
    const { room } = place.fold;
    return { alarms: room.alarms().map(({ rule, state, active }) => [rule, state, active]), evidence: room.alarm("stream-clock-ws-1")?.evidence };
  }

  test("by half a minute is found, and over when it has been set", async () => {
    const { alarms, evidence } = await live((n) => (n <= 20 ? 30 * second : 0));
    expect(evidence?.t).toBe(start + 3 * minute + 30 * second);
    expect(evidence?.condition.en).toBe("3 readings in a row carry a time some 30 s in the future");
    expect(alarms).toEqual([["stream/clock", "D", false]]);
  });
  test("by an hour is found by what the door refuses, and its silence is not told as another trouble", async () => {
    const { alarms, evidence } = await live((n) => (n < 10 ? 0 : hour));
    expect(evidence?.condition.en).toBe("3 in a row carry a time some 1 h in the future: 3 refused");
    expect(evidence?.inputs.map(({ metric, value }) => [metric, value])).toEqual([
      ["ahead", 3600],
      ["refused", 3],
    ]);
    expect(alarms).toHaveLength(2);
    expect(alarms).toEqual(
      expect.arrayContaining([
        ["stream/clock", "B", true],
        ["stream/silent", "F", true],
      ]),
    );
  });
  test("of a simulated device is found by the head that the city has promised", async () => {
    const { evidence } = await live((n) => (n < 10 ? 0 : 20 * second), "city");
    expect(evidence?.condition.en).toBe("3 readings in a row carry a time some 20 s in the future");
  });
  test.each([
    ["it is right", () => 0],
    ["it is some seconds fast", () => 5 * second],
    ["one reading was wrong", (n: number) => (n === 20 ? hour : 0)],
    ["wrong ones are far apart", (n: number) => (n % 20 === 0 ? 40 * second : 0)],
    ["each is off by another time", (n: number) => (n === 20 || n === 21 || n === 22 ? n * hour : 0)],
  ])("is none when %s", async (_what, ahead) => {
    const { alarms } = await live(ahead);
    expect(alarms.filter(([rule]) => rule === "stream/clock")).toEqual([]);
  });
});
