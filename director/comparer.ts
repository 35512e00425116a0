import { z } from "zod";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Outcome } from "../shared/scenario/outcome.ts";
import type { Comparison } from "../shared/scenario/scenario-port.ts";
import type { SimLine } from "./sim-line.ts";

const outcomeSchema = z.object({
  from: z.number(),
  to: z.number(),
  t: z.array(z.number()),
  sums: z.record(z.string(), z.array(z.number())),
}) satisfies z.ZodType<Outcome>;

/** The same night again, with and without what people and responses did, from the city as it was kept at the begin of a run. */
export interface Comparer {
  keep(run: string): Promise<Result<unknown>>;
  compare(run: string, to: number): Promise<Result<Comparison>>;
}

export function createComparer(sim: Pick<SimLine, "ask">): Comparer {
  const done = new Map<string, Promise<Result<Comparison>>>();
  const nameOf = (run: string): string => `run-${run}`;
  async function fork(run: string, to: number, commands: "all" | "none"): Promise<Result<Outcome>> {
    const answer = await sim.ask({ fork: { from: nameOf(run), to, commands } });
    if (!answer.ok) return answer;
    const outcome = outcomeSchema.safeParse(answer.value);
    return outcome.success ? ok(outcome.data) : refuse(`the simulator's outcome cannot be read: ${z.prettifyError(outcome.error)}`);
  }
  async function both(run: string, to: number): Promise<Result<Comparison>> {
    const asItWas = await fork(run, to, "all");
    if (!asItWas.ok) return asItWas;
    const without = await fork(run, to, "none");
    return without.ok ? ok({ run, asItWas: asItWas.value, without: without.value }) : without;
  }
  return {
    keep: (run) => sim.ask({ keep: nameOf(run) }),
    async compare(run, to) {
      const known = done.get(run) ?? both(run, to);
      done.set(run, known);
      const result = await known;
      // what went wrong may be asked again
      if (!result.ok) done.delete(run);
      return result;
    },
  };
}
