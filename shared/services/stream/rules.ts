import { text } from "../../text.ts";

const steps = [
  { limit: { constant: "caution" }, priority: 3, name: text("주의", "caution") },
  { limit: { constant: "alert" }, priority: 2, name: text("경계", "alert") },
  { limit: { constant: "serious" }, priority: 1, name: text("심각", "serious") },
] as const;

/** Warning ladder of the Han River Flood Control Office; numbers: domain.md B2. */
export const rules = [
  {
    id: "level",
    version: 1,
    kind: "gauge",
    outcome: "alarm",
    class: "operations",
    priority: 3,
    title: text("수위", "Water level"),
    cause: text("상류의 비가 하천으로 모였습니다", "Rain upstream has gathered in the stream"),
    consequence: text("산책로와 둔치가 잠깁니다", "Paths and banks go under water"),
    response: [text("산책로 차단문을 닫습니다", "Close the gates of the path"), text("하류 수위를 확인합니다", "Check the levels downstream")],
    minutes: 30,
    when: { kind: "limit", metric: "level", side: "above", steps, deadband: 0.1, samples: 2 },
  },
] as const;
