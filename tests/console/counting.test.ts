import { describe, expect, it } from "vitest";
import { abortedText } from "../../console/web/command/aborted.ts";
import { type Counting, countingOf, createCountingVoice } from "../../console/web/command/counting.ts";
import { addressOfPart, partIn } from "../../console/web/views/service/part-address.ts";
import type { ResponseState } from "../../shared/alarm.ts";
import type { DeviceRow } from "../../shared/city-port.ts";
import type { Service } from "../../shared/service.ts";
import { stream } from "../../shared/services/stream.ts";
import { responseOf } from "../support/desk-rows.ts";

const row = (id: string, timeline: DeviceRow["timeline"] = "city"): DeviceRow =>
  ({ id, timeline, service: "stream", kind: "gate", name: { ko: id, en: id } }) as DeviceRow;
const rows = [row("gate-1"), row("gate-2"), row("gate-3"), row("mine", "field")];
const hands = { city: 1_000_000, field: 5_000_000, rate: 1 };
type Armed = ResponseState["armed"][number];
const armed = (device: string, fires: number, waits: Armed["waits"] = null): Armed => ({ key: `k-${device}`, device, fires, waits });
const closing = (...of: readonly Armed[]) => responseOf("stream-close-gate", { service: "stream", armed: of });
const told = (counting: readonly Counting[]) => counting.map(({ row, left, wall }) => [row.id, left, wall]);

describe("what was stopped", () => {
  it("says that nothing is sent, and what happens all the same", () => {
    const stopped = abortedText(
      { response: "stream-close-gate", title: { ko: "닫기", en: "Close the gate" }, row: row("gate-1") },
      stream as Service,
    );
    expect(stopped.brief.en).toBe("Aborted: Close the gate · gate-1");
    expect(stopped.whole.en).toBe(
      "Aborted: Close the gate · gate-1. No command is sent. When the water is at the path the gate still closes by its own float switch.",
    );
    expect(abortedText({ response: "stream-warn-path", title: { ko: "안내", en: "Warn" }, row: row("gate-1") }, stream as Service).whole.en).toBe(
      "Aborted: Warn · gate-1. No command is sent.",
    );
  });
});

describe("what counts down in the room", () => {
  it("has the one that fires first at its head, whichever response and clock it is of", () => {
    const states = [
      closing(armed("gate-1", 1_090_000), armed("gate-2", 1_030_000)),
      responseOf("stream-warn", { service: "stream", armed: [armed("mine", 5_020_000)] }),
    ];
    expect(told(countingOf(states, rows, hands))).toEqual([
      ["mine", 20_000, 20_000],
      ["gate-2", 30_000, 30_000],
      ["gate-1", 90_000, 90_000],
    ]);
    // At 60x a minute and a half of the city is over before twenty seconds of the field.
    expect(told(countingOf(states, rows, { ...hands, rate: 60 }))).toEqual([
      ["gate-2", 30_000, 500],
      ["gate-1", 90_000, 1500],
      ["mine", 20_000, 20_000],
    ]);
  });
  it("puts what waits for something behind what counts, and tells nothing of devices that are not shown", () => {
    const states = [closing(armed("gate-1", 990_000, { ko: "고장", en: "out of order" }), armed("gate-2", 1_030_000), armed("home-1", 1_001_000))];
    expect(countingOf(states, rows, hands).map(({ row }) => row.id)).toEqual(["gate-2", "gate-1"]);
  });
  it("is nothing while nothing is armed", () => {
    expect(countingOf([closing()], rows, hands)).toEqual([]);
  });
});

describe("the voice of what counts down", () => {
  const hear = (voice: ReturnType<typeof createCountingVoice>, ...states: readonly ResponseState[]) =>
    voice.hear(countingOf(states, rows, hands)).map(({ response, row }) => [response, row.id]);
  it("tells a response once, with the device that comes first, and again only after it has been quiet", () => {
    const voice = createCountingVoice();
    expect(hear(voice, closing(armed("gate-1", 1_030_000)))).toEqual([["stream-close-gate", "gate-1"]]);
    expect(hear(voice, closing(armed("gate-1", 1_030_000)))).toEqual([]);
    expect(hear(voice, closing(armed("gate-1", 1_030_000), armed("gate-2", 1_010_000)))).toEqual([]);
    expect(hear(voice, closing())).toEqual([]);
    expect(hear(voice, closing(armed("gate-3", 1_030_000)))).toEqual([["stream-close-gate", "gate-3"]]);
  });
});

describe("the address of where it can be stopped", () => {
  it("asks for a part of the service's page, and for another countdown again", () => {
    const address = addressOfPart("stream", "act", "stream-close-gate k 1");
    expect(address).toMatch(/^#\/service\/stream\?/);
    expect(partIn(address)).toEqual({ part: "act", asking: "stream-close-gate k 1" });
    expect(partIn("#/service/stream")).toBeUndefined();
  });
});
