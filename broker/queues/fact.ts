import type { Rule } from "../../shared/alarm-rule.ts";
import type { Value } from "../../shared/reading.ts";
import type { Metric, Service } from "../../shared/service.ts";
import { type Text, text } from "../../shared/text.ts";
import type { Finding } from "../alarms/detect/evaluator.ts";

/** What a work item says of what happened, in words of the contract. Tokens stay out: they stand for a plate. */
export function eventFact({ events }: Service, e: string, x: Readonly<Record<string, number | string>>): Text {
  const type = events[e];
  if (type === undefined) return text(e, e);
  const said = Object.entries(type.fields).flatMap(([name, field]) => {
    const value = x[name];
    if (value === undefined || field.kind === "token") return [];
    const unit = field.kind === "number" && field.unit !== "1" && !field.unit.startsWith("{") ? ` ${field.unit}` : "";
    return [{ ko: `${field.label.ko} ${value}${unit}`, en: `${field.label.en} ${value}${unit}` }];
  });
  return joined(type.label, said);
}

/** A flag or state that the device began to show. */
export function valueFact(metric: Metric, value: Value): Text {
  const words =
    metric.kind === "flag" ? (value === true ? metric.on : metric.off) : metric.kind === "state" ? metric.texts[String(value)] : undefined;
  return joined(metric.label, [words ?? text(String(value), String(value))]);
}

/** The rule found it: what held, with this device's numbers. */
export const foundFact = ({ rule, step, evidence }: Finding): Text => {
  const what = step === null ? rule.title : text(`${rule.title.ko} (${step.ko})`, `${rule.title.en} (${step.en})`);
  return evidence === null ? what : joined(what, [evidence.condition]);
};
export const clearedFact = ({ title }: Rule): Text => text(`해소: ${title.ko}`, `Over: ${title.en}`);

const joined = (head: Text, rest: readonly Text[]): Text =>
  rest.length === 0 ? head : text(`${head.ko}: ${rest.map(({ ko }) => ko).join(", ")}`, `${head.en}: ${rest.map(({ en }) => en).join(", ")}`);
