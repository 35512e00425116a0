import type { Priority } from "../../../shared/alarm-rule.ts";
import type { Value } from "../../../shared/reading.ts";

/** What detection remembers of one device. Plain data. */
export interface Mind {
  /** Newest reading that was judged; 0 = none. */
  t: number;
  values: Record<string, Value>;
  times: Record<string, number>;
  /** Metrics whose sensor is in trouble: how many rules say so. */
  doubts: Record<string, number>;
  /** State of each rule's evaluator; event time at which it is to be woken; priority while it is raised. */
  rules: Record<string, unknown>;
  wakes: Record<string, number>;
  raised: Record<string, Priority>;
}
export const newMind = (): Mind => ({ t: 0, values: {}, times: {}, doubts: {}, rules: {}, wakes: {}, raised: {} });
