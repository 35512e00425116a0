import { count, word } from "../../scenario/fields.ts";
import type { Incident } from "../../service.ts";
import { text } from "../../text.ts";

const lanes = count("막힌 차로", "Lanes shut", "1", [1, 4], 1);

/** What befalls a street. How much of an approach is left with lanes shut: `simulator/services/traffic/parameters.ts`. */
export const incidents = {
  crash: {
    truth: "event",
    title: text("교통사고", "Crash"),
    effect: text(
      "{where}에서 사고가 나 {lanes}개 차로가 막힙니다. 대기 행렬이 길어져 앞 교차로까지 번질 수 있습니다.",
      "A crash shuts {lanes} lanes at {where}. The queue grows and may reach the crossing upstream.",
    ),
    fields: { lanes },
    kinds: ["approach"],
    shows: ["traffic/slow", "traffic/spillback"],
    lasts: 2700,
  },
  "lane-closed": {
    truth: "event",
    title: text("차로 통제", "Lane closed"),
    effect: text("{where}에서 공사로 {lanes}개 차로를 막습니다.", "Works close {lanes} lanes at {where}."),
    fields: { lanes },
    kinds: ["approach"],
    lasts: 10_800,
  },
  "stalled-car": {
    truth: "quiet",
    title: text("잠시 멈춘 차", "Stalled car"),
    effect: text("{where}에서 차 한 대가 몇 분 동안 멈췄다가 다시 갑니다.", "A car stops at {where} for some minutes and goes on."),
    fields: {},
    kinds: ["approach"],
    lasts: 240,
  },
  "signal-fault": {
    truth: "event",
    title: text("신호기 고장", "Signal fault"),
    effect: text(
      "{where} 신호가 정상 운영을 멈춥니다({shows}). 고칠 때까지 신호 계획을 받지 않습니다.",
      "The signal at {where} stops running its plan ({shows}), and takes none until it is repaired.",
    ),
    fields: {
      shows: word("신호등", "Lamps", { flashing: text("점멸", "flashing"), dark: text("꺼짐", "dark") }, "flashing"),
    },
    kinds: ["signal"],
    shows: ["traffic/flashing"],
    lasts: 3600,
  },
  "emergency-run": {
    truth: "event",
    title: text("긴급차량 출동", "Emergency run"),
    effect: text(
      "긴급차량이 {where}에서 직진해 교차로 {crossings}곳을 지나며 우선신호를 받습니다.",
      "An emergency vehicle drives straight on from {where} through {crossings} crossings, with green ahead of it.",
    ),
    fields: { crossings: count("교차로 수", "Crossings", "1", [1, 8], 3) },
    kinds: ["signal"],
    shows: ["traffic/preempt"],
    lasts: null,
  },
  "school-rush": {
    truth: "quiet",
    title: text("등하교 차량", "School rush"),
    effect: text(
      "{where} 교차로 둘레에서 등하교 차량이 {more}% 더 나옵니다.",
      "Around the crossing {where} {more} % more vehicles come out of the side streets.",
    ),
    fields: { more: count("늘어난 통행", "More vehicles", "%", [10, 100], 40, 5) },
    kinds: ["signal"],
    lasts: 2400,
  },
} as const satisfies Readonly<Record<string, Incident<"approach" | "signal">>>;
