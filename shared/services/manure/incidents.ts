import { count } from "../../scenario/fields.ts";
import type { Incident } from "../../service.ts";
import { text } from "../../text.ts";

/** What befalls a truck strikes it where it next drives with a load: at once, or on its next trip. */
export const incidents = {
  dumping: {
    truth: "event",
    title: text("무단 투기", "Dumping on the way"),
    effect: text(
      "짐을 싣고 달리는 {where} 기사가 경로에서 벗어나 분뇨 {kg} kg을 버리고, 남은 것만 인계합니다.",
      "With a load, the driver of {where} turns off the route, lets {kg} kg of manure out, and delivers the rest.",
    ),
    fields: { kg: count("버리는 양", "Dumped", "kg", [1000, 9000], 4000, 100) },
    kinds: ["truck"],
    shows: ["manure/dumping", "manure/off-route"],
    lasts: null,
  },
  detour: {
    truth: "quiet",
    title: text("통제된 도로 우회", "Detour round a closed road"),
    effect: text("짐을 싣고 달리는 {where}가 통제된 도로를 돌아서 갑니다.", "With a load, {where} drives round a closed road."),
    fields: {},
    kinds: ["truck"],
    lasts: null,
  },
  drip: {
    truth: "quiet",
    title: text("밸브 누수", "Dripping valve"),
    effect: text(
      "{where} 밸브가 덜 잠겨 한 번 운반하는 동안 {kg} kg을 흘립니다. 투기는 아닙니다.",
      "The valve of {where} is not quite shut: it loses {kg} kg over one trip. That is no dumping.",
    ),
    fields: { kg: count("흘리는 양", "Lost", "kg", [20, 300], 150, 10) },
    kinds: ["truck"],
    lasts: null,
  },
  "position-lost": {
    truth: "fault",
    title: text("위치 신호 끊김", "Satellites lost"),
    effect: text(
      "{where} 단말이 위성 신호를 받지 못합니다. 위치는 보내지 않습니다.",
      "The terminal of {where} hears no satellite and sends no position.",
    ),
    fields: {},
    kinds: ["truck"],
    shows: ["manure/position-lost"],
    lasts: 5400,
  },
  inflow: {
    truth: "event",
    title: text("저장조 유입", "Water runs into the pit"),
    effect: text(
      "{hours}시간 동안 빗물과 세척수가 {where}에 들어와 {tons} t이 불어납니다.",
      "For {hours} h rain and washing water run into {where}: {tons} t more.",
    ),
    fields: { tons: count("유입량", "Inflow", "t", [5, 120], 90), hours: count("동안", "Hours", "h", [1, 24], 3) },
    kinds: ["farm"],
    shows: ["manure/pit-high", "manure/overflow"],
    lasts: null,
  },
} as const satisfies Readonly<Record<string, Incident<"truck" | "farm">>>;
