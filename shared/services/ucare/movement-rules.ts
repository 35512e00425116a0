import { text } from "../../text.ts";
import { callFirst, sendVisit } from "./steps.ts";

const hour = 3600;
/** Nothing moves, or less and less. The ladder of Seoul: 8 h caution, 12 h alarm, 24 h danger (domain.md B4). */
export const movementRules = [
  {
    // 8 h is within an old person's night: a call, no alarm. Away expires two hours before the alarm's, so that the desk has called before it
    id: "quiet",
    version: 1,
    kind: "home",
    outcome: "task",
    class: "operations",
    priority: 3,
    title: text("활동 없음", "No movement"),
    cause: text(
      "8시간 동안 움직임이 없거나, 10시간 넘게 외출 중입니다",
      "Nothing has moved for 8 h, or the resident has been away for more than 10 h",
    ),
    consequence: text(
      "쓰러져 있을 수 있습니다. 방문객이 나간 뒤라면 외출로 보일 뿐일 수 있습니다",
      "The resident may have fallen; after a visitor has left, that looks like being away",
    ),
    response: [callFirst, sendVisit],
    minutes: 120,
    when: { kind: "inactivity", activity: "act", away: "away", steps: [{ seconds: 8 * hour, priority: 3 }], awayExpires: 10 * hour },
  },
  {
    id: "inactive",
    version: 1,
    kind: "home",
    outcome: "alarm",
    class: "operations",
    priority: 2,
    title: text("장시간 활동 없음", "No movement for long"),
    cause: text(
      "12시간 넘게 움직임이 없습니다. 외출이라 해도 12시간이 지나면 인정하지 않습니다",
      "Nothing has moved for 12 h; being away is not believed for longer than that",
    ),
    consequence: text("쓰러진 채 발견되지 못하면 생명이 위험합니다", "Lying on the floor for so long endangers life"),
    response: [callFirst, sendVisit, text("24시간에 이르면 119에 출동을 요청합니다", "At 24 h ask 119 to go")],
    minutes: 30,
    when: {
      kind: "inactivity",
      activity: "act",
      away: "away",
      steps: [
        { seconds: 12 * hour, priority: 2 },
        { seconds: 24 * hour, priority: 1 },
      ],
      awayExpires: 12 * hour,
    },
    links: [
      { to: "dispatch-119", when: "asked" },
      { to: "vulnerable", when: "asked" },
    ],
  },
  {
    // -30 % over weeks (domain.md B4). Weeks of one home differ by a tenth by themselves; of 600 simulated homes in 22 weeks, one in 2,000 home-weeks is 25 % below
    // its usual without a cause. Nothing that the room must do at once: the care desk calls, and hands it to the welfare centre within days
    id: "decline",
    version: 1,
    kind: "home",
    outcome: "task",
    class: "operations",
    priority: 4,
    title: text("활동 감소", "Slow decline"),
    cause: text("몇 주에 걸쳐 집 안에서의 움직임이 4분의 1 넘게 줄었습니다", "Over weeks the resident has come to move less, by more than a quarter"),
    consequence: text(
      "질병, 우울, 영양 부족이나 근력 저하의 초기일 수 있습니다",
      "It may be the beginning of an illness, depression, poor nutrition or frailty",
    ),
    response: [
      text("사흘 안에 안부 전화로 건강과 식사를 묻습니다", "Within three days call and ask about health and meals"),
      text("방문 때 활동감지기와 배터리를 함께 점검합니다", "On the visit look at the motion sensors and their batteries too"),
      text("필요하면 사회적 약자 지원 기관에 연계합니다", "Where needed, hand it to the link for vulnerable people"),
    ],
    minutes: 3 * 24 * 60,
    when: {
      kind: "decline",
      activity: "act",
      away: "away",
      share: 0.25,
      deadband: 0.1,
      weeks: { usual: 4, recent: 3, memory: 11 },
      unless: ["battery", "clock"],
    },
    links: [{ to: "vulnerable", when: "asked" }],
  },
] as const;
