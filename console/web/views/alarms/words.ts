import type { Alarm } from "../../../../shared/alarm.ts";
import type { Value } from "../../../../shared/reading.ts";
import type { Metric, Service } from "../../../../shared/service.ts";
import type { Text } from "../../../../shared/text.ts";
import { figureText, shownAs, unitText } from "../../trend/words.ts";

type Facts = Pick<Alarm, "state" | "active" | "latched">;

const stateTexts: Readonly<Record<Alarm["state"], Text>> = {
  A: { ko: "정상", en: "Normal" },
  B: { ko: "미확인", en: "Unacked" },
  C: { ko: "확인", en: "Acked" },
  D: { ko: "해제·미확인", en: "Cleared, unacked" },
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
/** Value, what it is held against, and which way it went over it. */
export function valueAndLimit(
  { metric, value, limit }: Pick<Alarm, "metric" | "value" | "limit">,
  service: Service | undefined,
): ValueAndLimit | undefined {
  const contract = metric === null ? undefined : service?.metrics[metric];
  const amount = amountText(value, contract);
  if (amount === undefined) return undefined;
  const both = typeof value === "number" && typeof limit === "number";
  return {
    value: amount,
    limit: amountText(limit, contract),
    unit: contract?.kind === "number" && typeof value === "number" ? unitText(contract.unit) : undefined,
    arrow: !both || value === limit ? "" : value > limit ? "↑" : "↓",
  };
}
