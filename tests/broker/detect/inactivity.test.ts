import { describe, expect, it } from "vitest";
import type { InactivityCondition } from "../../../shared/alarm-rule.ts";
import { ucare } from "../../../shared/services/ucare.ts";
import { birth, detectWorld, hour, minute, ruleOf, start } from "../../support/detect-world.ts";

const ladder: InactivityCondition<string, string> = {
  kind: "inactivity",
  activity: "act",
  away: "away",
  steps: [
    { seconds: 12 * 3600, priority: 2 },
    { seconds: 24 * 3600, priority: 1 },
  ],
  awayExpires: 12 * 3600,
};
type Phase = readonly [hours: number, what: "moves" | "quiet" | "away" | "silent" | "mute" | "bad"];
/** A home speaks every 10 min; the first movement is at 10 min. "mute": it speaks, but not of movement. */
function run(phases: readonly Phase[], { restart = false } = {}) {
  const w = detectWorld({ service: ucare, devices: [birth("h", "home")], rules: [ruleOf("home", ladder)] });
  let t = start;
  for (const [hours, what] of phases) {
    for (let n = 0; n < hours * 6; n++) {
      t += 10 * minute;
      if (what === "mute") w.say("h", t, { temp: 20 });
      else if (what === "bad") w.say("h", t, { act: 3, away: false }, { act: "bad" });
      else if (what !== "silent") w.say("h", t, { act: what === "moves" ? 3 : 0, away: what === "away" });
      w.until(t);
      if (restart && n % 7 === 0) w.restart();
    }
  }
  return w;
}
/** Hours since the begin, what, priority. */
const told = (...args: Parameters<typeof run>) =>
  run(...args)
    .told()
    .map(([s, what, , priority]) => [Math.round(s / 360) / 10, what, priority]);

describe("inactivity", () => {
  it.each<[string, Phase[], [number, string, number][]]>([
    [
      "is raised after its hours, graver after more, and over at the first movement",
      [
        [1, "moves"],
        [26, "quiet"],
        [1, "moves"],
      ],
      [
        [13, "raised", 2],
        [25, "priority", 1],
        [27.2, "cleared", 1],
      ],
    ],
    [
      "is not raised by a long night",
      [
        [1, "moves"],
        [11.8, "quiet"],
        [1, "moves"],
      ],
      [],
    ],
    ["counts from the first word of a home that has never moved", [[13, "quiet"]], [[12.2, "raised", 2]]],
    [
      "does not count being away",
      [
        [1, "moves"],
        [5, "quiet"],
        [8, "away"],
        [6, "quiet"],
        [1, "moves"],
      ],
      [],
    ],
    [
      "goes on where it stopped when the resident comes home and nothing moves",
      [
        [1, "moves"],
        [5, "quiet"],
        [8, "away"],
        [8, "quiet"],
      ],
      [[21, "raised", 2]],
    ],
    // door, then no motion: a visitor left while the resident lies on the floor
    [
      "does not believe in being away for longer than it expires",
      [
        [1, "moves"],
        [30, "away"],
      ],
      [
        [13.2, "raised", 2],
        [25, "priority", 1],
      ],
    ],
    [
      "counts all of it when the away has expired",
      [
        [1, "moves"],
        [6, "quiet"],
        [14, "away"],
      ],
      [[19.2, "raised", 2]],
    ],
    [
      "adds up several times of being away",
      [
        [1, "moves"],
        [7, "away"],
        [0.5, "quiet"],
        [7, "away"],
      ],
      [[13.7, "raised", 2]],
    ],
    [
      "stays when the away comes after it was raised",
      [
        [1, "moves"],
        [13, "quiet"],
        [3, "away"],
      ],
      [[13, "raised", 2]],
    ],
    [
      "does not count the silence of the hub",
      [
        [1, "moves"],
        [8, "quiet"],
        [6, "silent"],
        [3, "quiet"],
        [1, "moves"],
      ],
      [],
    ],
    [
      "does not count a silence as being away",
      [
        [1, "moves"],
        [4, "quiet"],
        [7, "away"],
        [6, "silent"],
        [4, "away"],
      ],
      [],
    ],
    [
      "goes on after the silence of the hub",
      [
        [1, "moves"],
        [8, "quiet"],
        [6, "silent"],
        [8, "quiet"],
      ],
      [[19.2, "raised", 2]],
    ],
    [
      "is not raised while the hub is silent",
      [
        [1, "moves"],
        [11, "quiet"],
        [20, "silent"],
      ],
      [],
    ],
    [
      "stays through the silence of the hub",
      [
        [1, "moves"],
        [13, "quiet"],
        [20, "silent"],
      ],
      [[13, "raised", 2]],
    ],
    [
      "is not raised because the hub speaks, but not of movement",
      [
        [1, "moves"],
        [20, "mute"],
      ],
      [],
    ],
    [
      "is not over because of a count that its sensor calls bad",
      [
        [1, "moves"],
        [13, "quiet"],
        [1, "bad"],
      ],
      [[13, "raised", 2]],
    ],
  ])("%s", (_name, phases, expected) => {
    expect(told(phases)).toEqual(expected);
    expect(told(phases, { restart: true }), "restarted again and again").toEqual(expected);
  });

  it("says when the last movement was and what was left out", () => {
    const { findings } = run([
      [1, "moves"],
      [5, "quiet"],
      [8, "away"],
      [8, "quiet"],
    ]);
    expect(findings[0]).toMatchObject({ metric: "act", value: 0, step: { ko: "12시간", en: "12 h" } });
    expect(findings[0]?.evidence).toMatchObject({
      condition: {
        ko: "활동 없음 12시간 (기준 12시간), 마지막 움직임 2026-10-12 01:00, 외출 8시간 제외",
        en: "no activity for 12 h (limit 12 h), last movement 2026-10-12 01:00, 8 h away not counted",
      },
      inputs: [
        { metric: "act", t: start + hour, value: 3 },
        { metric: "act", value: 0 },
      ],
    });
    const [expired] = run([
      [1, "moves"],
      [13, "away"],
    ]).findings;
    expect(expired?.evidence?.condition.en).toContain("away for 12 h: over 12 h, not believed");
    expect(expired?.evidence?.inputs).toHaveLength(3);
  });
});
