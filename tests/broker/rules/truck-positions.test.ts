import { describe, expect, it } from "vitest";
import { sensorRulesOf } from "../../../shared/sensor-rules.ts";
import { manure } from "../../../shared/services/manure.ts";
import { birth, type DetectWorld, detectWorld, hour, minute, second, start } from "../../support/detect-world.ts";
import { proveRules } from "../../support/rule-stories.ts";

const rules = sensorRulesOf(manure, "truck").filter(({ id }) => id === "range" || id === "stuck");
/** A farm and a plant 9 km apart, and a truck that drives between them and stands at lights. */
const world = (): DetectWorld =>
  detectWorld({
    service: manure,
    devices: [
      birth("t", "truck", { constants: { capacity: 12_000 } }),
      birth("f", "farm", { lat: 37.7, lon: 127, constants: { tank: 150, radius: 120 } }),
      birth("p", "plant", { lat: 37.7, lon: 127.1, constants: { tank: 720, radius: 180 } }),
    ],
  });
interface Told {
  readonly pos?: readonly [number, number] | undefined;
  readonly speed?: number;
  readonly load?: number;
}
const stands = (t: number): boolean => (t / minute) % 3 >= 2;
/** A third of the time it stands, and its place is the same then. */
const road = (t: number): readonly [number, number] => {
  const minutes = Math.floor(t / minute / 3) * 2 + Math.min(2, (t / minute) % 3);
  return [37.7, 127 + (minutes % 200) / 2000];
};
function drive(w: DetectWorld, told: (t: number) => Told): void {
  for (let t = 0; t <= 4 * hour; t += 30 * second) {
    const { pos = road(t), speed = stands(t) ? 0 : 32, load = 9000 } = { ...told(t) };
    const seen = "pos" in told(t) && told(t).pos === undefined ? {} : { pos: [pos[0], pos[1]] as [number, number] };
    w.say("t", start + t, {
      ...seen,
      load: load + ((t / second) % 60 === 0 ? 10 : 0),
      speed,
      off: 3,
      valve: false,
      engine: true,
      trip: "carrying",
      gps: true,
      batt: 0.9,
    });
  }
}
const during =
  ([from, to]: readonly [number, number], told: (t: number) => Told) =>
  (w: DetectWorld): void =>
    drive(w, (t) => (t > from && t <= to ? told(t) : {}));
const anHour = [hour, 2 * hour] as const;

describe("rules of a truck's position", () => {
  proveRules(rules, world, {
    range: {
      incident: during(anHour, () => ({ pos: [33.4, 126.5] })),
      raised: 61,
      over: 121.5,
      faults: {
        "one reading from nowhere": during([hour, hour + 30 * second], () => ({ pos: [33.4, 126.5] })),
        "a plant in the next town": during(anHour, (t) => ({ pos: [37.85, 127 + t / hour / 100] })),
        "a position that is left out": during(anHour, () => ({ pos: undefined })),
      },
    },
    stuck: {
      incident: during(anHour, () => ({ pos: road(hour) })),
      raised: 64,
      over: 120.5,
      faults: {
        "a truck that stands all that time": during(anHour, () => ({ pos: road(hour), speed: 0 })),
        "a truck that is loaded while it stands": during(anHour, (t) => ({ pos: road(hour), speed: 0, load: 1000 + (t - hour) / second })),
        "a scale that is served at walking pace": during(anHour, () => ({ pos: road(hour), speed: 4 })),
        "three minutes of it": during([hour, hour + 3 * minute], () => ({ pos: road(hour) })),
        "a position that is left out": during(anHour, () => ({ pos: undefined })),
      },
    },
  });

  it("let no load be called dumped where nobody knows where the truck is", () => {
    const dumps = (pos: readonly [number, number], speed: number): readonly string[] => {
      const w = world();
      during(anHour, (t) => ({ pos, speed, load: Math.max(2000, 9000 - Math.max(0, t - 1.25 * hour) / second) }))(w);
      w.until(start + 4 * hour);
      return w.raised().filter((id) => id === "dumping");
    };
    expect(dumps([37.7, 127.05], 0)).toEqual(["dumping"]);
    expect(dumps([33.4, 126.5], 0)).toEqual([]);
    expect(dumps([37.7, 127.05], 30)).toEqual([]);
  });

  it("say where the truck claims to be", () => {
    const w = world();
    during(anHour, () => ({ pos: [33.4, 126.5] }))(w);
    w.until(start + 90 * minute);
    const [found] = w.findings.filter(({ rule }) => rule.id === "range");
    expect(found).toMatchObject({ metric: "pos", value: [33.4, 126.5] });
    expect(found!.evidence!.condition.en).toBe("Position 480 km outside of the city: only 0 to 30 can be there");
  });
});
