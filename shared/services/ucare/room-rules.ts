import { text } from "../../text.ts";
import { callFirst, sendVisit, then119 } from "./steps.ts";

const hour = 3600;
/** Heat by the levels of the weather service (heat-wave advisory 33, warning 35 Celsius), cold by what an old body stands. */
export const roomRules = [
  {
    // in a heat wave a tenth of a district's rooms and more are hot within hours; a room with a broken cooler is hot alone
    id: "heat-wave",
    version: 1,
    kind: "home",
    outcome: "task",
    class: "operations",
    priority: 3,
    title: text("폭염: 여러 집이 한꺼번에 더움", "Heat wave: many hot rooms"),
    cause: text("더위로 한 구역의 많은 집이 폭염주의보 기준을 넘었습니다", "Heat has brought many rooms of a district above the advisory level"),
    consequence: text(
      "하루에 다 방문할 수 없습니다. 먼저 볼 집을 가려야 합니다",
      "More rooms than can be visited in a day: somebody must say who comes first",
    ),
    response: [
      text("무더위쉼터 개방과 안내방송을 요청합니다", "Have cooling centres opened, and it announced"),
      text("35 °C를 넘은 집과 최근 활동이 없는 집부터 전화합니다", "Call first where it is above 35 °C, and where nobody has moved lately"),
      text("인력이 모자라면 자원봉사와 주민센터에 나누어 맡깁니다", "Share the calls with volunteers and the district office"),
    ],
    minutes: 120,
    when: { kind: "many", rule: "hot-room", least: 5, share: 0.1 },
  },
  {
    // heat-wave advisory of the weather service: 33 Celsius. The desk calls; the room is not asked
    id: "hot-room",
    version: 1,
    kind: "home",
    outcome: "task",
    class: "operations",
    priority: 3,
    title: text("실내 고온", "Hot room"),
    cause: text(
      "실내 온도가 폭염주의보 기준(33 °C)을 2시간 넘게 웃돌고 있습니다",
      "The room has been above the heat-wave advisory level (33 °C) for 2 h",
    ),
    consequence: text("고령자는 온열질환에 걸리기 쉽습니다", "Old people fall ill of heat"),
    response: [
      callFirst,
      text("물을 마시고 냉방을 켜거나 무더위쉼터로 가도록 안내합니다", "Water, cooling, or the nearest cooling centre"),
      sendVisit,
    ],
    minutes: 120,
    when: { kind: "limit", metric: "temp", side: "above", steps: [{ limit: 33, priority: 3 }], deadband: 1, samples: 2, on: 2 * hour, off: 1800 },
    causedBy: [{ rule: "ucare/heat-wave", within: "district" }],
  },
  {
    // heat-wave warning: 35 Celsius; 38: nobody stands that for hours
    id: "heat",
    version: 1,
    kind: "home",
    outcome: "alarm",
    class: "operations",
    priority: 3,
    title: text("실내 폭염", "Dangerous heat in the room"),
    cause: text(
      "실내 온도가 폭염경보 기준(35 °C)을 2시간 넘게 웃돌고 있습니다",
      "The room has been above the heat-wave warning level (35 °C) for 2 h",
    ),
    consequence: text("열사병으로 의식을 잃을 수 있습니다", "Heat stroke: the resident may lose consciousness"),
    response: [
      callFirst,
      text("냉방이 되지 않으면 응급관리요원이 무더위쉼터로 모십니다", "Without cooling: a care worker takes the resident to a cooling centre"),
      then119,
    ],
    minutes: 60,
    when: {
      kind: "limit",
      metric: "temp",
      side: "above",
      steps: [
        { limit: 35, priority: 3 },
        { limit: 38, priority: 2, name: text("38 °C 이상", "38 °C and more") },
      ],
      deadband: 1,
      samples: 2,
      on: 2 * hour,
      off: 1800,
    },
    links: [{ to: "vulnerable", when: "asked" }],
  },
  {
    id: "cold-room",
    version: 1,
    kind: "home",
    outcome: "task",
    class: "operations",
    priority: 3,
    title: text("실내 저온", "Cold room"),
    cause: text("난방이 꺼졌거나 고장 났습니다", "The heating is off or broken"),
    consequence: text("고령자는 저체온증에 걸리기 쉽습니다", "Old people cool down without noticing"),
    response: [callFirst, text("난방을 켤 수 없으면 보일러 수리를 접수합니다", "If it cannot be switched on, order a repair"), sendVisit],
    minutes: 180,
    when: { kind: "limit", metric: "temp", side: "below", steps: [{ limit: 15, priority: 3 }], deadband: 1, samples: 2, on: 2 * hour, off: 1800 },
  },
  {
    id: "cold",
    version: 1,
    kind: "home",
    outcome: "alarm",
    class: "operations",
    priority: 3,
    title: text("실내 한랭 위험", "Dangerous cold in the room"),
    cause: text("난방이 오래 끊겨 실내 온도가 10 °C 아래로 내려갔습니다", "Without heating for long, the room has fallen below 10 °C"),
    consequence: text("저체온증으로 의식을 잃을 수 있습니다", "Hypothermia: the resident may lose consciousness"),
    response: [callFirst, text("응급관리요원이 한파쉼터로 모십니다", "A care worker takes the resident to a warm shelter"), then119],
    minutes: 60,
    when: {
      kind: "limit",
      metric: "temp",
      side: "below",
      steps: [
        { limit: 10, priority: 3 },
        { limit: 5, priority: 2, name: text("5 °C 이하", "5 °C and less") },
      ],
      deadband: 1,
      samples: 2,
      on: 2 * hour,
      off: 1800,
    },
    links: [{ to: "vulnerable", when: "asked" }],
  },
] as const;
