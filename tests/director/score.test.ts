import { describe, expect, it } from "vitest";
import type { AlarmSeen, Evidence } from "../../director/judge/evidence.ts";
import { score } from "../../director/judge/score.ts";
import { injectionKinds } from "../../shared/scenario/kinds.ts";
import type { Selectable } from "../../shared/scenario/selector.ts";
import type { Truth } from "../../shared/scenario/truth.ts";

const from = Date.UTC(2026, 5, 9, 1);
const at = (minutes: number): number => from + minutes * 60_000;
const device = (id: string, gateway: string, service = "stream", district = "north"): Selectable => ({
  id,
  service,
  kind: "gauge",
  district,
  gateway,
});
const devices = [
  device("ws-01", "gw-1"),
  device("ws-02", "gw-2"),
  device("sg-01", "gw-3", "stream", "south"),
  device("tx-1", "gw-x", "traffic"),
  device("tx-2", "gw-x", "traffic"),
];
const truth = (over: Partial<Truth> = {}): Truth => ({
  ...{
    v: 1,
    id: "t",
    by: "injection",
    kind: "stuck",
    class: "fault",
    service: "stream",
    devices: ["ws-01"],
    onset: at(10),
    observable: at(12),
    end: at(60),
  },
  ...over,
});
const alarm = (over: Partial<AlarmSeen> = {}): AlarmSeen => ({
  ...{
    id: "a",
    occurrence: 1,
    rule: "stream/stuck",
    class: "maintenance",
    device: "ws-01",
    raisedAt: at(20),
    at: 5000,
    clearedAt: null,
    acknowledged: null,
    cause: null,
  },
  ...over,
});
function scored(truths: readonly Truth[], evidence: Partial<Evidence>) {
  const ledger = { received: 0, accepted: 0, duplicate: 0, refused: 0, lost: 0, late: 0 };
  const all = {
    alarms: [],
    items: [],
    events: [],
    commands: [],
    refusals: [],
    floods: [],
    counted: [],
    ledger,
    reading: () => undefined,
    ...evidence,
  };
  return score({ truths, evidence: all, devices, kinds: injectionKinds, from, to: at(120) });
}
const event = truth({ kind: "stream/flash-rise", class: "event" });
const rising = alarm({ rule: "stream/level", class: "operations" });

describe("the scorecard", () => {
  it("finds a fault by a maintenance alarm at its device, from the first observable moment on", () => {
    const card = scored([truth()], { alarms: [alarm()] });
    expect(card.found[0]).toMatchObject({ by: { id: "a", rule: "stream/stuck" }, delay: 480, alarms: 1 });
    expect(card.kinds).toMatchObject([{ kind: "stuck", found: 1, of: 1, delays: [480] }]);
    expect(card.confusion.fault).toEqual({ operations: 0, maintenance: 1, nothing: 0 });
    expect(card.false).toEqual([]);
  });
  it("tells a fault that was taken for trouble of the city", () => {
    const card = scored([truth()], { alarms: [rising] });
    expect(card.found[0]?.by).toBeNull();
    expect(card.confusion.fault).toEqual({ operations: 1, maintenance: 0, nothing: 0 });
  });
  it("tells an event that was taken for a broken sensor", () => {
    const card = scored([event], { alarms: [alarm()] });
    expect(card.confusion.event).toEqual({ operations: 0, maintenance: 1, nothing: 0 });
  });
  it("misses what nobody raised, and calls false what nothing explains", () => {
    const card = scored([truth()], { alarms: [alarm({ device: "ws-02" })] });
    expect(card.confusion.fault.nothing).toBe(1);
    expect(card.false).toMatchObject([{ device: "ws-02", rule: "stream/stuck" }]);
    expect(card.falsePerSensorDay).toBeCloseTo(1 / (5 * (2 / 24)));
  });
  it("explains nothing by what had not begun, or had long been over", () => {
    expect(scored([truth()], { alarms: [alarm({ raisedAt: at(9) })] }).false).toHaveLength(1);
    expect(scored([truth({ end: at(15) })], { alarms: [alarm({ raisedAt: at(80) })] }).false).toHaveLength(1);
  });
  it("takes consequences that hang under an explained alarm for the same incident", () => {
    const alarms = [rising, alarm({ id: "b", rule: "stream/gate", class: "operations", device: "sg-01", cause: "a" })];
    const card = scored([event], { alarms });
    expect(card.false).toEqual([]);
    expect(card.alarmsPerIncident).toBe(2);
  });
  it("takes the whole gateway for struck by what is wrong with its line", () => {
    const cut = truth({ kind: "disconnect", service: "traffic", devices: ["tx-1"] });
    expect(scored([cut], { alarms: [alarm({ device: "tx-2", rule: "traffic/gateway" })] }).found[0]?.by?.rule).toBe("traffic/gateway");
  });
  it("explains by a storm what the city does, and not what sensors do", () => {
    const storm = truth({ kind: "storm", class: "event", service: null, devices: [] });
    expect(scored([storm], { alarms: [rising] }).found[0]?.by?.rule).toBe("stream/level");
    expect(scored([storm], { alarms: [alarm()] }).false).toHaveLength(1);
  });
  it("finds a storm only by what it moves: who presses the button meanwhile did not call for the rain", () => {
    const storm = truth({ kind: "storm", class: "event", service: null, devices: [] });
    const button = alarm({ id: "b", rule: "ucare/button", class: "operations", device: "tx-1" });
    expect(scored([storm], { alarms: [button] })).toMatchObject({ found: [{ by: null, alarms: 0 }], false: [{ rule: "ucare/button" }] });
    const queue = { ...button, rule: "traffic/spillback" };
    expect(scored([storm], { alarms: [queue] })).toMatchObject({ found: [{ by: { rule: "traffic/spillback" }, alarms: 1 }], false: [] });
    // of the same service, and nothing that rain does
    expect(scored([storm], { alarms: [{ ...queue, rule: "traffic/no-flow" }] }).found[0]?.by).toBeNull();
  });
  it("finds a power cut by what falls silent, which is told as maintenance and is right; by no other trouble of a sensor", () => {
    const cut = truth({ kind: "power-cut", class: "event", service: null, devices: ["ws-01", "tx-1"] });
    const silent = alarm({ rule: "traffic/gateway", device: "tx-1" });
    const card = scored([cut], { alarms: [silent, alarm({ id: "b", rule: "stream/silent", cause: "a" })] });
    expect(card.found).toMatchObject([{ by: { rule: "traffic/gateway", class: "maintenance" }, delay: 480, alarms: 2 }]);
    expect(card.kinds).toMatchObject([{ kind: "power-cut", found: 1, of: 1 }]);
    expect(card.confusion).toMatchObject({ event: { operations: 0, maintenance: 0, nothing: 0 }, fault: { maintenance: 1 } });
    expect(card.false).toEqual([]);
    const stuck = scored([cut], { alarms: [alarm()] });
    expect([stuck.found[0]?.by, stuck.confusion.event.maintenance]).toEqual([null, 1]);
    // of another event that falls silent nobody has told anything
    expect(scored([{ ...event, devices: ["tx-1"] }], { alarms: [silent] }).found[0]?.by).toBeNull();
  });
  it("lets what the city does by itself explain, and counts it nowhere", () => {
    const card = scored([{ ...event, by: "city" }], { alarms: [rising] });
    expect([card.false, card.found]).toEqual([[], []]);
  });
  it("wants quiet about ordinary life", () => {
    const outing = truth({ kind: "stream/school-outing", class: "quiet" });
    expect(scored([outing], {}).kinds).toMatchObject([{ found: 1, of: 1, class: "quiet" }]);
    const card = scored([outing], { alarms: [rising] });
    expect(card.kinds).toMatchObject([{ found: 0, of: 1 }]);
    expect(card.false).toHaveLength(1);
  });
  it("finds a broken line by refusals and by counters", () => {
    const malformed = truth({ kind: "malformed" });
    expect(scored([malformed], { refusals: [{ t: at(13), code: "json", device: "ws-01", times: 1 }] }).found[0]).toMatchObject({
      by: { what: "refusal", rule: "json" },
      delay: 60,
    });
    const twice = truth({ kind: "duplicate" });
    expect(scored([twice], { counted: [{ device: "ws-01", what: "duplicate", t: at(14) }] }).found[0]?.by?.rule).toBe("duplicate");
  });
  it("measures people by both clocks", () => {
    const alarms = [{ ...rising, acknowledged: { t: at(21), at: 6000 } }];
    const commands = [{ id: "c", op: "close", service: "stream", device: "ws-01", t: at(23), at: 8000, confirmedAt: null, alarm: null }];
    const card = scored([event], { alarms, commands });
    expect(card.toAcknowledge).toEqual({ city: 60, wall: 1, count: 1 });
    expect(card.toAction).toEqual({ city: 180, wall: 3, count: 1 });
    expect(card.found[0]?.acted).toEqual({ city: 180, wall: 3, command: "close" });
  });
});
