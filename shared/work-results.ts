import { type Text, text } from "./text.ts";

/** What can come of a case or a task, as words that the room offers; somebody may write another. */
export const workResults = {
  case: {
    "handed-over": text("과태료 부과 부서로 이관", "Handed to the fining office"),
    warned: text("계도", "Warned"),
    "not-a-violation": text("위반 아님", "No violation"),
    gone: text("확정 전 해소", "Over before it was established"),
    lapsed: text("처리되지 않고 기한 경과", "Lapsed: nobody took it"),
  },
  task: {
    answered: text("통화로 안부 확인", "Answered the call"),
    visited: text("방문해 확인", "Visited"),
    "119": text("119 신고", "119 was called"),
    family: text("보호자에게 알림", "Family was told"),
    done: text("처리함", "Done"),
    gone: text("저절로 해소", "Over by itself"),
    lapsed: text("처리되지 않고 기한 경과", "Lapsed: nobody took it"),
  },
} as const satisfies Readonly<Record<"case" | "task", Readonly<Record<string, Text>>>>;

/** The result in words; one that a person wrote stands for itself. */
export const resultText = (queue: "case" | "task", result: string): Text =>
  (workResults[queue] as Readonly<Record<string, Text>>)[result] ?? text(result, result);
