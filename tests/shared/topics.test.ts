import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  alarmTopic,
  channels,
  cityPrefix,
  clockAckTopic,
  clockSetTopic,
  clockTopic,
  deviceTopic,
  gatewayStateTopic,
  idPattern,
  parseDeviceTopic,
  truthTopic,
} from "../../shared/topics.ts";

const id = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/);

describe("topics", () => {
  it("are read as they were built", () => {
    fc.assert(
      fc.property(id, id, id, fc.constantFrom(...channels), (city, service, device, channel) => {
        const topic = deviceTopic(city, service, device, channel);
        expect(parseDeviceTopic(topic)).toEqual({ ok: true, value: { city, service, device, channel } });
        expect(topic.startsWith(cityPrefix(city))).toBe(true);
      }),
    );
  });

  it("are built only from what they were read as", () => {
    const level = fc.oneof(fc.constantFrom("urban", "v1", "_clock", "_gw", "", "+", "#", "obs", ...channels), id, fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(
        fc.oneof(fc.array(level, { maxLength: 8 }), fc.tuple(fc.constant("urban"), fc.constant("v1"), level, level, level, level)),
        (levels) => {
          const topic = levels.join("/");
          const parsed = parseDeviceTopic(topic);
          if (parsed.ok) expect(deviceTopic(parsed.value.city, parsed.value.service, parsed.value.device, parsed.value.channel)).toBe(topic);
          else expect(parsed.reason).toContain(topic);
        },
      ),
    );
  });

  it.each<[string, RegExp]>([
    ["urban/v1/town/traffic/tx-1/obs/x", /six levels/],
    ["urban/v1/town/traffic/tx-1", /six levels/],
    ["urban/v2/town/traffic/tx-1/obs", /does not begin with/],
    ["urban/v1/town/traffic/tx-1/", /"" is not a channel/],
    ["urban/v1//traffic/tx-1/obs", /"" is not an id/],
    ["urban/v1/+/traffic/tx-1/obs", /"\+" is not an id/],
  ])("refuse %s with a reason", (topic, reason) => {
    expect(parseDeviceTopic(topic)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it("of the product are no device's", () => {
    const own = [
      clockTopic("town"),
      clockSetTopic("town"),
      clockAckTopic("town"),
      gatewayStateTopic("town", "gw-1"),
      alarmTopic("town", "a1"),
      truthTopic("town", "r1"),
    ];
    for (const topic of own) {
      expect(parseDeviceTopic(topic).ok, topic).toBe(false);
      expect(topic.startsWith(cityPrefix("town"))).toBe(true);
    }
    expect(new Set(own).size).toBe(own.length);
  });

  it.each(["a", "0", "tx-0137-n", "a".repeat(64), "a--b"])("%s is an id", (text) => expect(text).toMatch(idPattern));
  it.each(["", "-a", "a-", "A", "a_b", "a b", "a/b", "가", "+", "#", "$a", "a".repeat(65), "a\n"])("%j is no id", (text) => {
    expect(text).not.toMatch(idPattern);
  });
});
