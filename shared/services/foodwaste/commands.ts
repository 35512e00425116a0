import type { CommandType } from "../../command.ts";
import { text } from "../../text.ts";

export const commands = {
  collect: {
    label: text("수거 지시", "Order collection"),
    kind: "bin",
    fields: {},
    effect: text(
      "{device} 수거함으로 수거 차량을 따로 보냅니다. 20~50분 뒤에 비웁니다.",
      "Sends a truck to the unit {device} outside its round. It empties it in 20 to 50 minutes.",
    ),
    readBack: { event: "emptied" },
    timeout: 4500,
  },
  lock: {
    label: text("뚜껑 잠금", "Lock lid"),
    kind: "bin",
    fields: {},
    effect: text(
      "{device} 수거함 뚜껑을 잠급니다. 잠금을 풀 때까지 아무도 배출할 수 없습니다.",
      "Locks the lid of the unit {device}. Nobody can use it until it is unlocked.",
    ),
    readBack: { metric: "lock", is: [true] },
    timeout: 60,
  },
  unlock: {
    label: text("뚜껑 잠금 해제", "Unlock lid"),
    kind: "bin",
    fields: {},
    effect: text("{device} 수거함 뚜껑의 잠금을 풉니다.", "Unlocks the lid of the unit {device}."),
    readBack: { metric: "lock", is: [false] },
    timeout: 60,
  },
} as const satisfies Readonly<Record<string, CommandType<"bin">>>;
