import { describe, expect, it } from "vitest";
import { services } from "../../shared/services/index.ts";
import { type Generated, generate } from "../../simulator/generate.ts";

const morning = Date.parse("2026-06-09T08:00:00+09:00");
const said = (service?: string): readonly Generated[] =>
  [
    ...generate({ city: "small", scale: 1, seed: 11, from: morning, hours: 1, profile: "field", ...(service === undefined ? {} : { service }) }),
  ].flat();

describe("one service alone", () => {
  it("says what it says in the whole city", () => {
    const whole = said();
    for (const { id } of services) {
      const its = whole.filter(({ device }) => device.service === id).map(({ reading }) => reading);
      expect(its.length).toBeGreaterThan(0);
      expect(
        said(id).map(({ reading }) => reading),
        id,
      ).toEqual(its);
    }
  });
});
