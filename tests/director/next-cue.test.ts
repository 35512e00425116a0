import { expect, it } from "vitest";
import { createNextCue } from "../../director/next-cue.ts";
import type { Run } from "../../director/play/run.ts";
import type { Plays } from "../../director/plays.ts";
import type { CityPort } from "../../shared/city-port.ts";
import { ok } from "../../shared/result.ts";
import type { Actor } from "../../shared/roles.ts";
import type { ScenarioRun } from "../../shared/scenario/scenario-port.ts";

const by: Actor = { name: "me", role: "demonstrator" };

/** Where a run goes whose cues come at these times, when the room is at `now` and the city at `head`. */
async function goesTo(cues: readonly number[], now: number, head: number): Promise<number | string> {
  const gone: number[] = [];
  const told: boolean[] = [];
  const run = { running: () => true, view: () => ({ now, steps: cues.map((t) => ({ what: "cue", t })) }) } as unknown as Run;
  const plays = {
    one: () => run,
    async forward(_run: Run, to: number) {
      expect(told).toEqual([true]);
      gone.push(to);
      return ok(true as const);
    },
  } as unknown as Plays;
  const port = { clock: () => ({ head }) } as unknown as CityPort;
  const { nextCue, seeks } = createNextCue(
    port,
    plays,
    () => ({}) as ScenarioRun,
    () => told.push(seeks()),
  );
  const there = await nextCue("a", by);
  // whoever shows that a cue is sought hears of its end as well
  expect(told).toEqual(there.ok ? [true, false] : []);
  return there.ok ? (gone[0] ?? "nowhere") : there.reason;
}

it("goes to the first cue that the city has not been promised yet", async () => {
  expect(await goesTo([5000, 90_000], 0, 0)).toBe(5000);
  // at a high rate the city is ahead of the room by more than one cue
  expect(await goesTo([5000, 20_000, 90_000], 0, 30_000)).toBe(90_000);
});
it("knows no further cue when all that are left come by themselves", async () => {
  expect(await goesTo([5000], 0, 4000)).toBe("there is no further cue");
  expect(await goesTo([], 0, 0)).toBe("there is no further cue");
});
