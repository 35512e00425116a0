import type { StayLaw } from "../../alarm-rule.ts";
import { text } from "../../text.ts";

const hour = 3600;
/** Fines begin with August 2022: until the end of July people were told, not fined (Geumcheon-gu). */
const inForce = "2022-01-28";
const fined = "2022-08-01";

/** Act on eco-friendly vehicles, Art. 11-2 (7) with 16 (2). Five minutes are the practice of the same systems at disabled bays, not the law (domain.md B3). */
const parkingLaw: readonly StayLaw[] = [
  { from: inForce, amount: 0 },
  { from: fined, amount: 100_000 },
].map((version) => ({
  ...version,
  clause: text(
    "친환경자동차법 제11조의2제7항·제16조제2항: 충전구역 일반차량 주차",
    "Eco-friendly Vehicles Act Art. 11-2(7), 16(2): non-EV in a charging bay",
  ),
  limits: [{ vehicles: ["ice"], seconds: 300 }],
}));

const overstayClause = text(
  "친환경자동차법 제11조의2제9항·제16조제1항: 충전 방해행위(장기 주차)",
  "Eco-friendly Vehicles Act Art. 11-2(9), 16(1): hindering charging by overstay",
);
const fast = { vehicles: ["ev", "phev"], fast: 1, seconds: hour } as const;
const slowBefore2026 = { vehicles: ["ev", "phev"], fast: 0, seconds: 14 * hour, unless: { constant: "households", below: 500 } } as const;
const smallComplex = { constant: "households", below: 100 } as const;
/** The same Act, Art. 11-2 (9) with 16 (1), and the notice that gave plug-in hybrids 7 h from 2026-02-05 on, midnight to six not counted. */
const overstayLaw: readonly StayLaw[] = [
  { from: inForce, clause: overstayClause, amount: 0, limits: [fast, slowBefore2026] },
  { from: fined, clause: overstayClause, amount: 100_000, limits: [fast, slowBefore2026] },
  {
    from: "2026-02-05",
    clause: overstayClause,
    amount: 100_000,
    limits: [
      fast,
      { vehicles: ["ev"], fast: 0, seconds: 14 * hour, unless: smallComplex },
      { vehicles: ["phev"], fast: 0, seconds: 7 * hour, notCounted: [0, 6], unless: smallComplex },
    ],
  },
];

/** Enforcement is a queue: nothing here calls the control room. Numbers: domain.md B3. */
export const rules = [
  {
    id: "intruder",
    version: 1,
    kind: "bay",
    outcome: "event",
    class: "operations",
    priority: 4,
    title: text("일반차량 진입", "Non-EV enters a bay"),
    cause: text("일반차량이 빈 충전면에 들어왔습니다", "A combustion car has taken a free charging bay"),
    consequence: text(
      "충전하려는 차가 이용하지 못합니다. 대개 경고 방송 뒤 5분 안에 나갑니다",
      "Nobody can charge there. Most leave within 5 min of the spoken warning",
    ),
    response: [text("음성 경고가 나갔는지 확인합니다", "See that the warning was spoken")],
    minutes: 5,
    when: { kind: "held", metric: "vehicle", is: ["ice"], seconds: 0 },
  },
  {
    id: "intrusion",
    version: 1,
    kind: "bay",
    outcome: "case",
    class: "operations",
    priority: 4,
    title: text("충전구역 일반차량 주차", "Non-EV parked in a charging bay"),
    cause: text("경고 방송 뒤에도 일반차량이 5분 넘게 머물고 있습니다", "A combustion car has stayed for more than 5 min in spite of the warnings"),
    consequence: text("충전면을 쓸 수 없습니다. 과태료 부과 대상입니다", "The bay cannot be used. It is liable to a fine"),
    response: [
      text("입차 시각과 경고 기록을 확인합니다", "Check the time of entry and the warnings"),
      text("출차하면 사실을 확정해 과태료 부서로 넘깁니다", "When it has left, settle the facts and hand the case to the fining office"),
    ],
    minutes: 0,
    when: { kind: "overstay", occupied: "occupied", vehicle: "vehicle", law: parkingLaw },
  },
  {
    id: "overstay",
    version: 1,
    kind: "bay",
    outcome: "case",
    class: "operations",
    priority: 4,
    title: text("충전구역 장기 주차", "Overstay in a charging bay"),
    cause: text("충전이 끝난 뒤에도 허용 시간을 넘겨 주차하고 있습니다", "A plug-in car has stayed beyond the time that the law allows"),
    consequence: text("다른 차가 충전하지 못합니다. 과태료 부과 대상입니다", "Others cannot charge. It is liable to a fine"),
    response: [
      text("입차 시각, 차종, 제외 시간을 확인합니다", "Check entry, class and the hours that do not count"),
      text("출차하면 사실을 확정해 과태료 부서로 넘깁니다", "When it has left, settle the facts and hand the case to the fining office"),
    ],
    minutes: 0,
    when: { kind: "overstay", occupied: "occupied", vehicle: "vehicle", law: overstayLaw },
  },
  {
    // longer than a charger's stale limit, so that its status is one from after the car came; lawful as such, so nobody is sent
    id: "blocked",
    version: 1,
    kind: "bay",
    outcome: "event",
    class: "operations",
    priority: 4,
    title: text("충전하지 않는 차량", "Parked without charging"),
    cause: text("친환경차가 충전기를 연결하지 않은 채 주차하고 있습니다", "A plug-in car is parked without being plugged in"),
    consequence: text("충전기가 비어 있는데도 쓸 수 없습니다", "The charger is free and yet out of reach"),
    response: [text("같은 구역에서 되풀이되면 안내 표지를 점검합니다", "When a zone repeats it, look at its signs")],
    minutes: 0,
    when: {
      kind: "held",
      metric: "vehicle",
      is: ["ev", "phev"],
      seconds: 40 * 60,
      while: { metric: "cp", is: ["Available"], at: { kind: "charger", same: "number" } },
    },
  },
  {
    // nine of ten faults are gone within 2 h by themselves or by the operator's remote reset; what stays needs somebody to be sent
    id: "charger-fault",
    version: 1,
    kind: "charger",
    outcome: "alarm",
    class: "maintenance",
    priority: 4,
    title: text("충전기 고장", "Charger out of order"),
    cause: text("충전기가 2시간 넘게 고장 상태입니다", "The charger has reported a fault for more than 2 h"),
    consequence: text("이 면에서는 충전할 수 없고, 장기 주차 기준을 다투게 됩니다", "Nobody can charge there, and overstays at it will be disputed"),
    response: [
      text("운영사에 원격 재시동을 요청합니다", "Ask the operator of the charger for a remote restart"),
      text("복구되지 않으면 현장 점검을 접수합니다", "If it does not come back, order a repair"),
    ],
    minutes: 0,
    when: { kind: "held", metric: "cp", is: ["Faulted"], seconds: 2 * hour },
  },
] as const;
