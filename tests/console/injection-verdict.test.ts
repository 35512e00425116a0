import { describe, expect, it } from "vitest";
import { raisedSince, verdictOf } from "../../console/web/views/tester/inject/verdict.ts";
import type { InjectionState } from "../../shared/scenario/injection.ts";
import type { Found } from "../../shared/scenario/scorecard.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import { lineOf } from "../support/desk-rows.ts";

const minute = 60_000;
const injection: InjectionState = { id: "i1", kind: "stuck", targets: ["ws-01"], t: 0, lasts: 600, args: {}, state: "active", reason: null };
const over: InjectionState = { ...injection, state: "over" };
const truth: Truth = {
  ...{ v: 1, id: "i1", by: "injection", kind: "stuck", class: "fault", service: "stream" },
  ...{ devices: ["ws-01"], onset: 0, observable: minute, end: null },
};
const found = (over: Partial<Found> = {}): Found => ({
  ...{ truth, title: { ko: "고착", en: "Stuck" }, by: null, delay: null, alarms: 0, acknowledged: null, acted: null },
  ...over,
});
const by = { id: "a1", what: "alarm", class: "maintenance", rule: "stream/stuck", t: 5 * minute } as const;
const told = (...of: Parameters<typeof verdictOf>) => {
  const { is, words } = verdictOf(...of);
  return [is, words.en];
};
const line = { n: 1, ...lineOf({ t: 3 * minute, device: "ws-01", rule: "stream/level" }) };

describe("what came of an injection, on its device's page", () => {
  it("is what the run's card says: found with its delay, waited for, or missed once it is over", () => {
    expect(told(injection, found({ by, delay: 240 }), undefined, 9 * minute)).toEqual(["found", "found after 4 m"]);
    expect(told(injection, found(), undefined, 4 * minute)).toEqual(["waiting", "waiting for 3 m"]);
    expect(told(over, found(), undefined, 9 * minute)).toEqual(["missed", "missed"]);
    expect(verdictOf(injection, found({ by, delay: 240 }), undefined, 0).rule).toBe("stream/stuck");
  });
  it("is the other way round for what should raise nothing", () => {
    const quiet = found({ truth: { ...truth, class: "quiet" } });
    expect(told(over, quiet, undefined, 0)[0]).toBe("quiet");
    expect(told(over, { ...quiet, by, delay: 5 }, undefined, 0)[0]).toBe("disturbed");
  });
  it("is no verdict where no run scores it: the first alarm of that device since, or that there is none", () => {
    expect(told(injection, undefined, line, 9 * minute)).toEqual(["unscored", "an alarm here after 3 m · not scored outside a story"]);
    expect(told(injection, undefined, undefined, 9 * minute)).toEqual(["unscored", "no alarm here yet · not scored outside a story"]);
    expect(told(over, undefined, undefined, 9 * minute)).toEqual(["unscored", "no alarm came here · not scored outside a story"]);
  });
  it("takes the first alarm of its own device, raised after it began, in the city", () => {
    const lines = [
      { ...line, n: 2, t: -1 },
      { ...line, n: 3, device: "ws-02" },
      { ...line, n: 4, timeline: "field" as const },
      { ...line, n: 5, what: "cleared" },
      { ...line, n: 6 },
      { ...line, n: 7, t: 5 * minute },
    ];
    expect(raisedSince(lines, "ws-01", injection)?.n).toBe(6);
    expect(raisedSince([], "ws-01", injection)).toBeUndefined();
  });
});
