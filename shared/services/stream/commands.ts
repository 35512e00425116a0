import type { CommandType } from "../../command.ts";
import { text } from "../../text.ts";

/** A gate swings for 20 to 40 s and waits for whoever stands in the gap, a minute at most: three minutes are enough for a gate that obeys. */
const swingSeconds = 180;

export const commands = {
  close: {
    label: text("차단문 닫기", "Close gate"),
    kind: "gate",
    fields: {},
    effect: text(
      "{device} 차단문을 닫습니다. 통로에 사람이 있으면 비켜날 때까지 기다렸다가 닫습니다. 물이 빠져도 ‘열기’나 ‘자동’을 지시할 때까지 닫혀 있습니다.",
      "Closes the gate {device}. It waits while somebody stands in the gap. It stays closed, also when the water has gone, until it is told to open or to go back to automatic.",
    ),
    readBack: { metric: "gate", is: ["closed"] },
    timeout: swingSeconds,
  },
  open: {
    label: text("차단문 열기", "Open gate"),
    kind: "gate",
    fields: {},
    effect: text(
      "{device} 차단문을 열어 둡니다. 물이 다시 차오르면 현장 부표 스위치가 스스로 닫습니다. 물이 산책로에 닿아 있으면 열리지 않습니다.",
      "Opens the gate {device} and leaves it open. Its own float switch still closes it when the water rises. It refuses while the water is at the path.",
    ),
    readBack: { metric: "gate", is: ["open"] },
    timeout: swingSeconds,
  },
  auto: {
    label: text("차단문 자동", "Gate to automatic"),
    kind: "gate",
    fields: {},
    effect: text(
      "{device} 차단문을 현장 부표 스위치에 맡깁니다. 물이 차면 닫히고, 물이 빠진 뒤 45분이 지나면 열립니다.",
      "Leaves the gate {device} to its float switch: it closes when the water rises and opens 45 minutes after it has gone.",
    ),
    readBack: { metric: "gate", is: ["open", "closing", "closed", "opening"] },
    timeout: 60,
    ofItself: {
      closing: text("현장 부표 스위치가 닫는 중", "its own float switch is closing it"),
      closed: text("현장 부표 스위치가 닫음", "closed by its own float switch"),
    },
  },
  show: {
    label: text("안내 전광판", "Path display"),
    kind: "gate",
    fields: {
      text: {
        kind: "word",
        label: text("표시 문구", "Text"),
        words: {
          off: text("끔", "off"),
          caution: text("하천 수위 주의", "caution"),
          closed: text("산책로 통제", "path closed"),
          evacuate: text("즉시 대피", "leave at once"),
        },
        usual: "caution",
      },
    },
    effect: text("{device} 안내 전광판에 ‘{text}’를 표시합니다.", "Shows “{text}” on the path display at {device}."),
    readBack: { metric: "display", arg: "text" },
    timeout: 60,
  },
} as const satisfies Readonly<Record<string, CommandType<"gate">>>;
