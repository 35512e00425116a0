import { expect, it } from "vitest";
import { createStages } from "../../commands/scenario/stages.ts";
import type { Planned } from "../../director/plan/plan.ts";
import { createPerformer, type PerformerParts } from "../../director/play/performer.ts";
import { ok } from "../../shared/result.ts";
import { type SimAsk, simAskMessageSchema } from "../../shared/scenario/sim-ask.ts";

const stage = createStages()("small");
/** As many comings of one injection as a scenario may have of all its steps. */
const planned = Array.from({ length: 9000 }, (_, n): Planned => {
  const id = `s.${n + 1}`;
  return {
    coming: { id, index: 0, n, step: { at: "0s", inject: "spike" }, what: "inject", at: n, follows: null },
    ...{ t: 1000 * n, devices: [], words: { ko: "", en: "" } },
    injection: { id: `x.${id}`, kind: "spike", targets: ["ws-02"], t: 1000 * n, lasts: 1, args: {} },
  };
});

// what the simulator does not understand it does not answer
it("begins and ends a story of thousands of injections by asks that the simulator understands", async () => {
  const asked: SimAsk[] = [];
  const sim = {
    async ask(ask: SimAsk) {
      asked.push(simAskMessageSchema.parse({ id: "a", ask }).ask);
      return ok("inject" in ask ? ask.inject.map((one) => ({ ...one, t: one.t ?? 0, state: "active", reason: null })) : []);
    },
  };
  const performer = createPerformer({ planned, stage, sim, port: {} as PerformerParts["port"] });
  expect(await performer.sendAhead(0)).toEqual(ok(true));
  expect(performer.book.steps().filter(({ state }) => state === "done")).toHaveLength(9000);
  await performer.clearAll();
  const ended = asked.flatMap((ask) => ("clear" in ask ? ask.clear : []));
  expect(new Set(ended).size).toBe(9000);
});
