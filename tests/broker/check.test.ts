import { describe, expect, it } from "vitest";
import { checkEnvelope, checkEvent, checkReading, compileKind, type Fields } from "../../broker/ingest/check.ts";
import { evzone } from "../../shared/services/evzone.ts";
import { foodwaste } from "../../shared/services/foodwaste.ts";
import { manure } from "../../shared/services/manure.ts";
import { traffic } from "../../shared/services/traffic.ts";
import { probe } from "../contract/probe-service.ts";

const kindOf = (...args: Parameters<typeof compileKind>) => {
  const check = compileKind(...args);
  if (check === undefined) throw new Error("no such kind");
  return check;
};
const approach = kindOf(traffic, "approach");
const signal = kindOf(traffic, "signal");
const bay = kindOf(evzone, "bay");
const prober = kindOf(probe, "probe");
const t = Date.UTC(2026, 0, 1);
/** As it comes off the wire: own keys of any name. */
const wire = (text: string): Fields => JSON.parse(text) as Fields;

describe("the envelope", () => {
  it.each<[string, object]>([
    ["all of it", { v: 1, t, b: 7, seq: 1234 }],
    ["neither number", { v: 1, t }],
    ["no time", { v: 1, b: 0, seq: 0 }],
    ["the first instant", { v: 1, t: 0 }],
  ])("is taken with %s", (_what, message) => expect(checkEnvelope(message as Fields)).toBeUndefined());

  it.each<[string, object, string, RegExp]>([
    ["no version", { t }, "shape", /"v" must be 1/],
    ["another version", { v: 2, t }, "shape", /"v" must be 1/],
    ["a version in words", { v: "1", t }, "shape", /"v" must be 1/],
    ["a time in words", { v: 1, t: "2026-01-01" }, "time", /whole number; it is "2026-01-01"/],
    ["a time in parts of a millisecond", { v: 1, t: t + 0.5 }, "time", /whole number/],
    ["a time before the epoch", { v: 1, t: -1 }, "time", /whole number/],
    ["a time that is null", { v: 1, t: null }, "time", /it is null/],
    ["a boot alone", { v: 1, t, b: 1 }, "shape", /go together/],
    ["a number alone", { v: 1, t, seq: 1 }, "shape", /go together/],
    ["a negative number", { v: 1, t, b: 1, seq: -1 }, "shape", /whole numbers from 0/],
    ["a boot with a fraction", { v: 1, t, b: 1.5, seq: 1 }, "shape", /whole numbers from 0/],
    ["a number beyond what is exact", { v: 1, t, b: 1, seq: 2 ** 53 }, "shape", /whole numbers from 0/],
  ])("is refused with %s", (_what, message, code, reason) => {
    expect(checkEnvelope(message as Fields)).toEqual({ code, reason: expect.stringMatching(reason) });
  });

  it("is refused with a time beyond the end of time, which no calendar can write", () => {
    expect(checkEnvelope({ v: 1, t: 8.64e15 })).toBeUndefined();
    expect(checkEnvelope({ v: 1, t: 8.64e15 + 1 })?.code).toBe("time");
  });

  it("is refused with a time that is nested deeper than can be written down", () => {
    const message = wire(`{"v":1,"t":${"[".repeat(50_000)}${"]".repeat(50_000)}}`);
    expect(checkEnvelope(message)?.code).toBe("time");
  });
});

describe("a position", () => {
  const truck = kindOf(manure, "truck");
  const refusedAs = (pos: unknown) => checkReading({ v: 1, d: "x", m: { pos, load: 900 } } as Fields, truck)?.code;
  it("is refused where a receiver is that hears no satellite, as out of range", () => {
    expect(refusedAs([0, 0])).toBe("range");
    expect(refusedAs([-0, 0])).toBe("range");
  });
  it("is taken anywhere else on earth, and left out while there is none", () => {
    for (const pos of [
      [37.7, 127],
      [0, 127],
      [37.7, 0],
      [-90, 180],
    ])
      expect(refusedAs(pos)).toBeUndefined();
    expect(checkReading({ v: 1, d: "x", m: { load: 900, gps: false } } as Fields, truck)).toBeUndefined();
  });
  it("is refused when it is none", () => {
    for (const pos of [[91, 0], [0, 181], [37.7], [37.7, "127"], 37.7, null]) expect(refusedAs(pos)).toBe("metric");
  });
});

describe("a reading", () => {
  it.each<[string, object]>([
    ["one metric", { v: 1, d: "x", m: { volume: 9 } }],
    ["the ends of a range", { v: 1, d: "x", m: { volume: 0, occ: 1 } }],
    ["a window", { v: 1, d: "x", i: 300, m: { volume: 9 } }],
    ["a window of nothing", { v: 1, d: "x", i: 0, m: { volume: 9 } }],
    ["each word of quality", { v: 1, d: "x", m: { volume: 9, occ: 0, speed: 1, queue: 1, hv: 0 }, q: qualityOfFive() }],
  ])("is taken with %s", (_what, message) => expect(checkReading(message as Fields, approach)).toBeUndefined());
  function qualityOfFive(): object {
    return { volume: "est", occ: "bad", speed: "sat", queue: "stale", hv: "man" };
  }

  it.each<[string, object, string, RegExp]>([
    ["a key that is no part of it", { m: { volume: 1 }, extra: 1 }, "shape", /"extra" is not part of a reading/],
    ["an event's key", { m: { volume: 1 }, e: "preempt" }, "shape", /"e" is not part of a reading/],
    ["a window in words", { i: "60", m: { volume: 1 } }, "shape", /"i" must be the window/],
    ["a window below nothing", { i: -1, m: { volume: 1 } }, "shape", /"i" must be the window/],
    ["a window longer than a day", { i: 86_401, m: { volume: 1 } }, "shape", /"i" must be the window/],
    ["no metrics", {}, "shape", /"m" must be an object/],
    ["metrics as a list", { m: [1] }, "shape", /"m" must be an object/],
    ["metrics that are null", { m: null }, "shape", /"m" must be an object/],
    ["not one metric", { m: {} }, "shape", /at least one metric/],
    ["a metric that nobody has", { m: { colour: 1 } }, "metric", /"colour" is not a metric of this device \(it has volume, occ, speed, queue, hv\)/],
    ["a metric of another kind", { m: { cycle: 90 } }, "metric", /"cycle" is not a metric of this device/],
    ["a number in words", { m: { volume: "9" } }, "metric", /"volume" is not a number/],
    ["a number that is null", { m: { volume: null } }, "metric", /"volume" is not a number/],
    ["a number above its range", { m: { volume: 241 } }, "range", /"volume" is 241, outside 0 to 240 \{veh\}/],
    ["a number below its range", { m: { occ: -0.001 } }, "range", /"occ" is -0.001, outside 0 to 1/],
    ["quality as a word", { m: { volume: 1 }, q: "est" }, "shape", /"q" must be an object/],
    ["quality of what was not measured", { m: { volume: 1 }, q: { occ: "est" } }, "shape", /"q" names "occ"/],
    ["a quality that nobody knows", { m: { volume: 1 }, q: { volume: "fine" } }, "shape", /quality of "volume" must be one of est, bad/],
    ["quality said to be good", { m: { volume: 1 }, q: { volume: "good" } }, "shape", /quality of "volume" must be/],
  ])("is refused with %s", (_what, message, code, reason) => {
    expect(checkReading({ v: 1, d: "x", ...message }, approach)).toEqual({ code, reason: expect.stringMatching(reason) });
  });

  it.each<[string, object, string, RegExp]>([
    ["a flag as a number", { wet: 1 }, "metric", /"wet" is not true or false/],
    ["a state that it has not", { gate: "ajar" }, "metric", /"gate" is "ajar", not one of open, closed, fault/],
    ["a state as a code", { gate: 1 }, "metric", /"gate" is 1, not one of/],
    ["a position of one number", { place: [37] }, "metric", /"place" is not \[lat, lon\] in degrees/],
    ["a position of three", { place: [37, 127, 12] }, "metric", /not \[lat, lon\]/],
    ["a position off the globe", { place: [91, 0] }, "metric", /not \[lat, lon\]/],
    ["a position in words", { place: ["37", "127"] }, "metric", /not \[lat, lon\]/],
    ["a position with a hole", { place: [null, 127] }, "metric", /not \[lat, lon\]/],
  ])("of other kinds of metric is refused with %s", (_what, m, code, reason) => {
    expect(checkReading({ v: 1, d: "x", m }, prober)).toEqual({ code, reason: expect.stringMatching(reason) });
  });

  it("takes flags, states and positions as they are on the wire", () => {
    expect(checkReading({ v: 1, d: "x", m: { wet: false, gate: "closed", place: [-90, 180], level: 1e15 } }, prober)).toBeUndefined();
    expect(checkReading({ v: 1, d: "x", m: { plan: "flash", cycle: 90 } }, signal)).toBeUndefined();
    expect(checkReading({ v: 1, d: "x", m: { occupied: true, vehicle: "ev" } }, bay)).toBeUndefined();
  });

  it("is not fooled by names that every object has", () => {
    expect(checkReading(wire('{"v":1,"d":"x","m":{"__proto__":1}}'), approach)?.code).toBe("metric");
    expect(checkReading(wire('{"v":1,"d":"x","m":{"constructor":1}}'), approach)?.code).toBe("metric");
    expect(checkReading(wire('{"v":1,"d":"x","m":{"volume":1},"q":{"constructor":"est"}}'), approach)?.code).toBe("shape");
    expect(checkReading(wire('{"v":1,"d":"x","m":{"volume":1},"__proto__":{"m":1}}'), approach)?.code).toBe("shape");
  });

  it("calls a word that it does not know by its name, whatever the word says", () => {
    expect(checkReading({ v: 1, d: "x", m: { gate: "outside" } }, prober)?.code).toBe("metric");
  });

  it("knows no kind that the contract has not", () => {
    expect(compileKind(traffic, "approach")).toBeDefined();
    expect(compileKind(traffic, "balloon")).toBeUndefined();
    expect(compileKind(traffic, "constructor")).toBeUndefined();
  });
});

describe("an event", () => {
  it.each<[string, object]>([
    ["all its fields", { e: "deposit", x: { token: "h42", net: 1.25, fee: 163 } }],
    ["no fields where it has none", { e: "tare" }],
    ["empty fields where it has none", { e: "tare", x: {} }],
    ["a word that it has", { e: "fault", x: { code: "weight" } }],
  ])("is taken with %s", (_what, message) => expect(checkEvent({ v: 1, d: "x", ...message }, foodwaste)).toBeUndefined());

  it.each<[string, object, string, RegExp]>([
    ["no name", {}, "event", /not an event of foodwaste \(deposit, emptied, tare, fault\)/],
    ["a name that nobody knows", { e: "party" }, "event", /"party" is not an event/],
    ["a name that every object has", { e: "constructor" }, "event", /"constructor" is not an event/],
    ["a name that is a list", { e: ["tare"] }, "event", /\["tare"\] is not an event/],
    ["a reading's key", { e: "tare", m: {} }, "shape", /"m" is not part of an event/],
    ["fields as a list", { e: "tare", x: [] }, "event", /"x" must be an object/],
    ["fields that are null", { e: "tare", x: null }, "event", /"x" must be an object/],
    ["a field that it has not", { e: "emptied", x: { kg: 1, by: "bob" } }, "event", /"emptied" has no field "by"/],
    ["a field missing", { e: "deposit", x: { token: "a", net: 1 } }, "event", /"deposit" needs the field "fee"/],
    ["all fields missing", { e: "emptied" }, "event", /needs the field "kg"/],
    ["a number out of range", { e: "emptied", x: { kg: 301 } }, "range", /"kg" is 301, outside 0 to 300 kg/],
    ["a number in words", { e: "emptied", x: { kg: "3" } }, "event", /"kg" is not a number/],
    ["a word that it has not", { e: "fault", x: { code: "gremlin" } }, "event", /"code" is "gremlin", not one of/],
    ["a plate for a token", { e: "deposit", x: { token: "12가3456", net: 1, fee: 1 } }, "event", /not a token of a-z and 0-9/],
    ["a long token", { e: "deposit", x: { token: "a".repeat(33), net: 1, fee: 1 } }, "event", /at most 32 long/],
    ["a token that is a number", { e: "deposit", x: { token: 7, net: 1, fee: 1 } }, "event", /not a token/],
  ])("is refused with %s", (_what, message, code, reason) => {
    expect(checkEvent({ v: 1, d: "x", ...message }, foodwaste)).toEqual({ code, reason: expect.stringMatching(reason) });
  });
});
