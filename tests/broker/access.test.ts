import { describe, expect, it } from "vitest";
import { type AccessRules, identify, mayHear, mayNotPublish, mayNotSubscribe, type Party } from "../../broker/mqtt/access.ts";

const fleet = new Map([
  ["gw-tx-1", new Set(["tx-1-n", "tx-1-s"])],
  ["gw-uc-1", new Set(["uc-1"])],
  ["real-1", new Set(["real-1"])],
]);
const rules: AccessRules = {
  city: "town",
  control: "control-secret",
  director: "director-secret",
  reader: { username: "reader", password: "reader-secret" },
  gatewayPassword: (id) => `secret-of-${id}`,
  devicesOf: (gateway) => fleet.get(gateway),
  version: () => 0,
  serviceOf: (device) => ({ tx: "traffic", uc: "ucare", re: "traffic" })[device.slice(0, 2)],
  sensitive: (service) => service === "ucare",
  sensitiveGateway: (gateway) => gateway === "gw-uc-1",
};
const control: Party = { kind: "control" };
const director: Party = { kind: "director" };
const reader: Party = { kind: "reader" };
const cabinet: Party = { kind: "gateway", id: "gw-tx-1" };
const hub: Party = { kind: "gateway", id: "gw-uc-1" };
const real: Party = { kind: "gateway", id: "real-1" };
const own = "urban/v1/town";

describe("signing in", () => {
  it.each<[string, [string, string, string], Party]>([
    ["the simulator", ["simulator", "control-secret", "simulator"], control],
    ["the director", ["director", "director-secret", "director"], director],
    ["a reader, under any client id", ["reader", "reader-secret", "mqttx_5"], reader],
    ["a gateway", ["gw-tx-1", "secret-of-gw-tx-1", "gw-tx-1"], cabinet],
    ["a real device", ["real-1", "secret-of-real-1", "real-1"], real],
  ])("works for %s", (_who, [name, password, client], party) => {
    expect(identify(rules, name, password, client)).toEqual({ ok: true, value: party });
  });

  it.each<[string, [string, string, string], RegExp]>([
    ["a wrong word of the simulator", ["simulator", "guess", "x"], /wrong password for simulator/],
    ["a wrong word of the director", ["director", "control-secret", "director"], /wrong password for the director/],
    ["the director under another client id", ["director", "director-secret", "x"], /client id must be "director"/],
    ["a reader under the director's client id", ["reader", "reader-secret", "director"], /somebody else's/],
    ["the simulator's name with the reader's word", ["simulator", "reader-secret", "x"], /wrong password/],
    ["a wrong word of the reader", ["reader", "", "x"], /wrong password for the reader/],
    ["nobody", ["", "", "x"], /no gateway "" is registered/],
    ["a gateway that is not there", ["gw-9", "secret-of-gw-9", "gw-9"], /no gateway "gw-9" is registered/],
    ["a device that has a gateway", ["tx-1-n", "secret-of-tx-1-n", "tx-1-n"], /no gateway "tx-1-n" is registered/],
    ["a gateway's wrong word", ["gw-tx-1", "secret-of-gw-uc-1", "gw-tx-1"], /wrong password for gateway gw-tx-1/],
    ["a word with something behind it", ["gw-tx-1", "secret-of-gw-tx-1 ", "gw-tx-1"], /wrong password/],
    ["another's client id, which would throw that one off the line", ["gw-tx-1", "secret-of-gw-tx-1", "gw-uc-1"], /client id must be/],
  ])("is refused to %s", (_who, [name, password, client], reason) => {
    expect(identify(rules, name, password, client)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });
});

describe("publishing", () => {
  it.each<[Party, string]>([
    [cabinet, `${own}/traffic/tx-1-n/obs`],
    [cabinet, `${own}/traffic/tx-1-s/event`],
    [cabinet, `${own}/traffic/tx-1-n/state`],
    [cabinet, `${own}/traffic/tx-1-n/meta`],
    [cabinet, `${own}/traffic/tx-1-n/ack`],
    [cabinet, `${own}/traffic/gw-tx-1/obs`],
    [cabinet, `${own}/_gw/gw-tx-1/state`],
    [hub, `${own}/ucare/uc-1/obs`],
    [real, `${own}/traffic/real-1/obs`],
    [real, `${own}/traffic/real-1/meta`],
    [control, `${own}/_clock`],
    [control, `${own}/_clock/ack`],
    [control, `${own}/_sim/r1/truth`],
    [control, `${own}/_sim/ack`],
    [director, `${own}/_sim/set`],
  ])("is granted to %j on %s", (party, topic) => expect(mayNotPublish(rules, party, topic)).toBeUndefined());

  it.each<[Party, string, string, RegExp]>([
    [cabinet, `${own}/traffic/tx-2-n/obs`, "rights", /gw-tx-1 may not publish for tx-2-n/],
    [cabinet, `${own}/ucare/uc-1/obs`, "rights", /may not publish for uc-1/],
    [cabinet, `${own}/ucare/gw-uc-1/obs`, "rights", /may not publish for gw-uc-1/],
    [cabinet, `${own}/traffic/gw-tx-1/event`, "rights", /may not publish for gw-tx-1/],
    [cabinet, `${own}/traffic/gw-tx-1/meta`, "rights", /may not publish for gw-tx-1/],
    [cabinet, `${own}/traffic/tx-1-n/cmd`, "rights", /commands come from the room/],
    [cabinet, "urban/v1/elsewhere/traffic/tx-1-n/obs", "rights", /this is the city "town"/],
    [cabinet, `${own}/_gw/gw-uc-1/state`, "reserved", /belongs to the product/],
    [cabinet, `${own}/_gw/gw-tx-1/will`, "reserved", /belongs to the product/],
    [cabinet, `${own}/_clock`, "reserved", /belongs to the product/],
    [cabinet, `${own}/_clock/set`, "reserved", /belongs to the product/],
    [cabinet, `${own}/_alarm/a1/state`, "reserved", /belongs to the product/],
    [cabinet, `${own}/_sim/r1/truth`, "reserved", /belongs to the product/],
    [cabinet, "urban/v1/elsewhere/_clock", "reserved", /belongs to the product/],
    [cabinet, `${own}/traffic/tx-1-n`, "topic", /six levels/],
    [cabinet, `${own}/traffic/tx-1-n/obs/x`, "topic", /six levels/],
    [cabinet, `${own}/traffic/tx-1-n/rumour`, "topic", /not a channel/],
    [cabinet, "weather/today", "topic", /does not begin with/],
    [cabinet, "", "topic", /does not begin with/],
    [cabinet, "$SYS/broker/uptime", "reserved", /begin with \$/],
    [cabinet, "$share/a/b", "reserved", /begin with \$/],
    [reader, `${own}/traffic/tx-1-n/obs`, "rights", /the reader may not publish/],
    [reader, `${own}/_clock/set`, "rights", /the reader may not publish/],
    [reader, "$SYS/x", "reserved", /begin with \$/],
    [control, `${own}/traffic/tx-1-n/obs`, "rights", /control connection may not publish/],
    [control, `${own}/_clock/set`, "rights", /control connection may not publish/],
    [control, `${own}/_alarm/a1/state`, "rights", /control connection may not publish/],
    [control, `${own}/_gw/gw-tx-1/state`, "rights", /control connection may not publish/],
    [control, `${own}/_sim/set`, "rights", /control connection may not publish/],
    [director, `${own}/_sim/r1/truth`, "rights", /the director may not publish/],
    [director, `${own}/_sim/ack`, "rights", /the director may not publish/],
    [director, `${own}/_clock/set`, "rights", /the director may not publish/],
    [director, `${own}/traffic/tx-1-n/obs`, "rights", /the director may not publish/],
    [director, "urban/v1/elsewhere/_sim/set", "rights", /the director may not publish/],
    [reader, `${own}/_sim/set`, "rights", /the reader may not publish/],
    [cabinet, `${own}/_sim/set`, "reserved", /belongs to the product/],
    [control, "urban/v1/elsewhere/_clock", "rights", /control connection may not publish/],
    [control, "$SYS/x", "reserved", /begin with \$/],
  ])("is refused to %j on %s", (party, topic, code, reason) => {
    expect(mayNotPublish(rules, party, topic)).toEqual({ code, reason: expect.stringMatching(reason) });
  });
});

describe("subscribing", () => {
  it.each<[Party, string]>([
    [reader, "#"],
    [reader, "urban/v1/+/+/+/obs"],
    [reader, `${own}/ucare/#`],
    [control, `${own}/_clock/set`],
    [cabinet, `${own}/traffic/tx-1-n/cmd`],
    [cabinet, `${own}/+/+/cmd`],
  ])("is granted to %j on %s: what it may not see is removed on the way out", (party, filter) => {
    expect(mayNotSubscribe(rules, party, filter)).toBeUndefined();
  });

  it.each<[Party, string, RegExp]>([
    [reader, "$share/group/#", /shared subscriptions are not supported/],
    [control, "$share/group/#", /shared subscriptions/],
    [reader, "$SYS/#", /broker topics are not for clients/],
    [control, "$SYS/#", /broker topics/],
    [reader, "$refused", /broker topics/],
    [cabinet, "#", /hears the commands of its own devices only/],
    [cabinet, "+/v1/town/traffic/tx-1-n/cmd", /hears the commands/],
    [cabinet, "urban/v1/elsewhere/#", /hears the commands/],
  ])("is refused to %j on %s", (party, filter, reason) => expect(mayNotSubscribe(rules, party, filter)).toMatch(reason));
});

describe("hearing", () => {
  const all = [
    `${own}/traffic/tx-1-n/obs`,
    `${own}/traffic/tx-1-n/meta`,
    `${own}/traffic/tx-1-n/cmd`,
    `${own}/traffic/tx-2-n/cmd`,
    `${own}/ucare/uc-1/obs`,
    `${own}/ucare/uc-1/event`,
    `${own}/ucare/uc-1/meta`,
    `${own}/ucare/uc-1/state`,
    `${own}/ucare/uc-1/cmd`,
    `${own}/_clock`,
    `${own}/_clock/set`,
    `${own}/_clock/ack`,
    `${own}/_gw/gw-tx-1/state`,
    `${own}/_sim/r1/truth`,
    `${own}/_sim/set`,
    `${own}/_sim/ack`,
    `${own}/_alarm/traffic-silent-tx-1-n/state`,
    `${own}/_alarm/ucare-silence-uc-1/state`,
  ];
  it.each<[string, Party, readonly string[]]>([
    [
      "the reader",
      reader,
      [
        `${own}/traffic/tx-1-n/obs`,
        `${own}/traffic/tx-1-n/meta`,
        `${own}/traffic/tx-1-n/cmd`,
        `${own}/traffic/tx-2-n/cmd`,
        `${own}/_clock`,
        `${own}/_gw/gw-tx-1/state`,
        `${own}/_alarm/traffic-silent-tx-1-n/state`,
      ],
    ],
    ["a cabinet", cabinet, [`${own}/traffic/tx-1-n/cmd`]],
    ["a home's hub", hub, [`${own}/ucare/uc-1/cmd`]],
    ["the simulator's control connection", control, [`${own}/_clock/set`, `${own}/_sim/set`]],
    ["the director", director, [`${own}/_sim/r1/truth`, `${own}/_sim/ack`]],
  ])("%s is told its own share of everything and no more", (_who, party, heard) => {
    expect(all.filter((topic) => mayHear(rules, party, topic))).toEqual(heard);
  });

  it("never tells the reader of a home: not that its hub is lost, nor an alarm about it", () => {
    expect(mayHear(rules, reader, `${own}/_gw/gw-uc-1/state`)).toBe(false);
    expect(mayHear(rules, reader, `${own}/_alarm/ucare-silence-uc-1/state`)).toBe(false);
  });

  it("knows the service of an alarm by its id, also when the service's own id has hyphens", () => {
    const hyphens = { ...rules, sensitive: (service: string) => service === "home-care" };
    const heard = (alarm: string) => mayHear(hyphens, reader, `${own}/_alarm/${alarm}/state`);
    expect(heard("home-care-silence-hc-1")).toBe(false);
    expect(["home-silence-h-1", "homecare-silence-1", "traffic-home-care-1"].map(heard)).toEqual([true, true, true]);
  });
});
