import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { detect } from "../../commands/detect.ts";
import { readSeries, type SeriesRow } from "../../commands/series-rows.ts";

async function* linesOf(...lines: string[]): AsyncGenerator<string> {
  yield* lines;
}
async function rows(...lines: string[]): Promise<SeriesRow[]> {
  const all: SeriesRow[] = [];
  for await (const row of readSeries(linesOf(...lines), "flow.csv")) all.push(row);
  return all;
}

describe("rows of a recorded series", () => {
  it.each(["2026-02-30T09:00:00Z", "2026-02-30 09:00:00", "2026-02-30", "2025-02-29T09:00:00+09:00", "2026-04-31T00:00Z", "2026-13-01"])(
    "a day that does not exist is not a time: %s",
    async (day) => {
      await expect(rows("timestamp,value", `${day},1`)).rejects.toThrow(`flow.csv, line 2: "${day}" is not a time`);
    },
  );

  it.each([
    ["2024-02-29T09:00:00+09:00", "2024-02-29T00:00:00.000Z"],
    ["2024-02-29 09:00:00", "2024-02-29T09:00:00.000Z"],
    ["2026-03-01", "2026-03-01T00:00:00.000Z"],
    ["2026-01-01T00:30:00+09:00", "2025-12-31T15:30:00.000Z"],
    ["1767225600", "2026-01-01T00:00:00.000Z"],
  ])("a day that does is: %s", async (written, instant) => {
    expect((await rows(`${written},1`)).map(({ t }) => new Date(t).toISOString())).toEqual([instant]);
  });

  it.each([
    [tmpdir(), "is a folder"],
    ["/no/such.csv", "there is no file"],
  ])("what is no file is said in a sentence: %s", async (file, sentence) => {
    const all = detect({ file, as: "stream/level", every: 60, range: false });
    await expect(all.next()).rejects.toMatchObject({ code: 2, message: expect.stringContaining(sentence) });
  });
});
