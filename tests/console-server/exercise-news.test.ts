import { expect, it } from "vitest";
import { createExerciseNews } from "../../console/server/live/exercise-news.ts";
import type { ScenarioPort } from "../../shared/scenario/scenario-port.ts";

it("everybody hears that there is an exercise and that the city is taken on to a cue, and nothing else of it", () => {
  let changed = (): void => undefined;
  let [on, seeks] = [true, false];
  const scenarios: Pick<ScenarioPort, "exercise" | "seeks" | "runs" | "onChange"> = {
    exercise: () => on,
    seeks: () => seeks,
    runs: () => [],
    onChange(listener) {
      changed = listener;
      return () => undefined;
    },
  };
  const heard: unknown[] = [];
  const io = { emit: (...told: readonly unknown[]) => heard.push(told) > 0, to: () => ({}) };
  const news = createExerciseNews(scenarios as ScenarioPort);
  let at = 0;
  const tell = (): void => {
    changed();
    at += 1000;
    news.tell(io as unknown as Parameters<typeof news.tell>[0], at);
  };
  tell();
  seeks = true;
  tell();
  tell();
  seeks = false;
  tell();
  on = false;
  tell();
  expect(heard).toEqual([
    ["exercise", true, false],
    ["exercise", true, true],
    ["exercise", true, false],
    ["exercise", false, false],
  ]);
});
