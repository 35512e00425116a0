import { describe, expect, it } from "vitest";
import { newestMinute, withPresent } from "../../console/web/live/figure-hour.ts";

const minute = 60_000;

describe("the last hour of a figure", () => {
  it("takes the present into its minute, and a hole for a minute that nobody told about", () => {
    const hour = { t: [0, minute], v: [1, 2] };
    expect(withPresent(hour, minute + 30_000, 3)).toEqual({ t: [0, minute], v: [1, 3] });
    expect(withPresent(hour, 2 * minute, Number.NaN)).toEqual({ t: [0, minute, 2 * minute], v: [1, 2, null] });
    expect(withPresent(hour, 30_000, 9)).toBe(hour);
  });
  it("is known up to the newest minute of any figure; what comes later than the next one was missed", () => {
    expect(
      newestMinute([
        { t: [0, minute], v: [1, 2] },
        { t: [], v: [] },
      ]),
    ).toBe(minute);
    expect(newestMinute([])).toBe(Number.NEGATIVE_INFINITY);
  });
});
