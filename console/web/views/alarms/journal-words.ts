import { type JournalLine, type StateLetter, stateLetters } from "../../../../shared/alarm.ts";
import type { Text } from "../../../../shared/text.ts";
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

const by: Readonly<Record<string, Text>> = { rule: { ko: "규칙", en: "rule" }, system: { ko: "자동", en: "system" } };
export const byText = (name: string): Text => by[name] ?? { ko: name, en: name };

const isLetter = (word: string): word is StateLetter => stateLetters.some((letter) => letter === word);
const sideText = (word: string): Text => (isLetter(word) ? stateText({ state: word, active: true, latched: false }) : { ko: word, en: word });

const same = (text: string): Text => ({ ko: text, en: text });

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
