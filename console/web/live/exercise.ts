import { signal } from "@preact/signals";
import type { ScenarioRun } from "../../../shared/scenario/scenario-port.ts";

/** Something is injected or a scenario runs: all that the room is told of it. Written by `connect.ts`. */
export const exercise = signal(false);
/** The city is being taken on to the next cue. */
export const seeksCue = signal(false);

/** Runs by id, newest last; undefined = not asked for yet. Told to testers and demonstrators alone. */
export const runs = signal<ReadonlyMap<string, ScenarioRun> | undefined>(undefined);

/** What the server says now replaces what was known of the same runs. */
export function takeRuns(told: readonly ScenarioRun[]): void {
  const next = new Map(runs.peek());
  for (const run of told) next.set(run.id, run);
  runs.value = next;
}
