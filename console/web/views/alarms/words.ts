import type { Alarm } from "../../../../shared/alarm.ts";
import type { RateCondition } from "../../../../shared/alarm-rule.ts";
import type { Value } from "../../../../shared/reading.ts";
import { ruleNamed } from "../../../../shared/rules-of.ts";
import type { Metric, Service } from "../../../../shared/service.ts";
import type { Text } from "../../../../shared/text.ts";
import { durationText, figureText, shownAs, unitText } from "../../trend/words.ts";

type Facts = Pick<Alarm, "state" | "active" | "latched">;

const stateTexts: Readonly<Record<Alarm["state"], Text>> = {
  A: { ko: "정상", en: "Normal" },
  B: { ko: "미확인", en: "Unacked" },
  C: { ko: "확인", en: "Acked" },
  D: { ko: "해제·미확인", en: "Cleared" },
  E: { ko: "보류", en: "Shelved" },
  F: { ko: "억제", en: "Suppressed" },
  G: { ko: "점검 중", en: "Out of service" },
};
/** As screen readers say it, and where there is room. */
const longTexts: Readonly<Record<Alarm["state"], Text>> = {
  ...stateTexts,
  B: { ko: "미확인", en: "unacknowledged" },
  C: { ko: "확인됨", en: "acknowledged" },
  D: { ko: "해제됨, 미확인", en: "cleared, unacknowledged" },
  E: { ko: "보류됨", en: "shelved" },
  F: { ko: "억제됨", en: "suppressed" },
  G: { ko: "점검 중", en: "out of service" },
};
const waits = ({ latched, active, state }: Facts): boolean => latched && !active && (state === "B" || state === "C");

/** One word; what is latched and whose condition has gone waits for somebody. */
export const stateText = (alarm: Facts): Text =>
  waits(alarm) && alarm.state === "C" ? { ko: "리셋 대기", en: "Reset due" } : stateTexts[alarm.state];

/** What a badge says to whoever cannot see it. */
export function badgeText({ priority, class: kind, ...alarm }: Facts & Pick<Alarm, "priority" | "class">): Text {
  const state = longTexts[alarm.state];
  const held = waits(alarm) ? { ko: ", 리셋 대기", en: ", reset due" } : { ko: "", en: "" };
  const what = kind === "maintenance" ? { ko: "정비 경보", en: "Maintenance" } : { ko: `우선순위 ${priority}`, en: `Priority ${priority}` };
  return { ko: `${what.ko}, ${state.ko}${held.ko}`, en: `${what.en}, ${state.en.toLowerCase()}${held.en}` };
}

const same = (text: string): Text => ({ ko: text, en: text });
const yesNo = (value: boolean): Text => (value ? { ko: "예", en: "yes" } : { ko: "아니오", en: "no" });

function numberText(value: number, metric: Metric | undefined): Text {
  if (metric?.kind !== "number") return same(figureText(value, Number.isInteger(value) ? 0 : 2));
  const { factor, precision } = shownAs(metric);
  return same(figureText(value * factor, precision));
}

/** A value of an alarm or of its evidence in words, without its unit; undefined = there is none. */
export function amountText(value: Value | null, metric: Metric | undefined): Text | undefined {
  if (value === null) return undefined;
  if (typeof value === "number") return numberText(value, metric);
  if (typeof value === "boolean") return metric?.kind === "flag" ? (value ? metric.on : metric.off) : yesNo(value);
  if (typeof value === "string") return (metric?.kind === "state" ? metric.texts[value] : undefined) ?? same(value);
  return same(value.map((degrees) => degrees.toFixed(4)).join(", "));
}

export interface ValueAndLimit {
  readonly value: Text;
  readonly limit: Text | undefined;
  readonly unit: Text | undefined;
  readonly arrow: "" | "↑" | "↓";
}
/** Limits of the contract are whole hours and minutes: `2 h`, not `2.0 h`. */
function spanText(seconds: number): Text {
  const { ko, en } = durationText(seconds * 1000);
  return { ko: ko.replace(".0", ""), en: en.replace(".0", "") };
}
/** A state or flag is held against a time. */
function heldText(amount: Text, seconds: number): Text {
  const span = spanText(seconds);
  return { ko: `${amount.ko} ${span.ko} 지속`, en: `${amount.en} for ${span.en}` };
}
/** A change is held against a step within a time. */
function changeText({ within, side }: RateCondition<string>, limit: Text, unit: Text): Text {
  const span = spanText(within);
  const step = limit.ko.replace(/(\.\d*?)0+$/, "$1");
  if (side === "falling") return { ko: `${span.ko}에 ${step} ${unit.ko} 넘게 줆`, en: `fell > ${step} ${unit.en} in ${span.en}` };
  return { ko: `+${step} ${unit.ko}/${span.ko} 넘음`, en: `> +${step} ${unit.en} in ${span.en}` };
}

/** Value, what it is held against, and which way it went over it. */
export function valueAndLimit(
  { metric, value, limit, kind, rule }: Pick<Alarm, "metric" | "value" | "limit" | "kind" | "rule">,
  service: Service | undefined,
): ValueAndLimit | undefined {
  const contract = metric === null ? undefined : service?.metrics[metric];
  const amount = amountText(value, contract);
  if (amount === undefined) return undefined;
  if (typeof value !== "number" && typeof limit === "number") return { value: heldText(amount, limit), limit: undefined, unit: undefined, arrow: "" };
  const when = service && ruleNamed(service, kind, rule)?.when;
  const step = amountText(limit, contract);
  if (when?.kind === "rate" && contract?.kind === "number" && step !== undefined) {
    const unit = unitText(contract.unit);
    const change = changeText(when, step, unit);
    return {
      value: { ko: `${amount.ko} ${unit.ko}`, en: `${amount.en} ${unit.en}` },
      limit: undefined,
      unit: { ko: `· ${change.ko}`, en: `· ${change.en}` },
      arrow: "",
    };
  }
  const both = typeof value === "number" && typeof limit === "number";
  return {
    value: amount,
    limit: step,
    unit: contract?.kind === "number" && typeof value === "number" ? unitText(contract.unit) : undefined,
    // What is expected is on its way to the limit, not below it.
    arrow: !both || value === limit ? "" : value > limit || when?.kind === "forecast" ? "↑" : "↓",
  };
}

/** Times of a real device are the wall's: that is said beside a city that has its own. */
export const wallText = ({ timeline }: Pick<Alarm, "timeline">, hasCity: boolean): Text | undefined =>
  timeline === "field" && hasCity ? { ko: "벽시계", en: "wall clock" } : undefined;
