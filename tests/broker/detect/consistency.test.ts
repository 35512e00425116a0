import { describe, expect, test } from "vitest";
import { serviceOf } from "../../../shared/services/index.ts";
import { birth, type DetectWorld, detectWorld, hour, minute, ruleOf, start } from "../../support/detect-world.ts";
import { gauge } from "../../support/stream-places.ts";

const [stream, traffic, foodwaste] = [serviceOf("stream")!, serviceOf("traffic")!, serviceOf("foodwaste")!];

describe("an approach that counts nothing by day", () => {
  const noFlow = ruleOf(
    "approach",
    { kind: "consistency", metric: "volume", against: "neighbours", most: 0.9, relative: true, on: 900, off: 300 },
    { id: "no-flow" },
  );
  const approach = (d: string, site: string, lat: number, heading: number) =>
    birth(d, "approach", { site, lat, constants: { lanes: 2, main: 1, heading } });
  /** tx-1-s drives north to the first crossing, 400 m behind it the same street at the second one; two more at the first. */
  const devices = [
    approach("tx-1-s", "tx-1", 37.4, 0),
    approach("tx-1-e", "tx-1", 37.4, 270),
    approach("tx-1-w", "tx-1", 37.4, 90),
    approach("tx-2-s", "tx-2", 37.3964, 0),
  ];
  const volume = (t: number): number => 8 + (((t / minute) * 5) % 7);
  type Seen = { readonly volume: number; readonly occ: number };
  function live(own: (t: number) => Seen, ahead: (t: number) => number, others: (t: number) => number = volume): DetectWorld {
    const place = detectWorld({ service: traffic, devices, rules: [noFlow] });
    place.keep("tx-1-s", [start + minute, start + 4 * hour], 60, (t) => own(t - start));
    place.keep("tx-2-s", [start + minute, start + 4 * hour], 60, (t) => ({ volume: ahead(t - start), occ: 0.1 }));
    for (const id of ["tx-1-e", "tx-1-w"]) place.keep(id, [start + minute, start + 4 * hour], 60, (t) => ({ volume: others(t - start), occ: 0.1 }));
    place.until(start + 4 * hour);
    return place;
  }
  const until = 2 * hour;
  const dead = (t: number): Seen => (t > until && t <= 3 * hour ? { volume: 0, occ: 0 } : { volume: volume(t), occ: 0.1 });

  test("while its neighbours flow is a detector that is dead, after a quarter of an hour", () => {
    const place = live(dead, volume);
    expect(place.told()).toEqual([
      [7260 + 900, "raised", "no-flow", 3],
      [10_860 + 300, "cleared", "no-flow", 3],
    ]);
    expect(place.findings[0]!.evidence!.verdict!.what).toBe("sensor");
    expect(place.findings[0]!.evidence!.neighbours).toHaveLength(3);
  });
  test("while the same street counts nothing upstream either is a closed road", () =>
    expect(live(dead, (t) => (t > until && t <= 3 * hour ? 0 : volume(t))).told()).toEqual([]));
  test("with vehicles standing on the detector is a jam", () =>
    expect(live((t) => (t > until ? { volume: 0, occ: 0.8 } : { volume: volume(t), occ: 0.1 }), volume).told()).toEqual([]));
  test("that rarely counts anything is a side street", () =>
    expect(live((t) => ({ volume: (t / minute) % 25 === 0 ? 1 : 0, occ: 0 }), volume).told()).toEqual([]));
  test("late in the evening, when hardly anybody carries anything, is the evening", () =>
    expect(
      live(
        (t) => ({ volume: t > until ? 0 : volume(t), occ: 0.1 }),
        (t) => (t > until ? 3 : volume(t)),
        (t) => (t > until ? 3 : volume(t)),
      ).told(),
    ).toEqual([]));
});

describe("a level that moves alone", () => {
  const alone = ruleOf("gauge", { kind: "consistency", metric: "level", against: "upstream", most: 0.3, on: 300, off: 300 }, { id: "alone" });
  const run = (levels: readonly ((t: number) => number)[]): DetectWorld => {
    const place = detectWorld({ service: stream, devices: levels.map((_, k) => gauge(`ws-${k + 1}`, 1 + 2 * k)), rules: [alone] });
    levels.forEach((level, k) => {
      place.keep(`ws-${k + 1}`, [start + minute, start + 3 * hour], 60, (t) => ({ level: level(t - start) }));
    });
    place.until(start + 3 * hour);
    return place;
  };
  const ramp = (t: number): number => 1.5 + Math.min(2, Math.max(0, (2 * (t - hour)) / hour));
  test("rises by 2 m in an hour between two that stand: contradicted by both", () =>
    expect(new Set(run([() => 1.5, ramp, () => 1.5]).findings.map(({ device }) => device))).toEqual(new Set(["ws-2"])));
  test("of two gauges one rises: nobody can say which is wrong", () => expect(run([() => 1.5, ramp]).told()).toEqual([]));
  test("rises with its neighbours: nothing", () => expect(run([ramp, ramp, ramp]).told()).toEqual([]));
});

describe("scale and deposits", () => {
  const balance = ruleOf("bin", { kind: "consistency", metric: "gross", against: "balance", most: 3 }, { id: "balance" });
  const fill = (weighs: number): DetectWorld => {
    const place = detectWorld({ service: foodwaste, devices: [birth("fw-1", "bin")], rules: [balance] });
    place.say("fw-1", start + minute, { gross: 10 });
    for (let n = 1; n <= 12; n++) {
      place.event("fw-1", start + (10 * n - 1) * minute, "deposit", { token: "a", net: 1.5, fee: 100 });
      place.say("fw-1", start + 10 * n * minute, { gross: 10 + n * 1.5 * weighs });
    }
    place.event("fw-1", start + 3 * hour, "emptied", { kg: 20 });
    place.until(start + 4 * hour);
    return place;
  };
  test("that agree say nothing", () => expect(fill(1).told()).toEqual([]));
  test("of which the scale weighs half contradict, until it is emptied", () =>
    expect(
      fill(0.5)
        .told()
        .map(([, what]) => what),
    ).toEqual(["raised", "cleared"]));
});
