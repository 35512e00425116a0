import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lostBy } from "../../broker/ingest/track.ts";
import { qualities } from "../../shared/reading.ts";
import { services } from "../../shared/services/index.ts";
import { fieldLagMs } from "../../shared/timeline.ts";
import { probe } from "../contract/probe-service.ts";
import { birth, clockAt, day, event, hour, ingestWorld, minute, type Put, reading, start } from "../support/ingest-world.ts";
import { tempLedger } from "../support/temp-ledger.ts";

const devices: readonly Put[] = [
  { service: "traffic", meta: birth("tx-1-n", "approach", { gateway: "gw-tx-1" }) },
  { service: "traffic", meta: birth("tx-1-s", "approach", { gateway: "gw-tx-1" }) },
  { service: "traffic", meta: birth("tx-2-n", "approach", { gateway: "gw-tx-2" }) },
  { service: "ucare", meta: birth("uc-1", "home", { gateway: "gw-uc-1" }) },
  { service: "traffic", timeline: "field", meta: birth("real-1", "approach") },
];
const world = async (options: Parameters<typeof ingestWorld>[1] = {}) => ingestWorld((await tempLedger()).root, { devices, ...options });
const qualityOf = (packed: number, bit: number) => qualities[(packed >> (3 * bit)) & 7];

describe("a reading's way in", () => {
  it("ends in the counters, the latest values, the store's columns and with whoever listens", async () => {
    const w = await world();
    expect(w.say("traffic", "tx-1-n", reading("tx-1-n", start, { volume: 9, occ: 0.183 }, { b: 7, seq: 0, i: 60, q: { occ: "sat" } }))).toBe(
      "accepted",
    );
    expect(w.track("tx-1-n")).toMatchObject({ received: 1, accepted: 1, duplicate: 0, refused: 0, late: 0, newest: start });
    expect([w.live("tx-1-n", "volume"), w.live("tx-1-n", "occ"), w.fold.board.get(w.entry("tx-1-n").cell)]).toEqual([9, 0.183, start]);
    expect(w.live("tx-1-n", "speed")).toBeNaN();
    expect(w.announced).toEqual([{ device: "tx-1-n", reading: { t: start, late: false, m: { volume: 9, occ: 0.183 }, q: { occ: "sat" } } }]);
    const [columns] = w.rows().fresh;
    expect(columns).toMatchObject({ service: "traffic", rows: 1 });
    expect([columns?.t[0], columns?.window[0], columns?.device[0]]).toEqual([start, 60, w.entry("tx-1-n").ix]);
    expect([columns?.values.volume?.[0], columns?.values.speed?.[0]]).toEqual([9, Number.NaN]);
    expect([0, 1, 2].map((bit) => qualityOf(columns?.quality[0] ?? 0, bit))).toEqual(["good", "sat", "good"]);
  });

  it("is taken in a pack of the gateway, each for its own device", async () => {
    const w = await world();
    const pack = ["tx-1-n", "tx-1-s"].map((d, at) => reading(d, start, { volume: at + 1 }, { b: 1, seq: 0 }));
    expect(w.say("traffic", "gw-tx-1", pack)).toBe("accepted");
    expect([w.live("tx-1-n", "volume"), w.live("tx-1-s", "volume")]).toEqual([1, 2]);
  });

  it("is counted as a repetition the second time, and changes nothing", async () => {
    const w = await world();
    const first = reading("tx-1-n", start, { volume: 9 }, { b: 1, seq: 4 });
    w.say("traffic", "tx-1-n", first);
    expect(w.say("traffic", "tx-1-n", first)).toBe("duplicate");
    expect(w.say("traffic", "tx-1-n", reading("tx-1-n", start + minute, { volume: 1 }, { b: 1, seq: 4 }))).toBe("duplicate");
    expect(w.track("tx-1-n")).toMatchObject({ received: 3, accepted: 1, duplicate: 2 });
    expect([w.live("tx-1-n", "volume"), w.rows().fresh[0]?.rows, w.announced.length]).toEqual([9, 1, 1]);
  });

  it("numbers readings and events of a device together", async () => {
    const w = await world();
    w.say("traffic", "tx-1-n", reading("tx-1-n", start, { volume: 9 }, { b: 1, seq: 0 }));
    w.say("traffic", "tx-1-n", event("tx-1-n", start, "preempt", { seconds: 30 }, { b: 1, seq: 1 }), { channel: "event" });
    w.say("traffic", "tx-1-n", reading("tx-1-n", start + 1, { volume: 9 }, { b: 1, seq: 4 }));
    expect(w.say("traffic", "tx-1-n", event("tx-1-n", start, "preempt", { seconds: 30 }, { b: 1, seq: 1 }), { channel: "event" })).toBe("duplicate");
    const track = w.track("tx-1-n");
    expect(track && lostBy(track)).toBe(2);
  });

  it("lands late in its place when it is older than the newest: counted, stored, told as late, and never shown as the latest", async () => {
    const w = await world();
    w.say("traffic", "tx-1-n", reading("tx-1-n", start - 4 * hour, { volume: 2 }, { b: 1, seq: 0 }));
    w.say("traffic", "tx-1-n", reading("tx-1-n", start, { volume: 9 }, { b: 1, seq: 2 }));
    expect(w.say("traffic", "tx-1-n", reading("tx-1-n", start - 3 * hour, { volume: 4 }, { b: 1, seq: 1 }))).toBe("accepted");
    expect(w.track("tx-1-n")).toMatchObject({ accepted: 3, late: 1, newest: start });
    expect(w.live("tx-1-n", "volume")).toBe(9);
    expect(w.announced.map(({ reading: { t, late } }) => [t, late])).toEqual([
      [start - 4 * hour, false],
      [start, false],
      [start - 3 * hour, true],
    ]);
    const batch = w.rows();
    expect([batch.fresh[0]?.t[1], batch.late[0]?.t[0], batch.late[0]?.rows]).toEqual([start, start - 3 * hour, 1]);
  });

  it("joins what the same instant already said, without being late", async () => {
    const w = await world();
    w.say("traffic", "tx-1-n", reading("tx-1-n", start, { volume: 9 }, { b: 1, seq: 0 }));
    w.say("traffic", "tx-1-n", reading("tx-1-n", start, { speed: 31 }, { b: 1, seq: 1 }));
    expect([w.live("tx-1-n", "volume"), w.live("tx-1-n", "speed"), w.track("tx-1-n")?.late]).toEqual([9, 31, 0]);
    const batch = w.rows();
    expect([batch.fresh[0]?.rows, batch.late[0]?.rows]).toEqual([1, 1]);
  });

  it("keeps the quality of a value until that metric is measured again", async () => {
    const w = await world();
    w.say("traffic", "tx-1-n", reading("tx-1-n", start, { speed: 31, volume: 1 }, { q: { speed: "bad" } }));
    w.say("traffic", "tx-1-n", reading("tx-1-n", start + minute, { volume: 2 }));
    const bit = w.entry("tx-1-n").plan.metrics.get("speed")?.bit ?? 0;
    expect(qualityOf(w.track("tx-1-n")?.quality ?? 0, bit)).toBe("bad");
  });

  it("holds states as codes, positions as two values and derived metrics beside their inputs", async () => {
    const gauge = birth("sg-1", "gauge", { constants: { reference: 8, rating_a: 10, rating_h0: 0, rating_b: 2 } });
    const put = [
      { service: "probe", meta: birth("p-1", "probe") },
      { service: "stream", meta: gauge },
    ];
    const w = await world({ services: [...services, probe], devices: put });
    w.say("probe", "p-1", reading("p-1", start, { gate: "closed", wet: true, place: [37.25, 127.5] }));
    w.say("stream", "sg-1", reading("sg-1", start, { dist: 5 }));
    const at = w.entry("p-1").cell;
    expect([1, 2, 3, 4, 5, 6].map((offset) => w.fold.board.get(at + offset))).toEqual([Number.NaN, Number.NaN, 1, 1, 37.25, 127.5]);
    expect([w.live("sg-1", "level"), w.live("sg-1", "flow")]).toEqual([3, 90]);
    const rows = Object.fromEntries(w.rows().fresh.map((columns) => [columns.service, columns.values]));
    expect([rows.probe?.gate?.[0], rows.probe?.place_lat?.[0], rows.probe?.place_lon?.[0]]).toEqual([1, 37.25, 127.5]);
    expect([rows.stream?.dist?.[0], rows.stream?.level?.[0], rows.stream?.flow?.[0]]).toEqual([5, 3, 90]);
  });

  it("believes the sensor's own level over the one that could be derived", async () => {
    const gauge = birth("sg-1", "gauge", { constants: { reference: 8 } });
    const w = await world({ devices: [{ service: "stream", meta: gauge }] });
    w.say("stream", "sg-1", reading("sg-1", start, { dist: 5, level: 2.5 }));
    expect([w.live("sg-1", "level"), w.live("sg-1", "flow")]).toEqual([2.5, Number.NaN]);
  });

  it("tells its listeners what was derived as well, so that a trend of it goes on", async () => {
    const w = await world({ devices: [{ service: "stream", meta: birth("sg-1", "gauge", { constants: { reference: 8 } }) }] });
    w.say("stream", "sg-1", reading("sg-1", start, { dist: 5 }));
    expect(w.announced[0]?.reading.m).toEqual({ dist: 5, level: 3 });
  });

  it("leaves out a derived value that its own range does not allow", async () => {
    const w = await world({ devices: [{ service: "stream", meta: birth("sg-1", "gauge", { constants: { reference: 8 } }) }] });
    w.say("stream", "sg-1", reading("sg-1", start, { dist: 30 }));
    expect([w.live("sg-1", "dist"), w.live("sg-1", "level")]).toEqual([30, Number.NaN]);
  });

  it("counts rows that no store has confirmed yet", async () => {
    let confirmed = 0;
    const w = await world({ confirmed: () => confirmed });
    for (let n = 0; n < 3; n++) w.say("traffic", "tx-1-n", reading("tx-1-n", start + n, { volume: n }));
    expect(w.track("tx-1-n")).toMatchObject({ unsettled: 3, lastPosition: 3 });
    confirmed = 3;
    w.say("traffic", "tx-1-n", reading("tx-1-n", start + 3, { volume: 3 }));
    expect(w.track("tx-1-n")).toMatchObject({ unsettled: 1, lastPosition: 4 });
  });
});

describe("what is refused", () => {
  it("is counted with its device, kept with its reason and changes nothing else", async () => {
    const w = await world();
    expect(w.say("traffic", "tx-1-n", reading("tx-1-n", start, { volume: 999 }, { b: 1, seq: 0 }))).toBe("refused");
    expect(w.track("tx-1-n")).toMatchObject({ received: 1, accepted: 0, refused: 1, newest: 0 });
    expect(w.fold.quarantine.page({ limit: 9 })).toMatchObject({
      total: 1,
      byCode: { range: 1 },
      items: [{ n: 1, t: start, client: "tx-1-n", device: "tx-1-n", code: "range", topic: "urban/v1/town/traffic/tx-1-n/obs" }],
    });
    expect([w.announced.length, w.rows().fresh.length]).toEqual([0, 0]);
    expect(w.say("traffic", "tx-1-n", reading("tx-1-n", start, { volume: 9 }, { b: 1, seq: 0 })), "its number is used: it came, it is not lost").toBe(
      "duplicate",
    );
  });

  it("is the one reading of a pack, not its neighbours", async () => {
    const w = await world();
    const pack = [
      reading("tx-1-n", start, { volume: 1 }),
      reading("tx-1-s", start, { volume: -1 }),
      "nonsense",
      reading("tx-9", start, { volume: 1 }),
    ];
    expect(w.say("traffic", "gw-tx-1", pack)).toBe("partly");
    expect([w.track("tx-1-n")?.accepted, w.track("tx-1-s")?.refused]).toEqual([1, 1]);
    expect(w.fold.totals).toMatchObject({ strayReceived: 2, strayRefused: 2 });
    const items = w.fold.quarantine.page({ limit: 9 }).items;
    expect(items.map(({ code, device, payload }) => [code, device, payload])).toEqual([
      ["device", undefined, JSON.stringify(pack[3])],
      ["shape", undefined, '"nonsense"'],
      ["range", "tx-1-s", JSON.stringify(pack[1])],
    ]);
  });

  it.each<[string, string, string, object, string, RegExp]>([
    ["a device that nobody registered", "traffic", "tx-9", reading("tx-9", start, { volume: 1 }), "device", /"tx-9" is not registered/],
    ["a device of another service", "stream", "tx-1-n", reading("tx-1-n", start, { volume: 1 }), "device", /belongs to traffic, not to stream/],
    ["another gateway", "traffic", "gw-tx-2", reading("tx-1-n", start, { volume: 1 }), "rights", /gw-tx-2 may not speak for tx-1-n/],
    ["its neighbour", "traffic", "tx-1-s", reading("tx-1-n", start, { volume: 1 }), "rights", /tx-1-s may not speak for tx-1-n/],
    ["no time from a simulated device", "traffic", "tx-1-n", { v: 1, d: "tx-1-n", m: { volume: 1 } }, "time", /must say its time/],
  ])("is %s", async (_what, service, sender, message, code, reason) => {
    const w = await world();
    expect(w.say(service, sender, message)).toBe("refused");
    expect(w.reasons()).toEqual([{ code, reason: expect.stringMatching(reason) }]);
  });

  it.each<[string, number, boolean]>([
    ["60 s ahead of the city", minute, true],
    ["more than 60 s ahead", minute + 1, false],
    ["as old as what is kept", -30 * day, true],
    ["older than what is kept", -30 * day - 1, false],
  ])("depends on time: %s", async (_what, ahead, good) => {
    const w = await world();
    w.fold.clock = clockAt(start);
    expect(w.say("traffic", "tx-1-n", reading("tx-1-n", start + ahead, { volume: 1 }), { at: start + 400 * day })).toBe(
      good ? "accepted" : "refused",
    );
    if (!good) expect(w.reasons()[0]?.code).toBe("time");
  });

  it("is measured for field devices by the wall clock of arrival, whatever the city's clock says", async () => {
    const w = await world();
    const now = start + 100 * day;
    const ahead = now - fieldLagMs + minute;
    expect(w.say("traffic", "real-1", reading("real-1", ahead, { volume: 1 }), { at: now })).toBe("accepted");
    expect(w.say("traffic", "real-1", reading("real-1", ahead + 1, { volume: 1 }), { at: now })).toBe("refused");
    expect(w.say("traffic", "real-1", reading("real-1", start, { volume: 1 }), { at: now })).toBe("refused");
  });

  it("never stops the others: a message that nothing can write down is refused as well", async () => {
    const w = await world();
    const deep = `${"[".repeat(60_000)}${"]".repeat(60_000)}`;
    const topic = "urban/v1/town/traffic/gw-tx-1/obs";
    expect(w.send(topic, `[${deep},${JSON.stringify(reading("tx-1-n", start, { volume: 1 }))}]`)).toBe("partly");
    expect(w.send(topic, `{"v":1,"d":"tx-1-n","t":${deep},"m":{"volume":1}}`)).toBe("refused");
    expect(w.send(topic, `{"v":1,"d":"tx-1-n","t":${start},"m":{"volume":${deep}}}`)).toBe("refused");
    expect(w.send(topic, `{"v":1,"d":"tx-1-n","t":9000000000000000,"m":{"volume":1}}`)).toBe("refused");
    expect(w.send(topic.replace("obs", "event"), `{"v":1,"d":"tx-1-n","t":${start},"e":${deep}}`)).toBe("refused");
    expect(w.track("tx-1-n")).toMatchObject({ accepted: 1 });
  });

  it("never throws, whatever the bytes, and received = accepted + duplicate + refused", async () => {
    const w = await world();
    const ids = fc.constantFrom("tx-1-n", "tx-1-s", "real-1", "uc-1", "nobody");
    const m = fc.dictionary(
      fc.constantFrom("volume", "occ", "act", "away", "x"),
      fc.oneof(fc.nat(300), fc.boolean(), fc.constant(null), fc.string()),
    );
    const time = fc.option(fc.integer({ min: start - 31 * day, max: start + 2 * minute }), { nil: undefined });
    const message = fc.record(
      { v: fc.constantFrom(1, 1, 1, 2), d: ids, t: time, b: fc.nat(2), seq: fc.nat(9), m },
      { requiredKeys: ["v", "d", "m"] },
    );
    const payload = fc.oneof({ arbitrary: fc.array(message, { maxLength: 4 }), weight: 5 }, message, fc.jsonValue({ maxDepth: 2 }));
    const senders = fc.constantFrom("gw-tx-1", "tx-1-n", "real-1", "gw-uc-1");
    let readings = 0;
    fc.assert(
      fc.property(senders, fc.constantFrom("traffic", "ucare"), fc.constantFrom("obs", "event"), payload, (sender, service, channel, what) => {
        w.send(`urban/v1/town/${service}/${sender}/${channel}`, JSON.stringify(what) ?? "");
        readings += Array.isArray(what) ? Math.max(1, what.length) : 1;
      }),
      { numRuns: 400 },
    );
    let total = w.fold.totals.strayReceived;
    let kept = w.fold.totals.strayRefused;
    for (const { received, accepted, duplicate, refused } of w.fold.tracks.values()) {
      expect(received).toBe(accepted + duplicate + refused);
      total += received;
      kept += refused;
    }
    expect(total).toBe(readings);
    expect(w.fold.quarantine.page({ limit: 1 }).total).toBe(kept);
    const batch = w.rows();
    const stored = [...batch.fresh, ...batch.late].reduce((sum, { rows }) => sum + rows, 0);
    expect(stored, "rows for the store: every accepted reading, no event").toBe(w.announced.length);
  });
});

describe("a real device", () => {
  it("may leave out its time: the arrival stands in, and everything it says is an estimate in time", async () => {
    const w = await world();
    const at = start + 7 * day;
    expect(w.say("traffic", "real-1", { v: 1, d: "real-1", m: { volume: 9, speed: 31 }, q: { speed: "bad" } }, { at })).toBe("accepted");
    expect(w.track("real-1")).toMatchObject({ newest: at - fieldLagMs });
    const packed = w.rows().fresh[0]?.quality[0] ?? 0;
    const bit = (name: string) => w.entry("real-1").plan.metrics.get(name)?.bit ?? 0;
    expect(qualityOf(packed, bit("volume"))).toBe("est");
    expect(qualityOf(packed, bit("speed")), "what is worse than an estimate stays so").toBe("bad");
    expect(qualityOf(packed, bit("occ")), "what was not measured has no quality").toBe("good");
  });

  it("may tell events without a time, and leave out its numbers: then nothing is taken for a repetition", async () => {
    const w = await world();
    for (let n = 0; n < 2; n++) w.say("traffic", "real-1", { v: 1, d: "real-1", e: "preempt", x: { seconds: 30 } }, { channel: "event", at: start });
    expect(w.track("real-1")).toMatchObject({ accepted: 2, duplicate: 0 });
    expect(w.timelines.advance("field", start).map(({ t, what, x }) => [t, what, x])).toEqual([
      [start - fieldLagMs, "preempt", { seconds: 30 }],
      [start - fieldLagMs, "preempt", { seconds: 30 }],
    ]);
  });
});
