import { useEffect, useState } from "preact/hooks";
import type { Result } from "../../../../shared/result.ts";
import type { ScenarioRow, ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import { runs, takeRuns } from "../../live/exercise.ts";
import { sendJson } from "../../live/http.ts";
import { type Answer, useAnswer } from "../../trend/use-answer.ts";

export interface RunList {
  /** Newest first; undefined while they are asked for. */
  readonly list: readonly ScenarioRun[] | undefined;
  readonly reason: string | undefined;
  readonly again: () => void;
}
/** All runs: those before this page was opened are asked for, what becomes of them is told by itself. */
export function useRuns(wanted: boolean): RunList {
  const { value, reason, again } = useAnswer<{ runs: readonly ScenarioRun[] }>(wanted ? "/api/v1/runs" : undefined);
  useEffect(() => {
    if (value !== undefined) takeRuns(value.runs);
  }, [value]);
  const known = runs.value;
  const list = known === undefined ? undefined : [...known.values()].sort((a, b) => b.startedAt - a.startedAt);
  return { list, reason, again };
}
export const useScenarios = (wanted: boolean): Answer<{ scenarios: readonly ScenarioRow[] }> =>
  useAnswer(wanted ? "/api/v1/scenarios" : undefined, 15_000);

export interface RunAct {
  run(ask: () => Promise<Result<ScenarioRun>>): Promise<ScenarioRun | undefined>;
  readonly refusal: string | undefined;
  readonly busy: boolean;
}
/** One thing asked of a run at a time, and why it was refused. */
export function useRunAct(): RunAct {
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  return {
    refusal,
    busy,
    async run(ask) {
      setBusy(true);
      setRefusal(undefined);
      const answer = await ask();
      setBusy(false);
      if (!answer.ok) setRefusal(answer.reason);
      else takeRuns([answer.value]);
      return answer.ok ? answer.value : undefined;
    },
  };
}
const runPath = (id: string): string => `/api/v1/runs/${encodeURIComponent(id)}`;
export const startRun = (asked: { readonly scenario: string; readonly drill: boolean; readonly reset: boolean }): Promise<Result<ScenarioRun>> =>
  sendJson("POST", "/api/v1/runs", asked);
export const stopRun = (id: string): Promise<Result<ScenarioRun>> => sendJson("DELETE", runPath(id));
export const nextCue = (id: string): Promise<Result<ScenarioRun>> => sendJson("POST", `${runPath(id)}/next-cue`);
export const scorecardPath = (id: string): string => `${runPath(id)}/scorecard`;
export const reportPath = (id: string): string => `${runPath(id)}/report`;
export const comparePath = (id: string): string => `${runPath(id)}/compare`;
/** The same on every page that steers a story. `N` is the list of alarms'. */
export const cueKey = { code: "KeyQ", sign: "Q", does: { ko: "다음 큐로", en: "To the next cue" } } as const;
