import type { Condition, Rule } from "../../../shared/alarm-rule.ts";
import type { Evaluator } from "./evaluator.ts";
import { eventEvaluator } from "./event.ts";
import { limitEvaluator } from "./limit.ts";

type AnyCondition = Condition<string, string, string, string>;
type Of<Kind> = Extract<AnyCondition, { kind: Kind }>;
type Table = { readonly [Kind in AnyCondition["kind"]]?: (condition: Of<Kind>, rule: Rule) => Evaluator };

/** One line a kind of condition. */
const table: Table = {
  limit: limitEvaluator as (condition: Of<"limit">) => Evaluator,
  event: eventEvaluator as (condition: Of<"event">) => Evaluator,
};

/** Undefined: nothing judges this kind of condition. */
export function evaluatorOf(rule: Rule): Evaluator | undefined {
  // a table keyed by the kind of its own argument: the compiler cannot follow the pairing through a union
  const build = table[rule.when.kind] as ((condition: AnyCondition, rule: Rule) => Evaluator) | undefined;
  return build?.(rule.when, rule);
}
