import type { Rule } from "./alarm-rule.ts";
import type { Service } from "./service.ts";

/** Trouble of sensors, the same in every service: maintenance alarms, never operations. */
export function sensorRulesOf(_service: Service, _kind: string): readonly Rule[] {
  return [];
}
