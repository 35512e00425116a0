import { expect, it } from "vitest";
import { instantGiven } from "../../commands/given-times.ts";

it.each([
  ["2026-07-14T18:00+09:00", Date.UTC(2026, 6, 14, 9)],
  ["2026-07-14T09:00:00Z", Date.UTC(2026, 6, 14, 9)],
  ["2026-07-14", Date.UTC(2026, 6, 14)],
  ["1784019600000", 1_784_019_600_000],
])("an instant on the command line may be %s", (text, t) => expect(instantGiven(text)).toBe(t));

// a guess would be of the machine's own zone, or of another century
it.each(["2026-07-14T18:00", "7/14/2026", "5", "2026-02-30T10:00Z", "now", ""])("an instant on the command line is not %j", (text) =>
  expect(() => instantGiven(text)).toThrow("write it as 2026-07-14T18:00+09:00"),
);
