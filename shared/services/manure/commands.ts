import type { CommandType } from "../../command.ts";
import { text } from "../../text.ts";

export const commands = {
  call: {
    label: text("기사 호출", "Call the driver"),
    kind: "truck",
    fields: {},
    effect: text(
      "{device} 운반차 단말로 기사를 부릅니다. 1~3분 안에 답합니다. 허용 장소 밖에서 배출하고 있었다면 멈춥니다.",
      "Calls the driver of {device} over the truck's terminal. The answer comes within 1 to 3 min. A driver who is discharging outside allowed places stops.",
    ),
    readBack: { event: "answered" },
    timeout: 300,
  },
  fetch: {
    label: text("수거 지시", "Order collection"),
    kind: "farm",
    fields: {},
    effect: text(
      "가장 먼저 비는 운반차를 {device} 농가로 보냅니다. 휴일에도 갑니다.",
      "Sends the first truck that is free to the farm {device}, on a day off as well.",
    ),
    readBack: { event: "fetched" },
    timeout: 14_400,
  },
} as const satisfies Readonly<Record<string, CommandType<"truck" | "farm">>>;
