import { describe, expect, it } from "vitest";
import { keepsUp, modeOf, rateText } from "../../console/web/app/time/mode.ts";
import { progressOf } from "../../console/web/app/time/progress.ts";
import { createCityTime } from "../../console/web/live/city-time.ts";
import type { CityClock } from "../../shared/clock.ts";

const hour = 3_600_000;
const clock = (part: Partial<CityClock>): CityClock => ({
  run: "r1",
  city: "gaon",
  seed: 1,
  scale: 1,
  start: 0,
  head: 0,
  mark: 0,
  rate: 1,
  asked: 1,
  paused: false,
  phase: "live",
  ...part,
});

describe("progress of a backfill or a jump", () => {
  it("is counted in what has arrived, not in what was sent", () => {
    const now = clock({ phase: "backfill", head: 2.5 * hour, mark: 2 * hour, until: 3 * hour, rate: 720 });
    expect(progressOf(now, 0)).toEqual({ phase: "backfill", whole: 3 * hour, done: 2 * hour, leftMs: hour / 720 });
  });
  it("of a jump begins where the jump began", () => {
    const now = clock({ phase: "jump", mark: 10.5 * hour, until: 11 * hour, rate: 0 });
    expect(progressOf(now, 10 * hour)).toEqual({ phase: "jump", whole: hour, done: hour / 2, leftMs: undefined });
  });
  it("is nothing while the city is live", () => {
    expect(progressOf(clock({}), 0)).toBeUndefined();
  });
});

describe("the city's hand", () => {
  it("shows what has arrived while the head is far ahead of it, else the head", () => {
    const time = createCityTime();
    time.hear(clock({ phase: "jump", head: 900_000, mark: 100_000, until: hour, rate: 0 }), 1000);
    expect(time.at(1000)).toBe(100_000);
    time.hear(clock({ head: 950_000, mark: 949_000 }), 2000);
    expect(time.at(2500)).toBe(950_500);
  });
  it("never goes back within a run, and may in another", () => {
    const time = createCityTime();
    time.hear(clock({ head: 10_000, mark: 9000, rate: 60 }), 0);
    expect(time.at(1000)).toBe(70_000);
    time.hear(clock({ head: 40_000, mark: 39_000, rate: 60 }), 1000);
    expect(time.at(1000)).toBe(70_000);
    time.hear(clock({ run: "r2", head: 5000, mark: 5000 }), 1000);
    expect(time.at(1000)).toBe(5000);
  });
});

describe("the rate", () => {
  it("says both figures when the chain does not keep up", () => {
    const slow = clock({ rate: 812, asked: 3600 });
    expect(keepsUp(slow)).toBe(false);
    expect(rateText(slow)).toEqual({ ko: "×812 (요청 3,600)", en: "×812 (asked 3,600)" });
  });
  it("is one figure when it does", () => {
    const fine = clock({ rate: 58, asked: 60 });
    expect(keepsUp(fine)).toBe(true);
    expect(rateText(fine).en).toBe("×60");
  });
});

describe("the mode", () => {
  it("names what hides the present first: the connection, then the city, then a pause", () => {
    const paused = clock({ paused: true });
    expect(modeOf({ state: "down", since: 0 }, paused).id).toBe("down");
    expect(modeOf({ state: "live" }, clock({ phase: "gone", paused: true })).id).toBe("gone");
    expect(modeOf({ state: "live" }, paused).id).toBe("paused");
    expect(modeOf({ state: "live" }, paused, true).text.en, "it stands still between the steps on its way to a cue").toBe("To cue");
    expect(modeOf({ state: "live" }, undefined).id).toBe("field");
    const running = clock({ asked: 1, rate: 1 });
    expect(modeOf({ state: "live" }, running, false, running.head).id).toBe("live");
    expect(modeOf({ state: "live" }, running, false, running.head + 600_000).id, "another time than the wall's").toBe("running");
    expect(modeOf({ state: "live" }, clock({ asked: 60, rate: 60 }), false, running.head).id).toBe("running");
  });
});
