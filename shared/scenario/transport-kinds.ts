import { text } from "../text.ts";
import { count, often, word } from "./fields.ts";
import type { InjectionKind } from "./injection.ts";

/** What is wrong between a gateway and the broker: it strikes the whole gateway of each device that is named. */
export const transportKinds = {
  duplicate: {
    truth: "fault",
    title: text("중복 전송", "Duplicates"),
    effect: text("{where}: 메시지의 {often} % 가 두 번 옵니다.", "{where}: {often} % of the messages come twice."),
    fields: { often: often(50) },
    on: "gateway",
    lasts: 1800,
  },
  "out-of-order": {
    truth: "fault",
    title: text("순서 바뀜", "Out of order"),
    effect: text(
      "{where}: 메시지의 {often} % 가 다음 것보다 늦게 옵니다.",
      "{where}: {often} % of the messages come after the one that follows them.",
    ),
    fields: { often: often(50) },
    on: "gateway",
    lasts: 1800,
  },
  delay: {
    truth: "fault",
    title: text("지연", "Delay"),
    effect: text("{where}: 메시지가 {seconds}초까지 늦게 옵니다.", "{where}: messages come up to {seconds} s late."),
    fields: { seconds: count("지연", "Up to", "s", [1, 3600], 90) },
    on: "gateway",
    lasts: 1800,
  },
  loss: {
    truth: "fault",
    title: text("유실", "Loss"),
    effect: text("{where}: 메시지의 {often} % 가 사라집니다.", "{where}: {often} % of the messages are lost."),
    fields: { often: often(30) },
    on: "gateway",
    lasts: 1800,
  },
  disconnect: {
    truth: "fault",
    title: text("갑작스러운 끊김", "Abrupt end"),
    effect: text(
      "{where}: 인사 없이 끊기고 (마지막 유언), 끝나면 밀린 것을 보냅니다.",
      "{where}: gone without a farewell (last will); afterwards it sends what it kept.",
    ),
    fields: {},
    on: "gateway",
    lasts: 600,
  },
  "half-open": {
    truth: "fault",
    title: text("반쯤 열린 연결", "Half-open line"),
    effect: text(
      "{where}: 연결은 열려 있으나 아무것도 지나가지 않습니다. 끝나면 새 연결로 밀린 것을 보냅니다.",
      "{where}: the connection stands and nothing passes; afterwards a new one brings what was kept.",
    ),
    fields: {},
    on: "gateway",
    lasts: 600,
  },
  takeover: {
    truth: "fault",
    title: text("연결 가로채기", "Client id takeover"),
    effect: text(
      "{where}: 다른 클라이언트가 그 이름으로 접속해 밀어냅니다.",
      "{where}: another client signs in under its name and throws it off the line.",
    ),
    fields: {},
    on: "gateway",
    lasts: 600,
  },
  backlog: {
    truth: "fault",
    title: text("밀린 것 한꺼번에", "Backlog burst"),
    effect: text(
      "{where}: 회선이 끊겼다가, 끝나면 밀린 것이 한꺼번에 옵니다.",
      "{where}: the line is down; at the end what was kept comes in one burst.",
    ),
    fields: {},
    on: "gateway",
    lasts: 1800,
  },
  malformed: {
    truth: "fault",
    title: text("깨진 메시지", "Malformed payload"),
    effect: text("{where}: 메시지의 {often} % 가 읽을 수 없게 옵니다.", "{where}: {often} % of the messages cannot be read."),
    fields: {
      shape: word(
        "무엇이 깨졌나",
        "What is wrong",
        {
          json: text("JSON이 아님", "no JSON"),
          shape: text("모양이 다름", "wrong shape"),
          metric: text("모르는 측정값", "unknown metric"),
        },
        "json",
      ),
      often: often(50),
    },
    on: "gateway",
    lasts: 1800,
  },
  stranger: {
    truth: "fault",
    title: text("낯선 발신자", "Stranger"),
    effect: text(
      "낯선 클라이언트가 {where}인 척 {every}초마다 보냅니다. 브로커가 거절합니다.",
      "Every {every} s a stranger publishes as {where}; the broker refuses it.",
    ),
    fields: {
      who: word(
        "누가",
        "Who",
        { foreign: text("다른 게이트웨이", "another gateway"), unknown: text("모르는 클라이언트", "an unknown client") },
        "foreign",
      ),
      every: count("간격", "Every", "s", [5, 3600], 30),
    },
    on: "device",
    lasts: 600,
  },
} as const satisfies Readonly<Record<string, InjectionKind>>;
export type TransportKindId = keyof typeof transportKinds;
