import type { WorkItem } from "../../shared/alarm.ts";
import type { Rule } from "../../shared/alarm-rule.ts";
import { lawAt } from "../../shared/stay-law.ts";
import { zoneOffsetMs } from "../../shared/zone.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";

/** What a case violates, by the law under which it began. null: no law is named, or none held yet. */
export function lawOf({ when, outcome }: Rule, begin: number): WorkItem["law"] {
  if (outcome !== "case" || when.kind !== "overstay") return null;
  const held = lawAt(when.law, begin, zoneOffsetMs);
  return held === undefined ? null : { clause: held.clause, from: held.from, amount: held.amount };
}

/** Begin of a stay as the detector has judged it: the earliest of what it rests on; undefined for other conditions, whose inputs are of their end. */
export function beginOf({ rule, device, evidence }: Finding): number | undefined {
  const times = (evidence?.inputs ?? []).filter((input) => input.device === device).map(({ t }) => t);
  return rule.when.kind === "overstay" && times.length > 0 ? Math.min(...times) : undefined;
}
