import { count, word } from "../../scenario/fields.ts";
import type { Incident } from "../../service.ts";
import { text } from "../../text.ts";
import { airIncidents } from "./air-incidents.ts";

/** What befalls a resident who lives alone, and what only looks like it. Numbers: domain.md B4. */
const lifeIncidents = {
  fall: {
    truth: "event",
    title: text("낙상", "Fall"),
    effect: text(
      "{where}의 대상자가 넘어져 일어나지 못합니다. 아무도 돕지 않으면 {hours}시간 동안 누워 있습니다. 호출 버튼: {button}.",
      "The resident of {where} falls and cannot get up. Without help it takes {hours} h. Call button: {button}.",
    ),
    fields: {
      button: word(
        "호출 버튼",
        "Call button",
        { "out-of-reach": text("닿지 않음", "out of reach"), pressed: text("누름", "pressed") },
        "out-of-reach",
      ),
      hours: count("누워 있는 시간", "Hours on the floor", "h", [1, 48], 26),
    },
    kinds: ["home"],
    shows: ["ucare/button", "ucare/asks-help", "ucare/found-in-need", "ucare/no-answer", "ucare/quiet", "ucare/inactive"],
    lasts: null,
  },
  stumble: {
    truth: "quiet",
    title: text("넘어졌다 일어남", "Falls and gets up"),
    effect: text(
      "{where}의 대상자가 넘어졌다가 {minutes}분 뒤 스스로 일어납니다.",
      "The resident of {where} falls, and is up again after {minutes} min.",
    ),
    fields: { minutes: count("누워 있는 시간", "Minutes", "min", [5, 60], 20) },
    kinds: ["home"],
    lasts: null,
  },
  "visitor-leaves": {
    truth: "event",
    title: text("방문객이 나간 뒤 쓰러짐", "Visitor leaves, resident is down"),
    effect: text(
      "{where}에 온 손님이 {minutes}분 뒤 나가고, 배웅하던 대상자가 쓰러져 {hours}시간 동안 일어나지 못합니다. 외출한 것처럼 보입니다.",
      "A visitor leaves {where} after {minutes} min, and the resident falls at the door and cannot get up for {hours} h. It looks like going out.",
    ),
    fields: {
      minutes: count("방문 시간", "Minutes of the visit", "min", [5, 120], 30),
      hours: count("누워 있는 시간", "Hours on the floor", "h", [1, 48], 26),
    },
    kinds: ["home"],
    shows: ["ucare/inactive"],
    lasts: null,
  },
  wandering: {
    truth: "event",
    title: text("야간 배회", "Wandering at night"),
    effect: text(
      "{where}의 대상자가 밤에 일어나 집을 나가 {minutes}분 동안 배회합니다.",
      "The resident of {where} gets up at night and wanders about outside for {minutes} min.",
    ),
    fields: { minutes: count("배회 시간", "Minutes", "min", [10, 720], 90) },
    kinds: ["home"],
    shows: ["ucare/inactive"],
    lasts: null,
  },
  "long-outing": {
    truth: "quiet",
    title: text("긴 외출", "Long outing"),
    effect: text("{where}의 대상자가 {hours}시간 동안 외출합니다.", "The resident of {where} is out for {hours} h."),
    fields: { hours: count("외출 시간", "Hours", "h", [1, 11], 11) },
    kinds: ["home"],
    lasts: null,
  },
  "slow-decline": {
    truth: "event",
    title: text("서서히 줄어드는 활동", "Slow decline"),
    effect: text(
      "{where} 대상자의 활동이 {weeks}주에 걸쳐 {less}% 줄어듭니다.",
      "The resident of {where} comes to move {less} % less, over {weeks} weeks.",
    ),
    fields: {
      less: count("줄어드는 비율", "Less movement", "%", [5, 80], 30, 5),
      weeks: count("걸리는 기간", "Weeks", "wk", [1, 12], 3),
    },
    kinds: ["home"],
    shows: ["ucare/decline"],
    lasts: 12 * 7 * 86_400,
  },
} as const satisfies Readonly<Record<string, Incident<"home">>>;

export const incidents = { ...lifeIncidents, ...airIncidents } as const;
