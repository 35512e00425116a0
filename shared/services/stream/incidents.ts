import { count } from "../../scenario/fields.ts";
import type { Incident } from "../../service.ts";
import { text } from "../../text.ts";

/** What befalls the stream and its path beside the weather. Shares are of the gauge's design flood, of which the warning ladder is made: watch 50 %, warning 70 %. */
export const incidents = {
  "flash-rise": {
    truth: "event",
    title: text("상류 급격한 유입", "Flash rise"),
    effect: text(
      "{where} 위쪽으로 비로는 설명되지 않는 물이 들어와, {rise}분 만에 계획홍수량의 {peak}%만큼 늘었다가 서서히 줄며 하류로 내려갑니다.",
      "Above {where} more water comes in than the rain explains: {peak} % of the design flood after {rise} min, then less and less. It travels downstream.",
    ),
    fields: {
      peak: count("최대 유입", "Peak inflow", "%", [5, 120], 60, 5),
      rise: count("최대까지", "Minutes to the peak", "min", [10, 180], 40),
    },
    kinds: ["gauge"],
    shows: ["stream/interest", "stream/level", "stream/rise", "stream/rising", "stream/path-floods"],
    lasts: null,
  },
  debris: {
    truth: "event",
    title: text("교량 막힘", "Bridge blocked"),
    effect: text(
      "{where} 아래 통수 단면의 {blocked}%가 떠내려온 것들로 막힙니다. 위쪽 수위는 오르고 하류 수위는 내려갑니다.",
      "Debris blocks {blocked} % of the opening at {where}. The water backs up there, and falls downstream.",
    ),
    fields: { blocked: count("막힌 비율", "Blocked", "%", [20, 98], 90) },
    kinds: ["gauge"],
    lasts: 10_800,
  },
  release: {
    truth: "quiet",
    title: text("저수지 방류", "Pond release"),
    effect: text(
      "{where} 위 저수지에서 {minutes}분 동안 초당 {flow} m³까지 천천히 흘려보냅니다. 산책로에는 닿지 않습니다.",
      "A pond above {where} lets up to {flow} m³/s go, slowly, for {minutes} min. It does not reach the path.",
    ),
    fields: {
      flow: count("방류량", "Release", "m3/s", [1, 15], 6),
      minutes: count("방류 시간", "Minutes", "min", [40, 240], 60),
    },
    kinds: ["gauge"],
    lasts: null,
  },
  "gate-jam": {
    truth: "event",
    title: text("차단문 걸림", "Gate jams"),
    effect: text(
      "{where} 차단문이 걸려 명령에도 부표 스위치에도 움직이지 않습니다. 스스로는 고장을 알지 못합니다.",
      "The gate {where} jams: it obeys neither a command nor its float switch, and does not know it.",
    ),
    fields: {},
    kinds: ["gate"],
    shows: ["stream/gate-stays"],
    lasts: 14_400,
  },
  "gate-fault": {
    truth: "event",
    title: text("차단문 고장", "Gate out of order"),
    effect: text("{where} 차단문의 구동부가 고장 나고, 스스로 고장을 알립니다.", "The drive of the gate {where} fails, and it says so."),
    fields: {},
    kinds: ["gate"],
    shows: ["stream/gate-fault"],
    lasts: 7200,
  },
  "stays-in-gap": {
    truth: "event",
    title: text("닫히는 문에 선 사람", "Somebody stays in the gap"),
    effect: text(
      "{where} 차단문이 다음에 닫힐 때 누군가 통로에 {minutes}분 동안 서 있습니다.",
      "When the gate {where} next closes, somebody stays in its gap for {minutes} min.",
    ),
    fields: { minutes: count("서 있는 시간", "Minutes", "min", [2, 30], 4) },
    kinds: ["gate"],
    shows: ["stream/person-in-gap"],
    lasts: null,
  },
  "school-outing": {
    truth: "quiet",
    title: text("단체 산책", "School outing"),
    effect: text("학생 {people}명이 {where} 차단문을 지나 산책로로 들어갑니다.", "A class of {people} walks through the gate {where} onto the path."),
    fields: { people: count("인원", "People", "1", [5, 60], 25) },
    kinds: ["gate"],
    lasts: null,
  },
} as const satisfies Readonly<Record<string, Incident<"gauge" | "gate">>>;
