import { describe, expect, test } from "vitest";
import { serviceOf } from "../../../shared/services/index.ts";
import { birth, type DetectWorld, day, detectWorld, hour, minute, ruleOf, start } from "../../support/detect-world.ts";

const traffic = serviceOf("traffic")!;
const rule = ruleOf("approach", { kind: "seasonal", metric: "speed", side: "below", spreads: 5, least: 8, on: 600, off: 600 }, { id: "slow" });
const street = (): DetectWorld => detectWorld({ service: traffic, devices: [birth("tx-1", "approach")], rules: [rule] });

/** Two rush hours on weekdays, none at the weekend; chance of some km/h, the same in every run. The run begins on a Monday at midnight. */
const chance = (t: number): number => ((((t / minute) * 37) % 101) / 101 - 0.5) * 6;
function usual(t: number): number {
  const [hours, days] = [Math.floor((t % day) / hour), Math.floor(t / day) % 7];
  const rush = days < 5 && (hours === 8 || hours === 18);
  return (rush ? 22 : 38) + chance(t);
}
type Span = readonly [from: number, to: number];
const within = (t: number, spans: readonly Span[]): boolean => spans.some(([from, to]) => t > from && t <= to);
/** A reading a minute; `slow`: at 12 km/h then. */
function live(place: DetectWorld, to: number, slow: readonly Span[] = [], from = 0): void {
  place.keep("tx-1", [start + from + minute, start + to], 60, (t) => ({ speed: within(t - start, slow) ? 12 : usual(t - start) }));
  place.until(start + to);
}
const knows = (place: DetectWorld) => place.detector.learned("tx-1").map(({ knows: much }) => much);

describe("seasonal", () => {
  test("a jam at an hour that is usually free is found within a quarter of an hour, with what is usual as evidence; rush hours are not", () => {
    const place = street();
    live(place, 25 * day, [[24 * day + 14 * hour, 24 * day + 15 * hour]]);
    expect(place.told().map(([t, what]) => [what, Math.round(((t * 1000) % day) / minute)])).toEqual([
      ["raised", 14 * 60 + 16],
      ["cleared", 15 * 60 + 16],
    ]);
    expect(place.findings[0]!.t).toBeGreaterThan(start + 24 * day);
    const { baseline } = place.findings[0]!.evidence!;
    expect(baseline).toMatchObject({ from: "hour-of-week", middle: expect.closeTo(38, 0) });
  });

  test("silent and shown as learning for three days, then by hour of the day, after three weeks by hour of the week", () => {
    const place = street();
    const jam: Span = [2 * day + 12 * hour, 2 * day + 14 * hour];
    live(place, 3 * day - hour, [jam]);
    expect([knows(place), place.told()]).toEqual([["learning"], []]);
    live(place, 3 * day + hour, [], 3 * day - hour);
    expect(knows(place)).toEqual(["hour-of-day"]);
    live(place, 21 * day - hour, [], 3 * day + hour);
    expect(knows(place)).toEqual(["hour-of-day"]);
    live(place, 21 * day + hour, [], 21 * day - hour);
    expect(knows(place)).toEqual(["hour-of-week"]);
  });

  test("after three weeks it knows that Saturday morning is free: what weekdays call usual then is slow", () => {
    const saturday = 26 * day + 8 * hour;
    const place = street();
    live(place, 27 * day, [[saturday, saturday + hour]]);
    expect(place.findings.map(({ what, evidence }) => [what, evidence?.baseline?.from])).toEqual([
      ["raised", "hour-of-week"],
      ["cleared", undefined],
    ]);
  });

  test("an anomaly does not become usual: the third jam of three days is found like the first", () => {
    const jams = [22, 23, 24].map((n): Span => [n * day + 14 * hour, n * day + 16 * hour]);
    const place = street();
    live(place, 25 * day, jams);
    expect(place.raised()).toEqual(["slow", "slow", "slow"]);
    expect(place.findings[4]!.evidence!.baseline!.middle).toBeGreaterThan(35);
  });

  test("nor works that block the road every afternoon for two weeks while it still goes by the hour of the day", () => {
    const works = Array.from({ length: 14 }, (_, n): Span => [(n + 5) * day + 14 * hour, (n + 5) * day + 16 * hour]);
    const place = street();
    live(place, 19 * day, works);
    expect(place.raised()).toHaveLength(14);
    expect(place.findings.at(-2)!.evidence!.baseline!.middle).toBeGreaterThan(37);
  });

  test("what comes later changes nothing of what was found before", () => {
    const [short, long] = [street(), street()];
    live(short, 23 * day, [[22 * day + 14 * hour, 22 * day + 15 * hour]]);
    live(long, 30 * day, [
      [22 * day + 14 * hour, 22 * day + 15 * hour],
      [25 * day, 30 * day],
    ]);
    expect(short.told()).toHaveLength(2);
    expect(long.told().slice(0, 2)).toEqual(short.told());
  });

  test("a restart forgets nothing", () => {
    const place = street();
    live(place, 24 * day);
    place.restart();
    live(place, 25 * day, [[24 * day + 14 * hour, 24 * day + 15 * hour]], 24 * day);
    expect(place.raised()).toEqual(["slow"]);
  });
});
