import { count } from "../../scenario/fields.ts";
import type { Incident } from "../../service.ts";
import { text } from "../../text.ts";

/** What befalls charging bays. A broken charger is a `fault`: the room should see a sensor's or machine's trouble in it, and it does. */
export const incidents = {
  intruder: {
    truth: "event",
    title: text("일반차량 침입", "Intruder"),
    effect: text(
      "{where}에 일반차량이 들어와 경고를 무시하고 {minutes}분 동안 머뭅니다. 통제실이 경고하면 먼저 나갈 수도 있습니다.",
      "A combustion car takes {where} and stays for {minutes} min in spite of the zone's warnings. When the room speaks to it, it may leave sooner.",
    ),
    fields: { minutes: count("머무는 시간", "Minutes", "min", [6, 600], 30) },
    kinds: ["bay"],
    shows: ["evzone/intruder", "evzone/intrusion"],
    lasts: null,
  },
  delivery: {
    truth: "quiet",
    title: text("배달 차량 정차", "Delivery stop"),
    effect: text("{where}에 배달 차량이 {minutes}분 동안 섰다가 갑니다.", "A delivery van stops at {where} for {minutes} min."),
    fields: { minutes: count("정차 시간", "Minutes", "min", [1, 4], 2) },
    kinds: ["bay"],
    lasts: null,
  },
  "exempt-car": {
    truth: "quiet",
    title: text("예외 차량", "Exempt vehicle"),
    effect: text("{where}에 단속 예외 차량이 {minutes}분 동안 섭니다.", "A vehicle that may stand there takes {where} for {minutes} min."),
    fields: { minutes: count("머무는 시간", "Minutes", "min", [6, 600], 90) },
    kinds: ["bay"],
    lasts: null,
  },
  overstay: {
    truth: "event",
    title: text("장기 주차", "Overstay"),
    effect: text(
      "{where}에 있거나 새로 온 전기차가 법이 허용한 시간을 {beyond}시간 넘겨 머뭅니다(급속 1시간, 완속 14시간).",
      "An electric car at {where}, or one that comes now, stays {beyond} h beyond what the law allows (fast 1 h, slow 14 h).",
    ),
    fields: { beyond: count("초과 시간", "Hours beyond", "h", [1, 48], 2) },
    kinds: ["bay"],
    shows: ["evzone/overstay"],
    lasts: null,
  },
  unplugged: {
    truth: "event",
    title: text("충전하지 않는 전기차", "Parked without charging"),
    effect: text(
      "{where}에 전기차가 {minutes}분 동안 충전기를 연결하지 않고 섭니다.",
      "An electric car parks at {where} for {minutes} min without plugging in.",
    ),
    fields: { minutes: count("머무는 시간", "Minutes", "min", [10, 600], 90) },
    kinds: ["bay"],
    shows: ["evzone/blocked"],
    lasts: null,
  },
  "charger-fault": {
    truth: "fault",
    title: text("충전기 고장", "Charger fault"),
    effect: text("{where} 충전기가 멈추고 고장 상태를 알립니다.", "The charger {where} trips and reports a fault."),
    fields: {},
    kinds: ["charger"],
    shows: ["evzone/charger-fault"],
    lasts: 14_400,
  },
} as const satisfies Readonly<Record<string, Incident<"bay" | "charger">>>;
