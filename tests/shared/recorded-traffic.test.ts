import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAlarmsHeard, differenceOf } from "../../commands/recording/alarms-heard.ts";
import { createClockThinning } from "../../commands/recording/clock-thinning.ts";
import { createPace } from "../../commands/recording/pace.ts";
import { headLine, messageLine, type Recorded, readRecording } from "../../commands/recording/recorded.ts";
import { createSpokenDevices } from "../../commands/recording/spoken-devices.ts";
import { createTopicFilter } from "../../commands/recording/topic-filters.ts";
import type { CityClock } from "../../shared/clock.ts";

async function* linesOf(...lines: string[]) {
  yield* lines;
}
const head = headLine({ city: "gaon", run: "r", seed: 1, from: 0, without: [], field: [] });
async function read(...lines: string[]) {
  const all = [];
  for await (const line of readRecording(linesOf(...lines), "night.ndjson")) all.push(line);
  return all;
}
const message = (over: Partial<Recorded> = {}): Recorded => ({
  at: 5,
  t: 4,
  topic: "urban/v1/gaon/stream/ws-1/obs",
  payload: Buffer.from("{}"),
  qos: 1,
  retain: false,
  ...over,
});

describe("a recording's file", () => {
  it("gives back every message that was written into it, to the byte, whatever its payload", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.string({ minLength: 1 }), async (bytes, topic) => {
        const said = message({ payload: Buffer.from(bytes), topic });
        expect((await read(head, messageLine(said))).at(-1)).toEqual(said);
      }),
    );
    const text = messageLine(message({ payload: Buffer.from('{"수위":1}') }));
    expect(JSON.parse(text)).toEqual({ at: 5, t: 4, topic: "urban/v1/gaon/stream/ws-1/obs", payload: '{"수위":1}', qos: 1, retain: false });
    expect(JSON.parse(messageLine(message({ payload: Buffer.from([0xff, 0]) })))).toMatchObject({ payload: "/wA=", base64: true });
  });
  it("ends with its last whole line, and names a line that is none", async () => {
    const line = messageLine(message());
    expect(await read(head, line, line.slice(0, 20))).toHaveLength(2);
    await expect(read(head, line.slice(0, 20), line)).rejects.toThrow("night.ndjson, line 2: this is no message of a recording");
    await expect(read(line)).rejects.toThrow("line 1: this is no recording of gwanje record");
    await expect(read()).rejects.toThrow("night.ndjson is empty");
  });
});

describe("topic filters", () => {
  it("meet topics as MQTT has it, and without any everything does", () => {
    const fits = createTopicFilter(["urban/v1/+/stream/#", "a/b"]);
    expect(["urban/v1/gaon/stream/ws-1/obs", "urban/v1/gaon/stream", "a/b"].map(fits)).toEqual([true, true, true]);
    expect(["urban/v1/gaon/traffic/tx-1/obs", "a/b/c", "a"].map(fits)).toEqual([false, false, false]);
    expect(createTopicFilter([])("anything")).toBe(true);
  });
  it("that are none are named", () => {
    for (const wrong of ["", "a/#/b", "a#", "a/b+"]) expect(() => createTopicFilter([wrong])).toThrow("is no MQTT filter");
  });
});

describe("the pace of a replay", () => {
  it("waits as long as it was, divided by the rate, and tells how far off it was", async () => {
    const pace = createPace(10, 1000);
    const began = performance.now();
    for (const at of [1000, 1200, 1500]) {
      await pace.until(at);
      expect(performance.now() - began).toBeGreaterThanOrEqual((at - 1000) / 10 - 0.5);
      pace.said(at);
    }
    expect(pace.error()?.worst).toBeGreaterThanOrEqual(pace.error()!.p50);
    expect(pace.due(2000) - pace.due(1000)).toBeCloseTo(100);
  });
  it("waits for nothing at the highest rate, and is then never off", async () => {
    const pace = createPace(null, 0);
    await pace.until(1e12);
    pace.said(1e12);
    expect(pace.error()).toBeUndefined();
  });
});

const clock = (mark: number, over: Partial<CityClock> = {}): CityClock => ({
  ...{ run: "r", city: "gaon", seed: 1, scale: 1, start: 0, head: mark + 1000, mark, rate: 1, asked: 1, paused: false, phase: "live" },
  ...over,
});
describe("clocks that nobody needs", () => {
  const marks = (clocks: readonly CityClock[]): number[] => clocks.map(({ mark }) => mark);
  it("wait while they bring nothing new, for half a minute of city time", () => {
    const thinning = createClockThinning(null);
    expect(marks(thinning.take(clock(0)))).toEqual([0]);
    for (let s = 1; s < 30; s++) expect(thinning.take(clock(s * 1000))).toEqual([]);
    expect(marks(thinning.take(clock(30_000)))).toEqual([30_000]);
    thinning.take(clock(31_000));
    expect(marks(thinning.rest())).toEqual([31_000]);
    expect(thinning.rest()).toEqual([]);
  });
  it("come before what is behind their mark, what is beyond the head that was said, and what has no time", () => {
    const waiting = () => {
      const thinning = createClockThinning(null);
      thinning.take(clock(0, { head: 20_000 }));
      thinning.take(clock(10_000, { head: 30_000 }));
      return thinning;
    };
    expect(waiting().before([10_001, 20_000])).toEqual([]);
    expect(marks(waiting().before([10_000, 20_000]))).toEqual([10_000]);
    expect(marks(waiting().before([10_001, 20_001]))).toEqual([10_000]);
    expect(marks(waiting().before(undefined))).toEqual([10_000]);
  });
  it("come before a change, with it: another phase, run, pause", () => {
    for (const change of [{ phase: "jump" }, { run: "s" }, { paused: true }] as const) {
      const thinning = createClockThinning(null);
      thinning.take(clock(0));
      thinning.take(clock(5000));
      expect(marks(thinning.take(clock(6000, change)))).toEqual([5000, 6000]);
    }
  });
  it("are said five times a second where somebody may watch", () => {
    const fast = createClockThinning(2);
    // 60 city seconds a second, twice as fast: 24 of them in a fifth of a second
    expect([0, 12, 23, 24, 30, 48].flatMap((s) => marks(fast.take(clock(s * 1000, { rate: 60 }))))).toEqual([0, 24_000, 48_000]);
    const thinning = createClockThinning(1);
    expect([0, 1000, 2000].flatMap((mark) => marks(thinning.take(clock(mark))))).toEqual([0, 1000, 2000]);
  });
});

describe("devices of a recording", () => {
  const topic = (device: string, channel: "obs" | "meta") => ({ city: "gaon", service: "stream", device, channel });
  const payload = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  it("are those that were born, and of others the kind that measures what they say", () => {
    const devices = createSpokenDevices();
    const meta = { v: 1, d: "ws-1", kind: "gauge", name: { ko: "가", en: "a" }, gateway: "gw-1", district: "x", lat: 1, lon: 2 };
    devices.take(
      topic("gw-1", "obs"),
      payload([
        { d: "ws-1", m: { dist: 4 } },
        { d: "sg-9", m: { gate: "open" } },
        { d: "sg-9", m: { person: false } },
      ]),
    );
    devices.take(topic("gw-1", "obs"), payload({ d: "zz", m: { colour: 4 } }));
    devices.take(topic("ws-1", "meta"), payload(meta));
    const { devices: all, guessed } = devices.all();
    expect(guessed).toEqual(["sg-9"]);
    expect(all.get("ws-1")).toEqual({ service: "stream", meta });
    expect(all.get("sg-9")).toMatchObject({ meta: { kind: "gate", gateway: "gw-1" } });
    expect(all.has("zz")).toBe(false);
  });
});

describe("alarms that were heard", () => {
  const document = (over: object) =>
    Buffer.from(
      JSON.stringify({
        ...{ id: "a", rule: "s/r", device: "d", timeline: "city", active: true, occurrence: 1, raisedAt: 20, clearedAt: null },
        ...over,
      }),
    );
  it("are those since the city was live, each once, with their end", () => {
    const heard = createAlarmsHeard();
    heard.take(document({ id: "before" }));
    heard.clock(clock(10));
    for (const one of [
      {},
      { active: false, clearedAt: 30 },
      { occurrence: 2, raisedAt: 40 },
      { id: "f", timeline: "field" },
      { id: "old", raisedAt: 5 },
    ])
      heard.take(document(one));
    heard.take(Buffer.alloc(0));
    expect(heard.all()).toEqual([
      { rule: "s/r", device: "d", raised: 20, cleared: 30 },
      { rule: "s/r", device: "d", raised: 40, cleared: null },
    ]);
  });
  it("are held against what was raised again", () => {
    const one = { rule: "s/r", device: "d", raised: 20 };
    const all = () => true;
    expect(differenceOf([{ ...one, cleared: 30 }], [{ ...one, cleared: 30 }], all)).toEqual({ missing: [], more: [], otherwise: [] });
    expect(differenceOf([{ ...one, cleared: 30 }], [{ ...one, cleared: 31 }], all).otherwise).toHaveLength(1);
    expect(differenceOf([{ ...one, cleared: undefined }], [{ ...one, cleared: 31 }], all).otherwise).toEqual([]);
    expect(differenceOf([{ ...one, cleared: 30 }], [], all).missing).toHaveLength(1);
    expect(differenceOf([], [{ ...one, cleared: 30 }], all).more).toHaveLength(1);
    expect(differenceOf([], [{ ...one, cleared: 30 }], () => false).more).toEqual([]);
  });
});
