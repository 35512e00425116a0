import type { ForecastCondition, Rule } from "../../../../../shared/alarm-rule.ts";
import type { Service } from "../../../../../shared/service.ts";
import type { Evaluator } from "../../evaluator.ts";
import { besideForecast } from "./forecast-beside.ts";
import { levelForecast } from "./forecast-level.ts";

/** Of a kind that measures the metric: its own course. Of one that does not: that of the water beside it. */
export const forecastEvaluator = (condition: ForecastCondition<string>, { kind }: Rule, service: Service): Evaluator =>
  (service.kinds[kind]?.metrics.includes(condition.metric)
    ? levelForecast(condition)
    : besideForecast(condition, gaugeKindOf(service, condition.metric))) as Evaluator;

/** The kind that measures the water. */
const gaugeKindOf = ({ kinds }: Service, metric: string): string =>
  Object.keys(kinds).find((kind) => kinds[kind]?.metrics.includes(metric) && kinds[kind]?.constants?.includes("chainage")) ?? "";
