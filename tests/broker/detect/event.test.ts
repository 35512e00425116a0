import { describe, expect, it } from "vitest";
import type { EventCondition } from "../../../shared/alarm-rule.ts";
import { ucare } from "../../../shared/services/ucare.ts";
import { birth, detectWorld, ruleOf, start } from "../../support/detect-world.ts";

type Said = readonly [second: number, event: string, x?: Record<string, string | number>];
function run(when: Omit<EventCondition<string>, "kind">, said: readonly Said[]) {
  const w = detectWorld({ service: ucare, devices: [birth("h", "home")], rules: [ruleOf("home", { kind: "event", ...when })] });
  for (const [second, e, x] of said) {
    w.event("h", start + second * 1000, e, x);
    w.until(start + second * 1000);
  }
  w.until(start + 3_600_000);
  return w;
}
const told = (...args: Parameters<typeof run>) =>
  run(...args)
    .told()
    .map(([s, what]) => [Math.round(s), what]);

describe("an event", () => {
  it.each<[string, Omit<EventCondition<string>, "kind">, Said[], [number, string][]]>([
    ["is the alarm itself and stays", { event: "button" }, [[10, "button"]], [[10, "raised"]]],
    [
      "is not another event",
      { event: "button" },
      [
        [10, "fire"],
        [20, "door", { to: "open" }],
      ],
      [],
    ],
    [
      "is over after its time",
      { event: "button", overAfter: 60 },
      [[10, "button"]],
      [
        [10, "raised"],
        [70, "cleared"],
      ],
    ],
    [
      "goes on from the last time that it was said",
      { event: "button", overAfter: 60 },
      [
        [10, "button"],
        [50, "button"],
      ],
      [
        [10, "raised"],
        [110, "cleared"],
      ],
    ],
    [
      "occurs again when it was over",
      { event: "button", overAfter: 60 },
      [
        [10, "button"],
        [200, "button"],
      ],
      [
        [10, "raised"],
        [70, "cleared"],
        [200, "raised"],
        [260, "cleared"],
      ],
    ],
    [
      "is over at its counterpart",
      { event: "call", overAt: "visit" },
      [
        [10, "call", { result: "no-answer" }],
        [90, "visit", { result: "ok" }],
      ],
      [
        [10, "raised"],
        [90, "cleared"],
      ],
    ],
    [
      "does not care for its counterpart before it has happened",
      { event: "call", overAt: "visit" },
      [
        [5, "visit"],
        [10, "call"],
      ],
      [[10, "raised"]],
    ],
    [
      "wants the fields that it names",
      { event: "call", where: { says: ["help"] } },
      [
        [10, "call", { says: "ok" }],
        [20, "call"],
        [30, "call", { says: "help" }],
      ],
      [[30, "raised"]],
    ],
    [
      "wants all of them",
      { event: "call", where: { says: ["help"], result: ["answered"] } },
      [
        [10, "call", { says: "help" }],
        [20, "call", { says: "help", result: "answered" }],
      ],
      [[20, "raised"]],
    ],
  ])("%s", (_name, when, said, expected) => {
    expect(told(when, said)).toEqual(expected);
  });

  it("that comes late is told all the same, at the time that has been reached", () => {
    const w = detectWorld({
      service: ucare,
      devices: [birth("h", "home")],
      rules: [ruleOf("home", { kind: "event", event: "button", overAfter: 60 })],
    });
    w.until(start + 600_000);
    w.event("h", start + 10_000, "button");
    w.until(start + 601_000);
    expect(w.told().map(([s, what]) => [Math.round(s), what])).toEqual([
      [600, "raised"],
      [600, "cleared"],
    ]);
  });

  it("says what the device reported, in both languages", () => {
    const { findings } = run({ event: "gas" }, [[10, "gas", { ppm: 13_000 }]]);
    expect(findings[0]).toMatchObject({ metric: "ppm", value: 13_000 });
    expect(findings[0]?.evidence).toMatchObject({
      condition: { ko: "장비 신고: 가스 감지, 농도 13000 ppm", en: "reported: Gas detected, Concentration 13000 ppm" },
      inputs: [
        { device: "h", metric: "gas", t: start + 10_000, value: true },
        { device: "h", metric: "ppm", value: 13_000 },
      ],
    });
  });
});
