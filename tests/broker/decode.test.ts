import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, deviceIdOf } from "../../broker/ingest/decode.ts";

const topic = "urban/v1/town/traffic/tx-1/obs";
const bytes = (text: string): Buffer => Buffer.from(text);

describe("decode", () => {
  it("takes one object, or a pack of them, and says whose topic it was", () => {
    const parsed = { city: "town", service: "traffic", device: "tx-1", channel: "obs" };
    expect(decode(topic, bytes('{"d":"a"}'))).toEqual({ ok: true, value: { topic: parsed, messages: [{ d: "a" }] } });
    expect(decode(topic, bytes('[{"d":"a"},{"d":"b"}]'))).toEqual({ ok: true, value: { topic: parsed, messages: [{ d: "a" }, { d: "b" }] } });
  });

  it.each<[string, string, Buffer, string, RegExp]>([
    ["another root", "town/v1/a/b/c/obs", bytes("{}"), "topic", /does not begin with urban\/v1/],
    ["a level too few", "urban/v1/town/traffic/obs", bytes("{}"), "topic", /six levels/],
    ["a level too many", `${topic}/x`, bytes("{}"), "topic", /six levels/],
    ["an unknown channel", "urban/v1/town/traffic/tx-1/gossip", bytes("{}"), "topic", /"gossip" is not a channel/],
    ["an id in capitals", "urban/v1/town/traffic/TX-1/obs", bytes("{}"), "topic", /"TX-1" is not an id/],
    ["nothing", topic, bytes(""), "json", /not JSON/],
    ["half an object", topic, bytes('{"d":"a"'), "json", /not JSON/],
    ["words", topic, bytes("안녕"), "json", /not JSON/],
    ["bytes of no text", topic, Buffer.from([0xff, 0xfe, 0x00, 0x80]), "json", /not JSON/],
    ["not a number", topic, bytes('{"d":"a","m":{"x":NaN}}'), "json", /not JSON/],
    ["an empty pack", topic, bytes("[]"), "shape", /the pack is empty/],
  ])("refuses %s", (_what, where, payload, code, reason) => {
    expect(decode(where, payload)).toEqual({ ok: false, reason: { code, reason: expect.stringMatching(reason) } });
  });

  it("never throws, whatever the bytes", () => {
    const anything = fc.oneof(fc.uint8Array(), fc.json().map(bytes), fc.string({ unit: "binary" }).map(bytes));
    fc.assert(
      fc.property(fc.oneof(fc.constant(topic), fc.string({ unit: "binary" })), anything, (where, payload) => {
        const decoded = decode(where, Buffer.from(payload));
        if (!decoded.ok) expect(decoded.reason.reason).not.toBe("");
        else for (const message of decoded.value.messages) expect(typeof deviceIdOf(message).ok).toBe("boolean");
      }),
    );
  });

  it.each<[unknown, RegExp]>([
    [null, /JSON object/],
    [7, /JSON object/],
    ["tx-1", /JSON object/],
    [["tx-1"], /JSON object/],
    [{}, /"d" must be the device id/],
    [{ d: 1 }, /"d" must be the device id/],
    [{ d: { id: "tx-1" } }, /"d" must be the device id/],
  ])("cannot tell whose %j is", (message, reason) => {
    expect(deviceIdOf(message)).toEqual({ ok: false, reason: { code: "shape", reason: expect.stringMatching(reason) } });
  });
});
