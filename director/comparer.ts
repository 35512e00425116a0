import { z } from "zod";
import { ok, type Result, refuse } from "../shared/result.ts";
import type { Outcome } from "../shared/scenario/outcome.ts";
import type { Comparison } from "../shared/scenario/scenario-port.ts";
import { mostKept } from "../shared/scenario/sim-ask.ts";
import { type Text, text } from "../shared/text.ts";
import type { Run } from "./play/run.ts";
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
  /** Why there is no such night; null: it can be asked for. */
  hindrance(run: Run): Text | null;
  compare(run: Run): Promise<Result<Comparison>>;
}

/** Runs of which it is known that their city was kept once. */
const remembered = 100;

const goesOn = text("실행이 끝나야 비교할 수 있습니다", "the run goes on: it can be compared when it is over");
const otherCity = text(
  "도시가 그 뒤에 새로 시작되어, 이 실행의 도시는 이제 없습니다",
  "the city has begun anew since then: that of this run is there no more",
);
const notKept = text("시작할 때의 도시를 남겨 두지 못했습니다", "the city was not kept at its begin");
const tooOld = text(`도시는 최근 ${mostKept}번의 실행까지만 남겨 둡니다`, `cities are kept of the last ${mostKept} runs, and this one is older`);

/** @param present the city's run, now. */
export function createComparer(sim: Pick<SimLine, "ask">, present: () => string | undefined): Comparer {
  const done = new Map<string, Promise<Result<Comparison>>>();
  /** Runs whose city was kept, oldest first. */
  const kept: string[] = [];
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
  function hindrance({ parts: { id, cityRun }, over }: Run): Text | null {
    if (!over()) return goesOn;
    if (done.has(id)) return null;
    if (cityRun !== present()) return otherCity;
    if (!kept.includes(id)) return notKept;
    return kept.slice(-mostKept).includes(id) ? null : tooOld;
  }
  return {
    async keep(run) {
      const was = await sim.ask({ keep: nameOf(run) });
      if (was.ok) kept.push(run);
      kept.splice(0, Math.max(0, kept.length - remembered));
      return was;
    },
    hindrance,
    async compare(run) {
      const { id } = run.parts;
      const reason = hindrance(run);
      if (reason !== null) return refuse(reason.en);
      // its city was kept at the very instant at which it began: a run that was stopped at once has lived through its first second at least
      const known = done.get(id) ?? both(id, Math.max(run.view().now, run.parts.from + 1000));
      done.set(id, known);
      for (const old of [...done.keys()].slice(0, Math.max(0, done.size - mostKept))) done.delete(old);
      const result = await known;
      // what went wrong may be asked again
      if (!result.ok && done.get(id) === known) done.delete(id);
      return result;
    },
  };
}
