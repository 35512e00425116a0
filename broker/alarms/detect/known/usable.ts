import type { Quality } from "../../../../shared/reading.ts";
import type { Ask } from "../evaluator.ts";

/** Whether a judgement may rest on this metric of the reading: its sensor is not in trouble, and it does not call its own value bad or old. */
export function isUsable(ask: Ask, metric: string, q: Readonly<Record<string, Quality>>): boolean {
  const quality = q[metric];
  return quality !== "bad" && quality !== "stale" && ask.trusted(metric);
}
