import { defineService, flag, number, state, steady, text } from "../service.ts";
import { commands } from "./stream/commands.ts";
import { incidents } from "./stream/incidents.ts";
import { responses } from "./stream/responses.ts";
import { rules } from "./stream/rules.ts";

/** Water level along one urban stream, and the gates of the path beside it. Names after Smart Data Models FloodMonitoring; warning levels after the Han River Flood Control Office. */
export const stream = defineService({
  id: "stream",
  title: text("하천", "Stream"),
  mark: "M3 8c3-3 6 3 9 0s6 3 9 0M3 13c3-3 6 3 9 0s6 3 9 0M3 18c3-3 6 3 9 0s6 3 9 0",
  sensitive: false,
  metrics: {
    dist: number("수면까지 거리", "Distance to water", { unit: "m", min: 0, max: 30, precision: 4, aggregate: "mean" }),
    level: number("수위", "Level", {
      unit: "m",
      min: -5,
      max: 30,
      precision: 3,
      aggregate: "mean",
      sensing: { stuck: 3600, spike: 0.3, perMinute: 0.3, plausible: [-0.5, 15], driftPerDay: 0.02, fedBy: "rain" },
    }),
    flow: number("유량", "Flow", { unit: "m3/s", min: 0, max: 6000, precision: 1, aggregate: "mean" }),
    rain: number("강우", "Rain", {
      unit: "mm/h",
      min: 0,
      max: 300,
      precision: 1,
      aggregate: "mean",
      sensing: { stuck: 3600, stuckAbove: 2, plausible: [0, 200] },
    }),
    batt: number("배터리", "Battery", { unit: "1", min: 0, max: 1, precision: 2, aggregate: "last" }),
    gate: state(
      "차단문",
      "Gate",
      {
        open: text("열림", "open"),
        closing: text("닫히는 중", "closing"),
        closed: text("닫힘", "closed"),
        opening: text("열리는 중", "opening"),
        fault: text("고장", "fault"),
      },
      ["fault"],
    ),
    person: flag("사람 감지", "Person in gap", text("있음", "person"), text("없음", "clear")),
    display: state("안내 전광판", "Path display", {
      off: text("꺼짐", "off"),
      caution: text("하천 수위 주의", "caution"),
      closed: text("산책로 통제", "path closed"),
      evacuate: text("즉시 대피", "leave at once"),
    }),
  },
  kinds: {
    gauge: {
      label: text("수위계", "Gauge"),
      metrics: ["level", "flow", "dist", "rain", "batt"],
      every: 60,
      stale: 180,
      constants: ["reference", "chainage", "datum", "bankfull", "rating_a", "rating_h0", "rating_b", "interest", "caution", "alert", "serious"],
    },
    gate: {
      label: text("스마트 차단문", "Smart gate"),
      metrics: ["gate", "person", "batt", "display"],
      every: 600,
      stale: 1800,
      constants: ["chainage", "side", "sill"],
    },
  },
  events: {
    gate: {
      label: text("차단문 상태 바뀜", "Gate moved"),
      fields: { to: { kind: "word", label: text("상태", "State"), words: ["open", "closing", "closed", "opening", "fault"] } },
    },
    "echo-lost": { label: text("반사 잃음", "Echo lost"), fields: {} },
  },
  derived: [
    {
      metric: "level",
      from: ["dist"],
      constants: ["reference"],
      value: ([dist = 0], [reference = 0]) => reference - dist,
      source: "level = referenceLevel - measuredDistance (Smart Data Models FloodMonitoring)",
    },
    {
      metric: "flow",
      from: ["dist"],
      constants: ["reference", "rating_a", "rating_h0", "rating_b"],
      value: ([dist = 0], [reference = 0, a = 0, h0 = 0, b = 1]) => a * Math.max(0, reference - dist - h0) ** b,
      source: "rating curve Q = a (h - h0)^b",
    },
  ],
  commands,
  rules,
  responses,
  incidents,
  outcomes: {
    "on-flooded-path": { label: text("잠긴 산책로에 있던 사람", "People on flooded paths"), unit: "{person}.min", precision: 1 },
    "open-under-water": { label: text("물에 잠긴 채 열린 차단문", "Gates open under water"), unit: "min", precision: 0 },
  },
  panel: {
    figures: [
      {
        id: "level",
        label: text("가장 높은 수위", "Highest level"),
        unit: "m",
        precision: 2,
        kind: "gauge",
        metric: "level",
        reduce: "max",
        scale: [0, 8],
        usual: steady(1.4, 0.12),
      },
      {
        id: "flow",
        label: text("가장 큰 유량", "Largest flow"),
        unit: "m3/s",
        precision: 1,
        kind: "gauge",
        metric: "flow",
        reduce: "max",
        scale: [0, 1500],
        usual: steady(5, 0.5),
      },
      {
        id: "rain",
        label: text("유역 강우", "Basin rain"),
        unit: "mm/h",
        precision: 1,
        kind: "gauge",
        metric: "rain",
        reduce: "mean",
        scale: [0, 60],
        usual: steady(0.4, 1),
      },
    ],
    trend: "level",
    main: { gauge: "level", gate: "gate" },
  },
});
