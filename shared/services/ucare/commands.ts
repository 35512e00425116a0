import type { CommandType } from "../../command.ts";
import { text } from "../../text.ts";

export const commands = {
  call: {
    label: text("안부 전화", "Call the home"),
    kind: "home",
    fields: {},
    effect: text(
      "{device} 댁내장비로 전화를 겁니다. 40초 안에 받지 않으면 ‘응답 없음’으로 끝납니다.",
      "Rings the hub of the home {device}. After 40 seconds without an answer it ends as “no answer”.",
    ),
    readBack: { event: "call" },
    timeout: 120,
  },
  visit: {
    label: text("방문 요청", "Send a visit"),
    kind: "home",
    fields: {},
    effect: text(
      "{device} 가구로 응급관리요원을 보냅니다. 도착까지 10~25분 걸립니다.",
      "Sends a care worker to the home {device}, who is there within 10 to 25 minutes.",
    ),
    readBack: { event: "visit" },
    timeout: 2400,
  },
} as const satisfies Readonly<Record<string, CommandType<"home">>>;
