import { describe, expect, it } from "vitest";
import { seekingText, shownRates } from "../../console/web/views/presenter/pace-words.ts";
import { type Preparation, preparationOf, preparingText } from "../../console/web/views/presenter/preparation.ts";
import { scrolledTo } from "../../console/web/views/presenter/scrolled-to.ts";
import { text } from "../../shared/text.ts";

const asked: Preparation = { title: text("폭우의 밤", "Storm night"), since: 1000, cityRun: "r1" };
const open = { scenario: null, startedAt: 5000 } as const;

describe("a story that is being prepared", () => {
  it("stands as such from the press on until its run goes, also on a screen that has not asked for it", () => {
    expect(preparationOf(asked, undefined)).toBe(asked);
    expect(preparationOf(asked, { ...open, state: "preparing" })).toBe(asked);
    expect(preparationOf(undefined, { ...open, state: "preparing" })).toMatchObject({ since: 5000, title: { en: "Single injections" } });
    for (const state of ["running", "paused"] as const) expect(preparationOf(asked, { ...open, state })).toBeUndefined();
    expect(preparationOf(undefined, undefined)).toBeUndefined();
  });

  it("says what is being done for it: back, its history, its steps", () => {
    const history = { phase: "backfill", whole: 86_400_000, done: 11_520_000, leftMs: undefined } as const;
    expect(preparingText(asked, { run: "r1" }, undefined).en).toBe("Taking the city back to where the story begins");
    expect(preparingText(asked, undefined, history).en).toBe("Taking the city back to where the story begins");
    expect(preparingText(asked, { run: "r2" }, history).en).toBe("Making the history before it · 3.2 of 24.0 h");
    expect(preparingText(asked, { run: "r2" }, undefined).en).toBe("Telling the city the steps of the story");
  });
});

describe("the list of stories", () => {
  it("is scrolled no further than it must to show the chosen one whole", () => {
    const line = { offsetTop: 460, offsetHeight: 46 };
    expect(scrolledTo({ scrollTop: 0, clientHeight: 200 }, line)).toBe(306);
    expect(scrolledTo({ scrollTop: 400, clientHeight: 200 }, line)).toBe(400);
    expect(scrolledTo({ scrollTop: 600, clientHeight: 200 }, line)).toBe(460);
  });
});

describe("the pace of a story", () => {
  it("shows the city's rate where it is none of the buttons, and no other", () => {
    expect(shownRates([1, 10, 60], 20)).toEqual([1, 10, 60, 20]);
    for (const asked of [10, null, undefined]) expect(shownRates([1, 10, 60], asked)).toEqual([1, 10, 60]);
  });
  it("says to which cue the city is being taken", () => {
    expect(seekingText(Date.UTC(2026, 9, 11, 10, 50), "Asia/Seoul")).toEqual({
      ko: "다음 큐로 가는 중, 19:50",
      en: "Going on to the next cue, 19:50",
    });
    expect(seekingText(null, "Asia/Seoul").en).toBe("Going on to the next cue");
  });
});
