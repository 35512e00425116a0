import type { CommandType } from "../../command.ts";
import { text } from "../../text.ts";

export const commands = {
  warn: {
    label: text("음성 경고", "Voice warning"),
    kind: "bay",
    fields: {},
    effect: text("{device} 주차면에 음성 경고를 한 번 내보냅니다.", "Speaks a warning at the bay {device}, once."),
    readBack: { event: "warn" },
    timeout: 60,
  },
  light: {
    label: text("경광등 켜기", "Warning light on"),
    kind: "bay",
    fields: {},
    effect: text(
      "{device} 주차면의 경광등을 켭니다. 끄거나 차가 나갈 때까지 켜져 있습니다.",
      "Switches on the warning light of the bay {device}. It stays on until it is switched off or the vehicle has gone.",
    ),
    readBack: { metric: "light", is: [true] },
    timeout: 60,
  },
  "light-off": {
    label: text("경광등 끄기", "Warning light off"),
    kind: "bay",
    fields: {},
    effect: text("{device} 주차면의 경광등을 끕니다.", "Switches off the warning light of the bay {device}."),
    readBack: { metric: "light", is: [false] },
    timeout: 60,
  },
} as const satisfies Readonly<Record<string, CommandType<"bay">>>;
