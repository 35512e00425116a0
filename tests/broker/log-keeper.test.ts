import { expect, it } from "vitest";
import { createLogKeeper } from "../../broker/log/log-keeper.ts";

it("a log that is kept for an hour is trimmed up to what was passed an hour ago", () => {
  const keeper = createLogKeeper(3600_000);
  expect(keeper.passed(10, 0)).toBeUndefined();
  expect(keeper.passed(20, 1_800_000)).toBeUndefined();
  expect(keeper.passed(30, 3_600_000)).toBe(10);
  expect(keeper.passed(40, 5_300_000)).toBeUndefined();
  expect(keeper.passed(50, 9_000_000)).toBe(40);
});

it("a log that is kept for no time is trimmed at once", () => {
  const keeper = createLogKeeper(0);
  expect(keeper.passed(10, 5)).toBe(10);
  expect(keeper.passed(12, 5)).toBe(12);
});
