import { describe, expect, it } from "vitest";
import type { StayLaw } from "../../shared/alarm-rule.ts";
import { lawAt, limitFor, limitReached } from "../../shared/stay-law.ts";
import { text } from "../../shared/text.ts";

const offset = 9 * 3_600_000;
/** Instant of a Korean wall clock. */
const at = (local: string): number => Date.parse(`${local.replace(" ", "T")}:00+09:00`);
const clock = (t: number): string => new Date(t + 9 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
const hours = (count: number): number => count * 3600;

describe("the instant at which a limit is reached", () => {
  it.each<[string, number, readonly [number, number] | undefined, string]>([
    ["2026-03-10 18:00", 7, undefined, "2026-03-11 01:00"],
    // domain.md B3: in at 18:00, limit at 07:00
    ["2026-03-10 18:00", 7, [0, 6], "2026-03-11 07:00"],
    ["2026-03-10 17:00", 7, [0, 6], "2026-03-11 00:00"],
    ["2026-03-10 17:01", 7, [0, 6], "2026-03-11 06:01"],
    ["2026-03-10 00:00", 7, [0, 6], "2026-03-10 13:00"],
    ["2026-03-10 03:30", 7, [0, 6], "2026-03-10 13:00"],
    ["2026-03-10 05:59", 7, [0, 6], "2026-03-10 13:00"],
    ["2026-03-10 06:00", 7, [0, 6], "2026-03-10 13:00"],
    ["2026-03-10 23:59", 7, [0, 6], "2026-03-11 12:59"],
    // 18 counted hours a day: two days and a bit
    ["2026-03-10 20:00", 40, [0, 6], "2026-03-13 00:00"],
    ["2026-03-10 20:00", 41, [0, 6], "2026-03-13 07:00"],
    ["2026-12-31 20:00", 7, [0, 6], "2027-01-01 09:00"],
    // hours over midnight
    ["2026-03-10 20:00", 7, [22, 6], "2026-03-11 11:00"],
    ["2026-03-10 23:00", 7, [22, 6], "2026-03-11 13:00"],
    ["2026-03-10 02:00", 7, [22, 6], "2026-03-10 13:00"],
  ])("in at %s, %i h, without %j: %s", (from, limit, notCounted, expected) => {
    const excluded = notCounted === undefined ? {} : { notCounted };
    expect(clock(limitReached(at(from), { seconds: hours(limit), ...excluded }, offset))).toBe(expected);
  });

  it("agrees with counting minute by minute", () => {
    for (let n = 0; n < 300; n++) {
      const begin = at("2026-03-10 00:00") + n * 17 * 60_000;
      const minutes = 30 + ((n * 97) % 3000);
      let t = begin;
      for (let left = minutes; left > 0; t += 60_000) if (new Date(t + 9 * 3_600_000).getUTCHours() >= 6) left -= 1;
      expect(limitReached(begin, { seconds: minutes * 60, notCounted: [0, 6] }, offset), clock(begin)).toBe(t);
    }
  });
});

describe("the law of a stay", () => {
  const version = (from: string): StayLaw => ({ from, clause: text(from, from), amount: 0, limits: [] });
  it.each([
    ["2026-02-04 23:59", "2022-08-01"],
    ["2026-02-05 00:00", "2026-02-05"],
    ["2022-01-01 00:00", undefined],
    ["2030-01-01 00:00", "2026-02-05"],
  ])("is at %s that of %s", (begin, expected) => {
    expect(lawAt(["2026-02-05", "2022-08-01"].map(version), at(begin), offset)?.from).toBe(expected);
  });
  it("counts in the days of the place", () => {
    // 2026-02-04 16:00 UTC is the fifth in Seoul and still the fourth in London.
    const begin = Date.UTC(2026, 1, 4, 16);
    expect([offset, 0].map((hours) => lawAt(["2026-02-05", "2022-08-01"].map(version), begin, hours)?.from)).toEqual(["2026-02-05", "2022-08-01"]);
  });
  it("limits a vehicle by its class and the bay's speed, and exempts small places that say how small they are", () => {
    const slow = { vehicles: ["phev"], fast: 0 as const, seconds: 25_200, unless: { constant: "households", below: 100 } };
    const law: StayLaw = { ...version("2026-02-05"), limits: [slow] };
    expect(limitFor(law, "phev", { fast: 0, households: 100 })).toBe(slow);
    expect(limitFor(law, "phev", { fast: 0 })).toBe(slow);
    expect(limitFor(law, "phev", { fast: 0, households: 99 })).toBeUndefined();
    expect(limitFor(law, "phev", { fast: 1 })).toBeUndefined();
    expect(limitFor(law, "ev", { fast: 0 })).toBeUndefined();
  });
});
