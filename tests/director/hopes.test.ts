import { describe, expect, it } from "vitest";
import { createStages } from "../../commands/scenario/stages.ts";
import type { AlarmSeen, Evidence } from "../../director/judge/evidence.ts";
import { createHopes } from "../../director/judge/hopes.ts";
import { planOf } from "../../director/plan/plan.ts";
import { scenarioSchema } from "../../shared/scenario/scenario.ts";
import { watchedStage } from "../support/watched-stage.ts";

const words = { ko: "말", en: "words" };
const from = Date.UTC(2026, 5, 9, 1);
const at = (minutes: number): number => from + minutes * 60_000;
const stage = createStages()("small");
/** An incident that is over by itself: nobody knows beforehand when. */
const scenario = scenarioSchema.parse({
  ...{ scenario: "x", title: words, story: words, start: "2026-06-09T10:00", lasts: "1h" },
  timeline: [{ at: "5m", id: "rush", inject: "traffic/emergency-run", on: { device: "tx-0002-sig" } }],
  expect: [{ follows: "rush", alarm: "traffic/spillback", clears: "10m" }],
});
const hurried = scenarioSchema.parse({ ...scenario, expect: [{ follows: "rush", alarm: "traffic/spillback", within: "2m" }] });
const queue: AlarmSeen = {
  ...{ id: "a", occurrence: 1, rule: "traffic/spillback", class: "operations", device: "tx-0002-n", raisedAt: at(8), at: 0 },
  ...{ clearedAt: null, acknowledged: null, cause: null },
};
const evidence = (alarms: readonly AlarmSeen[]): Evidence => ({
  ...{ alarms, items: [], events: [], commands: [], refusals: [], floods: [], counted: [] },
  ledger: { received: 0, accepted: 0, duplicate: 0, refused: 0, lost: 0, late: 0 },
  reading: () => undefined,
});

describe("an alarm that is to clear after what has no end of its own", () => {
  const planned = planOf(scenario, stage, from, "x");
  const hopes = (end: number | null) =>
    createHopes({ scenario, planned, stage, from, to: at(60), timeOf: () => at(5), endOf: (id) => (id === "x.rush" ? end : null) });
  const said = (end: number | null, clearedAt: number | null, minutes: number) => {
    const own = hopes(end);
    own.judge(evidence([{ ...queue, clearedAt }]), at(minutes));
    return own.states()[0]?.state;
  };
  it("is judged by when that was really over", () => {
    expect(planned[0]?.injection?.lasts).toBeNull();
    expect(said(at(20), at(28), 29)).toBe("held");
    expect(said(at(20), at(31), 32)).toBe("failed");
    expect(said(at(20), null, 31)).toBe("failed");
    expect(said(null, at(28), 29)).toBe("to-come");
  });
  it("is judged at the end of the scenario when it is never over", () => {
    expect(said(null, at(28), 60)).toBe("held");
    expect(said(null, null, 60)).toBe("failed");
  });
});

it("looks for the devices of each expectation once, however often it is judged", () => {
  const watched = watchedStage(stage);
  const quiet = scenarioSchema.parse({ ...scenario, expect: [1, 2, 3].map(() => ({ none: { class: "operations" }, on: { service: "traffic" } })) });
  const planned = planOf(quiet, stage, from, "x");
  const own = createHopes({ scenario: quiet, planned, stage: watched.stage, from, to: at(60), timeOf: () => at(5), endOf: () => null });
  for (let minutes = 1; minutes < 60; minutes++) own.judge(evidence([{ ...queue, device: "ws-01" }]), at(minutes));
  expect(own.states().map(({ state }) => state)).toEqual(["to-come", "to-come", "to-come"]);
  expect(watched.looks()).toBe(3);
});

describe("an alarm that does not come in time", () => {
  const planned = planOf(hurried, stage, from, "x");
  const seen = (...marks: readonly (readonly [minutes: number, alarms: readonly AlarmSeen[]])[]) => {
    const own = createHopes({ scenario: hurried, planned, stage, from, to: at(60), timeOf: () => at(5), endOf: () => null });
    for (const [minutes, alarms] of marks) own.judge(evidence(alarms), at(minutes));
    const [one] = own.states();
    return [one?.state, one?.seen.en, one?.t];
  };
  it("has failed when its time is over, and stays failed; when it comes after all that is told", () => {
    expect(seen([7, []])).toEqual(["failed", "none within 2m", at(7)]);
    expect(seen([7, []], [8, [queue]])).toEqual(["failed", "came at 10:08:00, after 3m, too late", at(7)]);
    expect(seen([7, []], [8, [queue]], [60, [queue, { ...queue, raisedAt: at(50) }]])[1]).toBe("came at 10:08:00, after 3m, too late");
    expect(seen([9, [queue]])[1]).toBe("came at 10:08:00, after 3m, too late");
  });
  it("is not told of another time than the scenario's own", () => {
    expect(
      seen(
        [7, []],
        [
          60,
          [
            { ...queue, raisedAt: at(61) },
            { ...queue, raisedAt: at(4) },
          ],
        ],
      ),
    ).toEqual(["failed", "none within 2m", at(7)]);
  });
});
