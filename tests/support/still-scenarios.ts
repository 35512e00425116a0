import { ok, refuse } from "../../shared/result.ts";
import type { InjectionState } from "../../shared/scenario/injection.ts";
import { injectionKinds } from "../../shared/scenario/kinds.ts";
import type { PlannedStep, ScenarioPort, ScenarioRow, ScenarioRun } from "../../shared/scenario/scenario-port.ts";
import type { Scorecard } from "../../shared/scenario/scorecard.ts";
import type { Truth } from "../../shared/scenario/truth.ts";
import { text } from "../../shared/text.ts";
import { gauge } from "./filled-desk.ts";
import { stillNow } from "./still-city.ts";

export const stillScenario = "calm-day";
export const stillRun = "r1";
export const stillInjection = "i1";

const truth: Truth = {
  v: 1,
  id: stillInjection,
  by: "injection",
  kind: "drift",
  class: "fault",
  service: "stream",
  devices: [gauge],
  onset: stillNow - 60_000,
  observable: stillNow - 30_000,
  end: null,
};
const injection: InjectionState = {
  id: stillInjection,
  kind: "drift",
  targets: [gauge],
  t: stillNow - 60_000,
  lasts: 3600,
  args: { metric: "dist", by: 0.1 },
  state: "active",
  reason: null,
};
const row: ScenarioRow = {
  id: stillScenario,
  title: text("조용한 하루", "A calm day"),
  story: text("아무 일도 없다.", "Nothing happens."),
  city: "small",
  lasts: 7200,
  rate: 60,
  tags: ["quiet"],
  from: "library",
  mistakes: [],
  lacks: [],
};
const step: PlannedStep = {
  id: "creep",
  t: stillNow - 60_000,
  what: "inject",
  step: { inject: "drift", on: { device: gauge }, at: "1m" },
  words: text("수위계가 어긋난다.", "The gauge creeps."),
  devices: [gauge],
  ends: null,
  state: "done",
  reason: null,
};
const run: ScenarioRun = {
  id: stillRun,
  scenario: row,
  cityRun: "run-1",
  seed: 1,
  by: "tester",
  startedAt: stillNow,
  from: stillNow - 120_000,
  to: stillNow + 7_080_000,
  now: stillNow,
  state: "running",
  drill: false,
  steps: [step],
  expectations: [{ id: "found", say: text("찾는다", "found"), state: "to-come", seen: text("아직", "not yet"), t: null }],
  truths: [truth],
  passed: null,
  reason: null,
  repeat: "gwanje scenario run calm-day --seed 1",
  noTwin: text("진행 중", "the run goes on"),
};
const none = { operations: 0, maintenance: 0, nothing: 0 };
const scorecard: Scorecard = {
  from: run.from,
  to: stillNow,
  found: [
    {
      truth,
      title: text("드리프트", "Drift"),
      by: { id: "stream-drift-a", what: "alarm", class: "maintenance", rule: "drift", t: stillNow },
      delay: 30,
      alarms: 1,
      acknowledged: { city: 10, wall: 1 },
      acted: null,
    },
  ],
  kinds: [{ kind: "drift", title: text("드리프트", "Drift"), class: "fault", found: 1, of: 1, delays: [30], alarms: 1 }],
  confusion: { event: none, fault: { ...none, maintenance: 1 }, nothing: { operations: 0, maintenance: 0 } },
  false: [],
  falsePerSensorDay: 0,
  sensors: 40,
  medianDelay: 30,
  worstDelay: 30,
  alarmsPerIncident: null,
  toAcknowledge: { city: 10, wall: 1, count: 1 },
  toAction: { city: null, wall: null, count: 0 },
};
const outcome = { from: run.from, to: stillNow, t: [stillNow], sums: { "stream/flooded": [0] } };

/** Scenarios that stand still beside the still city: one file, one run, one injection. `done` says what was asked of them. */
export function createStillScenarios(): { readonly port: ScenarioPort; readonly done: string[] } {
  const done: string[] = [];
  const ofRun = <T>(id: string, value: T) => (id === stillRun ? ok(value) : refuse(`there is no run "${id}"`));
  const note = (what: string): void => void done.push(what);
  const port: ScenarioPort = {
    kinds: () => injectionKinds,
    scenarios: async () => [row],
    source: async (id) => (id === stillScenario ? "scenario: calm-day\n" : undefined),
    check: async () => [{ line: 3, column: 1, path: "seed", message: "a number" }],
    async save(id) {
      note(`save ${id}`);
      return ok(row);
    },
    preview: () => ok({ words: step.words, devices: [gauge], expected: ["stream/drift"] }),
    plan: async () => ok([step]),
    async start({ scenario }) {
      note(`start ${scenario}`);
      return scenario === stillScenario ? ok(run) : refuse("there is no such scenario");
    },
    runs: () => [run],
    run: (id) => (id === stillRun ? run : undefined),
    scorecard: (id) => (id === stillRun ? scorecard : undefined),
    async stop(id) {
      note(`stop ${id}`);
      return ofRun(id, run);
    },
    async nextCue(id) {
      note(`next cue ${id}`);
      return ofRun(id, run);
    },
    async inject() {
      note("inject");
      return ok([injection]);
    },
    async clear(ids, by) {
      note(`clear ${ids.join()}`);
      return ok([{ ...injection, state: "cleared", cleared: { t: stillNow + 1000, by: by.name } }]);
    },
    injections: () => [injection],
    compare: async (id) => ofRun(id, { run: id, asItWas: outcome, without: outcome }),
    asScenario: async () => ok("scenario: saved\n"),
    report: async (id) => (id === stillRun ? "<!doctype html><title>report</title>" : undefined),
    exercise: () => true,
    seeks: () => false,
    onChange: () => () => undefined,
  };
  return { port, done };
}
