import { text } from "../../text.ts";

const orderTruck = text("수거를 지시해 운반차를 먼저 보냅니다", "Order a collection: the next free truck goes there");

/** Numbers are assumptions but for the law's: weight that is lost outside a licensed place is dumping (domain.md A 25). */
export const rules = [
  {
    // the scale errs by 20 kg and a leaking valve loses some hundred on a whole trip: half a ton within ten minutes is let out. What is unloaded at a
    // place of the service does not count, also not just after leaving it
    id: "dumping",
    version: 1,
    kind: "truck",
    outcome: "alarm",
    class: "operations",
    priority: 2,
    title: text("축산분뇨 무단 투기 의심", "Manure dumped on the way"),
    cause: text(
      "농가, 자원화시설, 액비 저장조가 아닌 곳에서 적재 중량이 줄었습니다",
      "The load fell where there is neither farm nor plant nor field tank",
    ),
    consequence: text("분뇨가 하천과 지하수로 흘러들고 악취가 퍼집니다", "Manure runs into stream and ground water, and it smells"),
    response: [
      text("기사를 불러 배출을 멈추게 합니다", "Call the driver and have the valve shut"),
      text("환경 담당에게 위치를 알려 현장 증거를 확보하게 합니다", "Tell the environment officer where, so that evidence is taken on the spot"),
      text("우수구와 하천으로 흐르면 차단을 요청합니다", "If it runs into a drain or the stream, have it dammed"),
    ],
    minutes: 15,
    when: {
      kind: "rate",
      metric: "load",
      side: "falling",
      by: 500,
      within: 600,
      awayFrom: { position: "pos", kinds: ["farm", "plant", "field"], radius: "radius" },
    },
    links: [{ to: "dispatch-112", when: "asked" }],
  },
  {
    // one block is 300 to 500 m, and closed roads are ordinary: who drives round one calls nobody
    id: "off-route",
    version: 1,
    kind: "truck",
    outcome: "event",
    class: "operations",
    priority: 4,
    title: text("운반 경로 이탈", "Off its route"),
    cause: text("운반차가 신고한 경로에서 250 m 넘게 벗어났습니다", "The truck is more than 250 m off the route that it has declared"),
    consequence: text("우회일 수 있습니다. 적재 중량이 줄면 투기입니다", "It may be a detour. If the load falls, it is dumping"),
    response: [text("적재 중량을 지켜봅니다", "Watch the load")],
    minutes: 0,
    when: { kind: "limit", metric: "off", side: "above", steps: [{ limit: 250, priority: 4 }], deadband: 100, samples: 3 },
  },
  {
    // longer than a tunnel or a yard under a roof takes; nothing is known of where the load goes meanwhile
    id: "position-lost",
    version: 1,
    kind: "truck",
    outcome: "alarm",
    class: "maintenance",
    priority: 3,
    title: text("운행 중 위치 끊김", "Position lost on the road"),
    cause: text("시동이 켜진 채 10분 넘게 위성 신호를 받지 못했습니다", "The engine runs, and no satellite has been received for 10 min"),
    consequence: text("그동안 어디서 배출했는지 알 수 없습니다", "Where it discharges meanwhile cannot be known"),
    response: [
      text("기사를 불러 단말과 안테나를 확인하게 합니다", "Call the driver and have terminal and aerial looked at"),
      text("되풀이되면 전파 방해를 의심하고 점검을 접수합니다", "If it repeats, suspect a jammer and order an inspection"),
    ],
    minutes: 0,
    when: { kind: "held", metric: "gps", is: false, seconds: 600, while: { metric: "engine", is: true } },
  },
  {
    id: "pit-high",
    version: 1,
    kind: "farm",
    outcome: "task",
    class: "operations",
    priority: 4,
    title: text("농가 저장조 수위 높음", "Farm pit nearly full"),
    cause: text("저장조 수위가 90 %를 넘었습니다", "The pit is more than 90 % full"),
    consequence: text("며칠 안에, 큰비가 오면 그날로 넘칩니다", "It overflows within days, and with heavy rain today"),
    response: [orderTruck],
    minutes: 0,
    when: { kind: "limit", metric: "fill", side: "above", steps: [{ limit: 0.9, priority: 4 }], deadband: 0.03, samples: 2 },
  },
  {
    id: "overflow",
    version: 1,
    kind: "farm",
    outcome: "alarm",
    class: "operations",
    priority: 3,
    title: text("농가 저장조 넘침", "Farm pit overflows"),
    cause: text("저장조가 98 %까지 찼습니다", "The pit is 98 % full"),
    consequence: text("분뇨가 농가 밖 우수구와 하천으로 흘러듭니다", "Manure runs off the farm, into drains and the stream"),
    response: [orderTruck, text("농가에 연락해 빗물 유입과 급수를 막게 합니다", "Have the farm shut out rain water and stop washing")],
    minutes: 60,
    when: { kind: "limit", metric: "fill", side: "above", steps: [{ limit: 0.98, priority: 3 }], deadband: 0.02, samples: 2 },
  },
] as const;
