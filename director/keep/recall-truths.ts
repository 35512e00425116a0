import { z } from "zod";
import { type Truth, truthSchema } from "../../shared/scenario/truth.ts";
import type { SimLine } from "../sim-line.ts";

const toldSchema = z.object({ run: z.string(), truths: z.array(truthSchema) });

/** What was told while nobody listened. An answer comes behind everything that was told before it, so none of it is older than what is known. */
export async function recallTruths(sim: Pick<SimLine, "ask">, onTruth: (run: string, truth: Truth) => void): Promise<void> {
  const answer = await sim.ask({ list: "truths" });
  const told = answer.ok ? toldSchema.safeParse(answer.value) : undefined;
  if (told?.success) for (const truth of told.data.truths) onTruth(told.data.run, truth);
}
