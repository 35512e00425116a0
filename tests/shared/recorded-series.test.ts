import { describe, expect, it } from "vitest";
import { readRecordedSeries, seriesAt } from "../../shared/scenario/recorded-series.ts";
import { stream } from "../../shared/services/stream.ts";
import { traffic } from "../../shared/services/traffic.ts";

const { level, gate, person } = stream.metrics;
const volume = traffic.metrics.volume;
const read = (...rows: string[]) => {
  const series = readRecordedSeries(rows.join("\n"), level);
  if (!series.ok) throw new Error(JSON.stringify(series.reason));
  return series.value;
};
const minute = 60_000;

describe("a recorded series", () => {
  it("is read with or without names, in the usual ways to write an instant, with holes", () => {
    expect(read("time,level", "2026-07-14T09:00:00Z,4.2", "2026-07-14 09:01:00,", '1784019720000,"4.4"', "")).toEqual({
      t: [0, 1, 2].map((n) => Date.UTC(2026, 6, 14, 9) + n * minute),
      values: [4.2, null, 4.4],
    });
  });
  it("tells everything that is wrong at once, with its line", () => {
    const wrong = readRecordedSeries(
      [
        "time,level",
        "2026-07-14T09:00:00Z,4.2",
        "yesterday,4.3",
        "2026-07-14T09:02:00Z,deep",
        "2026-07-14T09:01:00Z,4.4",
        "2026-07-14T09:09:00Z,400",
      ].join("\r\n"),
      level,
    );
    expect(wrong).toEqual({
      ok: false,
      reason: [
        { line: 3, message: expect.stringContaining('"yesterday" is not a time') },
        { line: 4, message: '"deep" is not a number' },
        { line: 5, message: expect.stringContaining("not after the one before") },
        { line: 6, message: "400 is outside -5 to 30 m" },
      ],
    });
    expect(readRecordedSeries("", level)).toMatchObject({ ok: false, reason: [{ message: "there is no row of timestamp,value" }] });
    expect(readRecordedSeries("2026-07-14T09:00:00Z,ajar", gate)).toMatchObject({
      ok: false,
      reason: [{ message: expect.stringContaining("open, closing") }],
    });
    expect(readRecordedSeries("2026-07-14T09:00:00Z,maybe", person)).toMatchObject({
      ok: false,
      reason: [{ message: '"maybe" is neither true nor false' }],
    });
  });
  it("lies on the line between two rows where it is a level, and stays where it is a count, a word or a flag", () => {
    const rows = ["2026-07-14T09:00:00Z,10", "2026-07-14T09:01:00Z,20"].join("\n");
    const [levels, counts] = [readRecordedSeries(rows, level), readRecordedSeries(rows, volume)];
    if (!levels.ok || !counts.ok) throw new Error("not read");
    expect(seriesAt(levels.value, level, 15_000, "hold")).toBe(12.5);
    expect(seriesAt(counts.value, volume, 15_000, "hold")).toBe(10);
    const words = readRecordedSeries("2026-07-14T09:00:00Z,open\n2026-07-14T09:01:00Z,closing", gate);
    if (!words.ok) throw new Error("not read");
    expect([0, 59_999, 60_000].map((after) => seriesAt(words.value, gate, after, "hold"))).toEqual(["open", "open", "closing"]);
  });
  it("is missing where it was missing, on both sides of the hole", () => {
    const series = read("2026-07-14T09:00:00Z,4", "2026-07-14T09:01:00Z,", "2026-07-14T09:02:00Z,5", "2026-07-14T09:03:00Z,6");
    expect([0, 30_000, 60_000, 90_000, 120_000, 150_000].map((after) => seriesAt(series, level, after, "hold"))).toEqual([
      4,
      null,
      null,
      null,
      5,
      5.5,
    ]);
  });
  it("ends as it is asked to: stays, begins anew, or is over", () => {
    const series = read("2026-07-14T09:00:00Z,4", "2026-07-14T09:01:00Z,5", "2026-07-14T09:02:00Z,6");
    const at = (end: "hold" | "repeat" | "stop") => [119_999, 120_000, 179_999, 180_000, 210_000].map((after) => seriesAt(series, level, after, end));
    expect(at("hold").slice(1)).toEqual([6, 6, 6, 6]);
    // the last row lasts a minute like the others
    expect(at("repeat").slice(1)).toEqual([6, 6, 4, 4.5]);
    expect(at("stop").slice(1)).toEqual([6, 6, undefined, undefined]);
  });
});
