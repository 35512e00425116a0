import type { Condition, Rule } from "../../../shared/alarm-rule.ts";
import type { Service } from "../../../shared/service.ts";
import type { Evaluator } from "./evaluator.ts";
import { consistencyEvaluator } from "./kinds/consistency/consistency.ts";
import { eventEvaluator } from "./kinds/event.ts";
import { forecastEvaluator } from "./kinds/forecast/forecast.ts";
import { heldEvaluator } from "./kinds/held.ts";
import { inactivityEvaluator } from "./kinds/inactivity.ts";
import { limitEvaluator } from "./kinds/limit.ts";
import { manyEvaluator } from "./kinds/many.ts";
import { outageEvaluator } from "./kinds/outage.ts";
import { overstayEvaluator } from "./kinds/overstay.ts";
import { rateEvaluator } from "./kinds/rate.ts";
import { declineEvaluator } from "./kinds/seasonal/decline.ts";
import { seasonalEvaluator } from "./kinds/seasonal/seasonal.ts";
import { unansweredEvaluator } from "./kinds/unanswered.ts";
import { unusualEvaluator } from "./kinds/unusual/unusual.ts";
import { sensorEvaluator } from "./sensor/trouble.ts";

type AnyCondition = Condition<string, string, string, string>;
type Of<Kind> = Extract<AnyCondition, { kind: Kind }>;
type Table = { readonly [Kind in AnyCondition["kind"]]?: (condition: Of<Kind>, rule: Rule, service: Service) => Evaluator };

/** One line a kind of condition. */
const table: Table = {
  limit: limitEvaluator as (condition: Of<"limit">) => Evaluator,
  rate: rateEvaluator as (condition: Of<"rate">) => Evaluator,
  held: heldEvaluator as (condition: Of<"held">) => Evaluator,
  event: eventEvaluator as (condition: Of<"event">) => Evaluator,
  overstay: overstayEvaluator as (condition: Of<"overstay">) => Evaluator,
  inactivity: inactivityEvaluator as (condition: Of<"inactivity">) => Evaluator,
  decline: declineEvaluator as (condition: Of<"decline">) => Evaluator,
  seasonal: seasonalEvaluator as (condition: Of<"seasonal">) => Evaluator,
  unusual: unusualEvaluator as (condition: Of<"unusual">) => Evaluator,
  forecast: forecastEvaluator as (condition: Of<"forecast">) => Evaluator,
  consistency: consistencyEvaluator as (condition: Of<"consistency">) => Evaluator,
  unanswered: unansweredEvaluator as (condition: Of<"unanswered">) => Evaluator,
  many: manyEvaluator as (condition: Of<"many">) => Evaluator,
  outage: outageEvaluator as (condition: Of<"outage">) => Evaluator,
  sensor: sensorEvaluator,
};

/** Undefined: nothing judges this kind of condition. */
export function evaluatorOf(rule: Rule, service: Service): Evaluator | undefined {
  // a table keyed by the kind of its own argument: the compiler cannot follow the pairing through a union
  const build = table[rule.when.kind] as ((condition: AnyCondition, rule: Rule, service: Service) => Evaluator) | undefined;
  return build?.(rule.when, rule, service);
}
