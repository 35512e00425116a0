import { describe, expect, test } from "vitest";
import { ucare } from "../../../shared/services/ucare.ts";
import { birth, type DetectWorld, day, detectWorld, ruleOf, start } from "../../support/detect-world.ts";
import { falls, liveDays } from "../../support/home-weeks.ts";

const rule = ruleOf(
  "home",
  {
    ...{ kind: "decline", activity: "act", away: "away", share: 0.25, deadband: 0.1, unless: ["battery"] },
    weeks: { usual: 4, recent: 3, memory: 11 },
  },
  { id: "decline", outcome: "task" },
);
const battery = ruleOf("home", { kind: "sensor", trouble: "battery" }, { id: "battery", class: "maintenance" });
const home = (...devices: string[]): DetectWorld =>
  detectWorld({ service: ucare, devices: (devices.length > 0 ? devices : ["h"]).map((id) => birth(id, "home")), rules: [battery, rule] });
/** Days of the begin of the world. */
const told = (w: DetectWorld) => w.findings.filter((one) => one.rule.id === "decline").map(({ t, what }) => [what, Math.floor((t - start) / day)]);
const knows = (w: DetectWorld) => w.detector.learned("h").map((one) => one.knows);

describe("a slow decline", () => {
  test("is found when the last three weeks are a quarter below the usual, with the weeks as evidence", () => {
    const w = home();
    liveDays(w, [0, 112], (n) => ({ act: falls(n) }));
    expect(told(w)).toEqual([["raised", 98]]);
    const { evidence, value, limit } = w.findings[0]!;
    expect(evidence!.inputs.map((one) => one.value)).toHaveLength(11);
    expect(evidence!.baseline).toMatchObject({ from: "weeks", middle: 967 });
    expect([value, limit]).toEqual([711, 725]);
    expect(evidence!.condition.en).toBe("Activity: from 967 a day (4 weeks from 2026-11-02) to 711 (last 3 weeks), 74 % of the usual");
  });

  test("is silent and learning for seven weeks, however steep; what it has not seen before is no usual", () => {
    const w = home();
    liveDays(w, [0, 49], (n) => ({ act: falls(n, [7, 49]) }));
    expect(w.detector.learned("h")).toEqual([{ rule: "decline", knows: "learning" }]);
    expect(told(w)).toEqual([]);
    liveDays(w, [49, 51], () => ({ act: 7 }));
    expect(knows(w)).toEqual(["weeks"]);
  });

  test("of a fifth is within what weeks differ by", () => {
    const w = home();
    liveDays(w, [0, 126], (n) => ({ act: 10 - (2 / 3) * (10 - falls(n)) }));
    expect(told(w)).toEqual([]);
  });

  test("goes on until it is back by more than the deadband, and becomes the usual when it has lasted for a quarter of a year", () => {
    const wavering = home();
    liveDays(wavering, [0, 126], (n) => ({ act: n < 98 ? falls(n) : 7.8 }));
    expect(told(wavering)).toEqual([["raised", 98]]);
    const lasting = home();
    liveDays(lasting, [0, 210], (n) => ({ act: falls(n) }));
    expect(told(lasting).map(([what]) => what)).toEqual(["raised", "cleared"]);
    expect(told(lasting)[1]![1]).toBeGreaterThan(112);
  });

  test("is not one while the resident only goes out more, also when half of the counts are gone", () => {
    const w = home();
    liveDays(w, [0, 112], (n) => ({ act: 10, out: n < 49 ? 0 : 7 }));
    expect(told(w)).toEqual([]);
  });

  test("is found all the same in who goes out every day", () => {
    const w = home();
    liveDays(w, [0, 112], (n) => ({ act: falls(n), out: 2 + (n % 3) }));
    expect(told(w)).toEqual([["raised", 98]]);
  });

  test("is not judged by days on which the battery was low, and goes on being judged when it has been changed", () => {
    const w = home();
    liveDays(w, [0, 189], (n) => ({ act: n < 112 ? falls(n) : falls(n, [133, 161]), with: { batt: n >= 49 && n < 112 ? 0.12 : 0.9 } }));
    const days = told(w);
    expect(days.map(([what]) => what)).toEqual(["raised"]);
    expect(days[0]![1]).toBeGreaterThan(161);
  });

  test("is not judged by days of which too little was seen, nor by weeks of which there are too few", () => {
    const nights = home();
    liveDays(nights, [0, 112], (n) => (n < 49 ? { act: 10 } : { act: 5, out: 13 }));
    expect(told(nights)).toEqual([]);
    const weekends = home();
    liveDays(weekends, [0, 112], (n) => (n < 49 || n % 7 >= 5 ? { act: n < 49 ? 10 : 5 } : { act: 10, silent: true }));
    expect(told(weekends)).toEqual([]);
  });

  test("is the same after a restart at any hour, and its state is plain JSON of a bounded size", () => {
    const [whole, cut] = [home(), home()];
    liveDays(whole, [0, 105], (n) => ({ act: falls(n) }));
    for (let n = 0; n < 105; n++) {
      liveDays(cut, [n, n + 1], (k) => ({ act: falls(k) }));
      cut.detector.restore(JSON.parse(JSON.stringify(cut.detector.state())));
    }
    expect(cut.findings).toEqual(whole.findings);
    const size = () => JSON.stringify(whole.detector.state().minds.h!.rules["decline@1"]).length;
    expect(size()).toBeLessThan(1500);
    liveDays(whole, [105, 400], () => ({ act: 7 }));
    expect(size()).toBeLessThan(1500);
  });

  test("of one home is nobody else's, and what comes later changes nothing of what was found", () => {
    const w = home("h", "i");
    liveDays(w, [0, 105], (n, id) => ({ act: id === "h" ? falls(n) : 10 }), ["h", "i"]);
    expect(w.findings.map(({ device }) => device)).toEqual(["h"]);
    const before = structuredClone(w.findings);
    liveDays(w, [105, 112], () => ({ act: 30 }));
    expect(w.findings.slice(0, before.length)).toEqual(before);
  });
});
