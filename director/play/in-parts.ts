import { ok, type Result } from "../../shared/result.ts";
import { mostAtOnce, type SimAsk } from "../../shared/scenario/sim-ask.ts";
import type { SimLine } from "../sim-line.ts";

/**
 * Asks for many injections, as many at once as the simulator takes: of more it would understand nothing, and say nothing. Answers what it has answered, one
 * row after the other; what it refuses ends the asking.
 */
export async function askInParts<T>(
  sim: Pick<SimLine, "ask">,
  all: readonly T[],
  askFor: (part: T[]) => SimAsk,
): Promise<Result<readonly unknown[]>> {
  const rows: unknown[] = [];
  for (let from = 0; from < all.length; from += mostAtOnce) {
    const answer = await sim.ask(askFor(all.slice(from, from + mostAtOnce)));
    if (!answer.ok) return answer;
    if (Array.isArray(answer.value)) rows.push(...answer.value);
  }
  return ok(rows);
}
