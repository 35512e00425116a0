import { describe, expect, it } from "vitest";
import { createComparer } from "../../director/comparer.ts";
import type { Run } from "../../director/play/run.ts";
import { ok } from "../../shared/result.ts";
import type { SimAsk } from "../../shared/scenario/sim-ask.ts";

/** As much of a run that is over as is looked at. */
const over = (id: string): Run => ({ parts: { id, cityRun: "c", from: 0 }, over: () => true, view: () => ({ now: 1 }) }) as unknown as Run;

describe("the same night again", () => {
  it("is lived once for all who ask, and forgotten in the end", async () => {
    const asked: string[] = [];
    const comparer = createComparer(
      {
        async ask(ask: SimAsk) {
          if ("fork" in ask) asked.push(ask.fork.from);
          return ok({ from: 0, to: 1, t: [], sums: {} });
        },
      },
      () => "c",
    );
    const compare = async (id: string) => {
      await comparer.keep(id);
      return comparer.compare(over(id));
    };
    await Promise.all([compare("a"), compare("a")]);
    expect(await comparer.compare(over("a"))).toMatchObject({ ok: true, value: { run: "a" } });
    expect(asked).toEqual(["run-a", "run-a"]);
    for (let n = 0; n < 50; n++) await compare(`other-${n}`);
    asked.length = 0;
    expect(await comparer.compare(over("other-49"))).toMatchObject({ ok: true });
    expect(asked).toEqual([]);
    // its city is there no more, and nothing remembers it
    expect(await comparer.compare(over("a"))).toMatchObject({ ok: false, reason: expect.stringContaining("older") });
  });
});
