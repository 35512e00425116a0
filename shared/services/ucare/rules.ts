import { text } from "../../text.ts";

/** Emergency safety service: button and fire go to people at once (domain.md B4). */
export const rules = [
  {
    id: "button",
    version: 1,
    kind: "home",
    outcome: "alarm",
    class: "operations",
    priority: 1,
    title: text("응급 호출", "Call button"),
    cause: text("대상자가 호출 버튼을 눌렀습니다", "The resident pressed the call button"),
    consequence: text("도움이 늦어집니다", "Help comes late"),
    response: [text("전화로 확인합니다", "Call back"), text("받지 않으면 119에 알립니다", "No answer: tell 119")],
    minutes: 5,
    when: { kind: "event", event: "button" },
    latched: true,
  },
] as const;
