import type { ConsistencyCondition, Rule } from "../../../../../shared/alarm-rule.ts";
import type { Service } from "../../../../../shared/service.ts";
import type { Evaluator } from "../../evaluator.ts";
import { balanceConsistency } from "./consistency-balance.ts";
import { flowConsistency } from "./consistency-flow.ts";
import { streamConsistency } from "./consistency-stream.ts";

/** One line a kind of contradiction. */
const table = {
  upstream: streamConsistency,
  neighbours: flowConsistency,
  balance: balanceConsistency,
} as const;

export const consistencyEvaluator = (condition: ConsistencyCondition<string>, _rule: Rule, _service: Service): Evaluator =>
  table[condition.against](condition) as Evaluator;
