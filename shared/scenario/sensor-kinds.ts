import { text } from "../text.ts";
import { by, count, metric, often, share } from "./fields.ts";
import type { InjectionKind } from "./injection.ts";

/** What is wrong with a sensor: between what is true and what it says. Without a metric named, the kind's main one. */
export const sensorKinds = {
  spike: {
    truth: "fault",
    title: text("튀는 값", "Spikes"),
    effect: text("{where}: {metric}이(가) 가끔 튑니다 ({often} % 의 측정).", "{where}: {metric} jumps for single readings ({often} % of them)."),
    fields: { metric, by, share: share(20), often: often(10) },
    on: "device",
    lasts: 3600,
  },
  drift: {
    truth: "fault",
    title: text("드리프트", "Drift"),
    effect: text("{where}: {metric}이(가) 한 시간에 조금씩 멀어집니다.", "{where}: {metric} creeps away, a little more every hour."),
    fields: { metric, by, share: share(2) },
    on: "device",
    lasts: 24 * 3600,
  },
  stuck: {
    truth: "fault",
    title: text("멈춘 값", "Stuck"),
    effect: text("{where}: {metric}이(가) 마지막 값에 멈춥니다.", "{where}: {metric} says its last value again and again."),
    fields: { metric },
    on: "device",
    lasts: 2 * 3600,
  },
  dropout: {
    truth: "fault",
    title: text("빠진 값", "Dropout"),
    effect: text("{where}: 측정의 {often} % 가 빠집니다.", "{where}: {often} % of the readings miss the value, or do not come."),
    fields: { metric, often: often(100) },
    on: "device",
    lasts: 3600,
  },
  noise: {
    truth: "fault",
    title: text("잡음", "Noise"),
    effect: text("{where}: {metric}에 잡음이 섞입니다.", "{where}: {metric} is noisy."),
    fields: { metric, by, share: share(3) },
    on: "device",
    lasts: 2 * 3600,
  },
  quantise: {
    truth: "fault",
    title: text("거친 눈금", "Coarse steps"),
    effect: text("{where}: {metric}이(가) 큰 눈금으로만 움직입니다.", "{where}: {metric} moves in coarse steps only."),
    fields: { metric, by, share: share(5) },
    on: "device",
    lasts: 6 * 3600,
  },
  bias: {
    truth: "fault",
    title: text("치우친 값", "Bias"),
    effect: text("{where}: {metric}이(가) 한쪽으로 치우칩니다.", "{where}: {metric} is off by the same amount."),
    fields: { metric, by, share: share(5) },
    on: "device",
    lasts: 6 * 3600,
  },
  "clock-skew": {
    truth: "fault",
    title: text("틀린 시계", "Wrong clock"),
    effect: text("{where}: 장치의 시계가 {seconds}초 빠릅니다 (음수 = 느림).", "{where}: its clock is {seconds} s ahead (negative: behind)."),
    fields: { seconds: count("차이", "Off by", "s", [-86_400, 86_400], -300) },
    on: "device",
    lasts: 2 * 3600,
  },
  "battery-drain": {
    truth: "fault",
    title: text("배터리 방전", "Battery drain"),
    effect: text(
      "{where}: 배터리가 {hours}시간 만에 바닥나고, 그 뒤에는 말하지 않습니다.",
      "{where}: the battery is empty within {hours} h; after that nothing is said.",
    ),
    fields: { hours: count("비는 시간", "Empty within", "h", [0.1, 720], 6, 0.1) },
    on: "device",
    lasts: 12 * 3600,
  },
} as const satisfies Readonly<Record<string, InjectionKind>>;
export type SensorKindId = keyof typeof sensorKinds;
