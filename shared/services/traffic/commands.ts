import type { CommandField, CommandType } from "../../command.ts";
import { type Text, text } from "../../text.ts";

const seconds = (label: Text, min: number, max: number, usual: number): CommandField => ({
  kind: "number",
  label,
  unit: "s",
  min,
  max,
  step: 1,
  usual,
});

export const commands = {
  plan: {
    label: text("신호 계획 선택", "Choose signal plan"),
    kind: "signal",
    fields: {
      plan: {
        kind: "word",
        label: text("계획", "Plan"),
        words: {
          night: text("심야", "night"),
          am: text("오전 첨두", "morning peak"),
          day: text("주간", "day"),
          pm: text("오후 첨두", "evening peak"),
          evening: text("저녁", "evening"),
        },
        usual: "day",
      },
    },
    effect: text(
      "{device} 신호를 시간대와 상관없이 ‘{plan}’ 계획으로 운영합니다. ‘시간대 자동’을 지시할 때까지 유지됩니다.",
      "Runs the signal {device} by the plan “{plan}” at any hour, until it is told to go back to the time of day.",
    ),
    readBack: { metric: "plan", arg: "plan" },
    timeout: 120,
  },
  auto: {
    label: text("시간대 자동", "Plan by time of day"),
    kind: "signal",
    fields: {},
    effect: text("{device} 신호를 시간대별 계획으로 되돌립니다.", "Lets the signal {device} run by the time of day again."),
    // Anything but `manual` and `flash`.
    readBack: { metric: "plan", is: ["night", "am", "day", "pm", "evening"] },
    timeout: 120,
  },
  timing: {
    label: text("신호 시간 조정", "Set signal timing"),
    kind: "signal",
    fields: {
      cycle: seconds(text("주기", "Cycle"), 60, 200, 120),
      main: seconds(text("주도로 녹색", "Main green"), 10, 170, 54),
      cross: seconds(text("교차로 녹색", "Cross green"), 10, 170, 50),
      offset: seconds(text("옵셋", "Offset"), 0, 199, 0),
    },
    effect: text(
      "{device} 신호를 주기 {cycle}초, 주도로 녹색 {main}초, 교차로 녹색 {cross}초, 옵셋 {offset}초로 운영합니다. 보행 시간이 모자라면 제어기가 거부합니다.",
      "Runs the signal {device} with a cycle of {cycle} s, main green {main} s, cross green {cross} s and offset {offset} s. The controller refuses what leaves people too little time to walk.",
    ),
    readBack: { metric: "cycle", arg: "cycle" },
    family: "plan",
    timeout: 120,
  },
} as const satisfies Readonly<Record<string, CommandType<"signal">>>;
