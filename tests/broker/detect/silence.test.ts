import { describe, expect, test } from "vitest";
import { sensorRulesOf } from "../../../shared/sensor-rules.ts";
import { serviceOf } from "../../../shared/services/index.ts";
import { birth, type DetectWorld, detectWorld, hour, minute, start } from "../../support/detect-world.ts";
import { gateAt, gauge } from "../../support/stream-places.ts";

const [stream, traffic] = [serviceOf("stream")!, serviceOf("traffic")!];
const vehicles = { volume: 5, occ: 0.1, speed: 40, queue: 2, hv: 0 };
const rules = [...sensorRulesOf(traffic, "approach"), ...sensorRulesOf(traffic, "signal")].filter(({ id }) => id === "silent" || id === "gateway");
const approach = (d: string, gateway: string) => birth(d, "approach", { gateway, constants: { lanes: 2, main: 1, heading: 0 } });

/** Two cabinets of three approaches and a signal each, and a third one, so that silence of all can be told from silence of one. */
function street(): DetectWorld {
  const devices = ["a", "b", "c"].flatMap((cabinet) => [
    ...[1, 2, 3].map((n) => approach(`tx-${cabinet}${n}`, `gw-${cabinet}`)),
    birth(`tx-${cabinet}-sig`, "signal", { gateway: `gw-${cabinet}` }),
  ]);
  return detectWorld({ service: traffic, devices, rules });
}
const talk = (place: DetectWorld, cabinet: string, from: number, to: number, but: readonly string[] = []): void => {
  for (const n of [1, 2, 3]) {
    const id = `tx-${cabinet}${n}`;
    if (!but.includes(id)) place.keep(id, [start + from, start + to], 60, vehicles);
  }
  if (!but.includes(`tx-${cabinet}-sig`)) place.keep(`tx-${cabinet}-sig`, [start + from, start + to], 600, { plan: "day", cycle: 120 });
};

describe("silence", () => {
  test("of one device among others is its own", () => {
    const place = street();
    for (const cabinet of ["a", "b", "c"]) talk(place, cabinet, minute, 30 * minute, ["tx-a2"]);
    place.keep("tx-a2", [start + minute, start + 10 * minute], 60, vehicles);
    place.until(start + 30 * minute);
    expect(place.told()).toEqual([[780.001, "raised", "silent", 4]]);
    expect(place.findings[0]!.device).toBe("tx-a2");
    expect(place.findings[0]!.evidence!.verdict!.because.en).toBe("other devices of the same gateway speak");
  });

  test("of a whole gateway is one alarm, and over when anybody speaks", () => {
    const place = street();
    talk(place, "a", minute, 10 * minute);
    talk(place, "a", 40 * minute, 50 * minute);
    for (const cabinet of ["b", "c"]) talk(place, cabinet, minute, 50 * minute);
    place.until(start + 50 * minute);
    expect(place.findings.map(({ what, rule, device }) => [what, rule.id, device])).toEqual([
      ["raised", "gateway", "tx-a1"],
      ["cleared", "gateway", "tx-a1"],
    ]);
    // approaches speak every minute and may be silent for three
    expect(place.told()[0]![0]).toBe(13 * 60 + 0.001);
    expect(place.findings[0]!.value).toBe("gw-a");
  });

  test("of a gateway is told although the first of its devices has never spoken", () => {
    const place = street();
    talk(place, "a", minute, 10 * minute, ["tx-a1"]);
    for (const cabinet of ["b", "c"]) talk(place, cabinet, minute, 50 * minute);
    place.until(start + 50 * minute);
    expect(place.findings.map(({ what, rule, device }) => [what, rule.id, device])).toEqual([["raised", "gateway", "tx-a2"]]);
  });

  test("of a gateway is over when the device that had never spoken is heard", () => {
    const place = street();
    talk(place, "a", minute, 10 * minute, ["tx-a1"]);
    place.keep("tx-a1", [start + 30 * minute, start + 50 * minute], 60, vehicles);
    for (const cabinet of ["b", "c"]) talk(place, cabinet, minute, 50 * minute);
    place.until(start + 32 * minute);
    expect(place.findings.map(({ what, rule, device }) => [what, rule.id, device]).slice(0, 2)).toEqual([
      ["raised", "gateway", "tx-a2"],
      ["cleared", "gateway", "tx-a2"],
    ]);
  });

  test("a device that stays away when its gateway is back is told then", () => {
    const place = street();
    talk(place, "a", minute, 10 * minute);
    talk(place, "a", 40 * minute, 50 * minute, ["tx-a3"]);
    for (const cabinet of ["b", "c"]) talk(place, cabinet, minute, 50 * minute);
    place.until(start + 50 * minute);
    expect(place.standing()).toEqual(["silent"]);
    expect(place.findings.at(-1)!.device).toBe("tx-a3");
  });

  test("of everybody at once is the way to us: nothing is said of devices, and nothing afterwards", () => {
    const place = street();
    for (const cabinet of ["a", "b", "c"]) {
      talk(place, cabinet, minute, 10 * minute);
      talk(place, cabinet, 70 * minute, 90 * minute);
    }
    place.until(start + 90 * minute);
    expect(place.told()).toEqual([]);
  });

  test("of a gateway whose signal was the last to speak is still one alarm", () => {
    const place = street();
    for (const n of [1, 2, 3]) place.keep(`tx-a${n}`, [start + minute, start + 10 * minute], 60, vehicles);
    place.keep("tx-a-sig", [start + 25_000, start + 10.5 * minute], 600, { plan: "day", cycle: 120 });
    for (const cabinet of ["b", "c"]) talk(place, cabinet, minute, 30 * minute);
    place.until(start + 30 * minute);
    expect(place.raised()).toEqual(["gateway"]);
  });

  test("nor of single devices, each behind a gateway of its own; one of them alone is told", () => {
    const rulesOfGauge = sensorRulesOf(stream, "gauge").filter(({ id }) => id === "silent");
    for (const [others, raised] of [
      [10, []],
      [30, ["silent"]],
    ] as const) {
      const place = detectWorld({ service: stream, devices: [1, 2, 3].map((n) => gauge(`ws-${n}`, n)), rules: rulesOfGauge });
      for (const n of [1, 2, 3]) place.keep(`ws-${n}`, [start + minute, start + (n === 1 ? 10 : others) * minute], 60, { level: 1 + n / 10 });
      place.until(start + 30 * minute);
      expect(place.raised()).toEqual(raised);
    }
  });

  test("a gauge alone beside gates that speak every ten minutes: first the gauge, then the gateway, when the gates have missed their turn", () => {
    const own = (["gauge", "gate"] as const).flatMap((kind) => sensorRulesOf(stream, kind)).filter(({ id }) => id === "silent" || id === "gateway");
    const devices = [gauge("ws-1", 1, {}, "gw-1"), gateAt("sg-1", 1, 5, "gw-1"), gateAt("sg-2", 1, 5, "gw-1")];
    const place = detectWorld({ service: stream, devices, rules: own });
    place.keep("ws-1", [start + minute, start + 10 * minute], 60, (t) => ({ level: 1 + (t % 7) / 1000 }));
    for (const id of ["sg-1", "sg-2"]) place.keep(id, [start + 5 * minute, start + 5 * minute], 600, { gate: "open", person: false });
    place.until(start + hour);
    expect(place.findings.map(({ t, what, rule, device }) => [Math.round((t - start) / minute), what, rule.id, device])).toEqual([
      [13, "raised", "silent", "ws-1"],
      [16, "raised", "gateway", "ws-1"],
    ]);
  });

  test("a gauge that speaks and measures no level is silent in what matters; one whose water has come up to it is not", () => {
    for (const [level, said] of [
      [1.2, ["silent"]],
      [6.8, []],
    ] as const) {
      const place = detectWorld({
        service: stream,
        devices: [gauge("ws-1", 1)],
        rules: sensorRulesOf(stream, "gauge").filter(({ id }) => id === "silent"),
      });
      place.keep("ws-1", [start + minute, start + 5 * minute], 60, { level, rain: 0 });
      place.keep("ws-1", [start + 6 * minute, start + 20 * minute], 60, { rain: 0 });
      place.until(start + 20 * minute);
      expect(place.raised()).toEqual(said);
      expect(place.findings.map(({ metric }) => metric)).toEqual(said.map(() => "level"));
    }
  });
});
