import { describe, expect, it } from "vitest";
import { traffic } from "../../../shared/services/traffic.ts";
import { alarmsOf, falseAlarms } from "../../bench/sharpness/judged.ts";
import { anomalies, held, known, makeSeries } from "../../bench/sharpness/series.ts";
import { birth, day, detectWorld, hour, minute, ruleOf, start } from "../../support/detect-world.ts";

const rule = ruleOf("approach", { kind: "unusual", metric: "volume" }, { id: "unusual" });
const world = () => detectWorld({ service: traffic, devices: [birth("a", "approach")], rules: [rule] });
/** A street by day and by night, with some chance in it. */
const street = (t: number): { volume: number } => {
  const chance = Math.sin(t / 7919) + Math.sin(t / 104_729);
  return { volume: Math.round(60 - 50 * Math.cos((2 * Math.PI * (t - start)) / day) + 4 * chance) };
};

describe("unusual", () => {
  it("says nothing of four weeks as usual, and one thing of a level that stays, until it is the usual", () => {
    const w = world();
    w.keep("a", [start, start + 28 * day], 300, street);
    expect(w.until(start + 28 * day)).toEqual([]);
    const from = start + 28 * day;
    w.keep("a", [from + 5 * minute, from + 4 * day], 300, (t) => ({ volume: street(t).volume + 60 }));
    w.until(from + 4 * day);
    const [raised, cleared, ...more] = w.findings;
    expect(raised).toMatchObject({ what: "raised", metric: "volume" });
    expect((raised?.t ?? 0) - from).toBeLessThanOrEqual(hour);
    expect(cleared?.what).toBe("cleared");
    expect((cleared?.t ?? 0) - from).toBeLessThan(3 * day);
    expect(more).toEqual([]);
    expect(raised?.evidence?.condition.en).toMatch(/usually/);
  });

  it("says within the hour that nothing comes, while nothing comes", () => {
    const w = world();
    w.keep("a", [start, start + 16 * day], 300, street);
    w.until(start + 16 * day);
    const [raised] = w.until(start + 16 * day + hour);
    expect(raised).toMatchObject({ what: "raised" });
    expect(raised?.evidence?.condition.en).toMatch(/nothing for/);
  });

  it("goes on after a restart as if there had been none", () => {
    const [one, two] = [world(), world()];
    for (const w of [one, two]) w.keep("a", [start, start + 10 * day], 300, street);
    for (const w of [one, two]) w.until(start + 10 * day);
    two.restart();
    const odd = (t: number) => ({ volume: t % (3 * hour) < hour ? 300 : street(t).volume });
    for (const w of [one, two]) {
      w.keep("a", [start + 10 * day + 5 * minute, start + 12 * day], 300, odd);
      w.until(start + 12 * day);
    }
    expect(two.findings.length).toBeGreaterThan(0);
    expect(two.told()).toEqual(one.told());
  });

  it("does not learn from the future: a value is judged by what was before it", () => {
    const made = makeSeries(known[0]!, "spike", 7);
    const until = made.points.findIndex(({ t }) => t >= made.to);
    const early = alarmsOf({ points: made.points.slice(0, until) });
    expect(alarmsOf(made).slice(0, early.length)).toEqual(early);
  });

  it.each(anomalies)("finds a %s in most series, also in those that it had never seen", (anomaly) => {
    const all = [...known, ...held];
    const found = all.filter((character, n) => {
      const made = makeSeries(character, anomaly, 4000 + n);
      const from = anomaly === "slow drift" ? made.from - day : made.from;
      return alarmsOf(made).some((t) => t >= from && t <= made.to + 2 * hour);
    });
    // a spike among spikes is none
    expect(found.length / all.length).toBeGreaterThanOrEqual(anomaly === "spike" ? 0.6 : 0.8);
  });

  it.each(known)("is quiet on $id", (character) => {
    expect(falseAlarms(character, 3, 900)).toBeLessThanOrEqual(1);
  });

  it("takes what is constant, what begins in the middle of nowhere and what repeats its time as it comes", () => {
    const points = Array.from({ length: 3000 }, (_, n) => ({ t: start + n * 5 * minute, value: n === 2900 ? 1 : 0 }));
    expect(alarmsOf({ points }).length).toBe(1);
    expect(alarmsOf({ points: [] })).toEqual([]);
    expect(alarmsOf({ points: [...points.slice(0, 2000), { t: start + 400 * day, value: 0 }] }).length).toBeLessThanOrEqual(1);
  });
});
