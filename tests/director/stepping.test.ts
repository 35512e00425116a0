import { expect, it } from "vitest";
import type { Run } from "../../director/play/run.ts";
import { type Stepping, stepOn } from "../../director/play/stepping.ts";
import { type ClockAction, clockActionSchema } from "../../shared/clock.ts";
import { ok } from "../../shared/result.ts";

/** The steps that a city is asked for on the way of two minutes, by a story of this rate. */
async function stepsAt(rate: number): Promise<readonly ClockAction[]> {
  const asked: ClockAction[] = [];
  let mark = 0;
  const port = {
    room: { commands: () => [] },
    async act(action: ClockAction) {
      asked.push(action);
      mark += "step" in action ? action.step * 1000 : 0;
      return ok({ mark });
    },
  } as unknown as Stepping["port"];
  const run = { parts: { scenario: { rate } }, running: () => true, turn: async () => undefined } as unknown as Run;
  const sim = { ask: async () => ok({ missing: [] }) };
  await stepOn(run, 0, 120_000, { port, sim, by: { name: "me", role: "tester" }, onMark: () => undefined });
  return asked;
}

// the simulator answers to nothing that it does not understand, and the story would wait for it for an hour
it.each([0.1, 60, 700, 1000, 3599, 3600])("asks the city for steps that it takes, at rate %d", async (rate) => {
  const asked = await stepsAt(rate);
  expect(asked.length).toBeGreaterThan(0);
  for (const action of asked) expect(clockActionSchema.safeParse(action).success, JSON.stringify(action)).toBe(true);
});
