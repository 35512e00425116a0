import type { ScenarioRun } from "../../../../shared/scenario/scenario-port.ts";
import { type Text, text } from "../../../../shared/text.ts";

export const titleOf = ({ scenario }: Pick<ScenarioRun, "scenario">): Text => scenario?.title ?? text("낱개 주입", "Single injections");

const states: Readonly<Record<ScenarioRun["state"], Text>> = {
  preparing: text("준비 중", "preparing"),
  running: text("진행 중", "running"),
  paused: text("멈춤", "paused"),
  finished: text("끝남", "finished"),
  stopped: text("중단함", "stopped"),
  failed: text("실행하지 못함", "could not run"),
};
/** How it stands, and how it ended. */
export function stateText({ state, passed }: Pick<ScenarioRun, "state" | "passed">): Text {
  if (state !== "finished" || passed === null) return states[state];
  return passed ? text("기대가 모두 맞음", "all as expected") : text("기대와 다름", "not as expected");
}
