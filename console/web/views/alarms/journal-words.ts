import { type JournalLine, type StateLetter, stateLetters } from "../../../../shared/alarm.ts";
import { links } from "../../../../shared/links.ts";
import type { Text } from "../../../../shared/text.ts";
import { reasonText } from "../../command/reasons.ts";
import { receiptTexts } from "./receipt-words.ts";
import { stateText } from "./words.ts";

const whats: Readonly<Record<string, Text>> = {
  raised: { ko: "발생", en: "raised" },
  cleared: { ko: "해제", en: "cleared" },
  priority: { ko: "등급 바뀜", en: "priority changed" },
  acknowledged: { ko: "확인", en: "acknowledged" },
  shelved: { ko: "보류", en: "shelved" },
  unshelved: { ko: "보류 풀기", en: "unshelved" },
  returned: { ko: "보류 끝남", en: "shelving ended" },
  suppressed: { ko: "억제", en: "suppressed" },
  released: { ko: "억제 풀림", en: "released" },
  "out-of-service": { ko: "점검으로 뺌", en: "out of service" },
  "in-service": { ko: "점검에서 되돌림", en: "back in service" },
  reset: { ko: "리셋", en: "reset" },
  comment: { ko: "메모", en: "note" },
  assigned: { ko: "담당 지정", en: "assigned" },
  command: { ko: "명령", en: "command" },
  response: { ko: "자동 대응", en: "automatic response" },
  "response-mode": { ko: "자동 대응 방식", en: "response mode" },
  "handed-over": { ko: "연계로 넘김", en: "handed over" },
  receipt: { ko: "연계 회신", en: "receipt of a link" },
  "item-opened": { ko: "업무 열림", en: "item opened" },
  "item-taken": { ko: "업무 맡음", en: "item taken" },
  "item-exported": { ko: "업무를 부과 부서로 넘김", en: "item handed to the fining office" },
  "item-ended": { ko: "업무 원인 끝남", en: "item's cause ended" },
  "item-closed": { ko: "업무 닫음", en: "item closed" },
};
export const whatText = (what: string): Text => whats[what] ?? { ko: what, en: what };

const by: Readonly<Record<string, Text>> = { rule: { ko: "규칙", en: "rule" }, system: { ko: "자동", en: "system" }, ...links };
export const byText = (name: string): Text => by[name] ?? { ko: name, en: name };

const same = (text: string): Text => ({ ko: text, en: text });
const isLetter = (word: string): word is StateLetter => stateLetters.some((letter) => letter === word);
/** States of what is no alarm: commands, responses, hand-overs, items. */
const sides: Readonly<Record<string, Text>> = {
  ...receiptTexts,
  pending: { ko: "답 기다림", en: "pending" },
  confirmed: { ko: "되읽음", en: "confirmed" },
  armed: { ko: "세는 중", en: "counting down" },
  waits: { ko: "조건 기다림", en: "waits" },
  fired: { ko: "실행", en: "done" },
  aborted: { ko: "중단", en: "aborted" },
  left: { ko: "하지 않음", en: "left" },
  disarmed: { ko: "셈 그침", en: "disarmed" },
  offered: { ko: "사람에게 맡김", en: "left to a person" },
  auto: { ko: "자동", en: "automatic" },
  manual: { ko: "수동", en: "manual" },
  open: { ko: "열림", en: "open" },
  taken: { ko: "맡음", en: "taken" },
};
const sideText = (word: string): Text =>
  isLetter(word) ? stateText({ state: word, active: true, latched: false }) : ((Object.hasOwn(sides, word) ? sides[word] : undefined) ?? same(word));

/** Why, for people: what the room wrote by itself in the reader's language, what a person wrote as it is. */
export const lineReason = ({ reason, by }: Pick<JournalLine, "reason" | "by">): Text | undefined =>
  reason === null || reason === "" ? undefined : by === "system" || by === "rule" ? reasonText(reason) : same(reason);

/** Before and after in words; undefined = it did not change. */
export function changeText({ before, after, what, x }: Pick<JournalLine, "before" | "after" | "what" | "x">): Text | undefined {
  if (what === "priority" && x !== undefined) return same(`P${x.from} → P${x.to}`);
  if (what === "assigned" && after === null && before !== null) return { ko: `${before} → 없음`, en: `${before} → nobody` };
  if (after === null || before === after) return undefined;
  const to = sideText(after);
  if (before === null) return to;
  const from = sideText(before);
  return { ko: `${from.ko} → ${to.ko}`, en: `${from.en} → ${to.en}` };
}
