import { defineService, number, state, text } from "../service.ts";
import { commands } from "./traffic/commands.ts";
import { incidents } from "./traffic/incidents.ts";
import { rules } from "./traffic/rules.ts";

/** Intersections: one approach detector each way and one signal controller. Fields after PeMS and MnDOT detector data; level of service is derived by the room. */
export const traffic = defineService({
  id: "traffic",
  title: text("교통", "Traffic"),
  mark: "M9 3h6v6h6v6h-6v6H9v-6H3V9h6z",
  sensitive: false,
  metrics: {
    volume: number("통행량", "Volume", {
      unit: "{veh}",
      min: 0,
      max: 240,
      precision: 0,
      aggregate: "sum",
      sensing: { plausible: [0, 160] },
    }),
    occ: number("점유율", "Occupancy", {
      unit: "1",
      min: 0,
      max: 1,
      precision: 3,
      aggregate: "mean",
      sensing: { stuck: 1800, stuckAbove: 0.02, plausible: [0, 0.95] },
    }),
    speed: number("속도", "Speed", {
      unit: "km/h",
      min: 0,
      max: 150,
      precision: 1,
      aggregate: "mean",
      sensing: { stuck: 1800, stuckAbove: 0, plausible: [0, 130] },
    }),
    queue: number("대기 행렬", "Queue", { unit: "{veh}", min: 0, max: 400, precision: 0, aggregate: "max" }),
    hv: number("대형차 비율", "Heavy vehicles", { unit: "1", min: 0, max: 1, precision: 2, aggregate: "mean" }),
    plan: state("신호 계획", "Signal plan", {
      night: text("심야", "night"),
      am: text("오전 첨두", "morning peak"),
      day: text("주간", "day"),
      pm: text("오후 첨두", "evening peak"),
      evening: text("저녁", "evening"),
      flash: text("점멸", "flashing"),
      manual: text("수동", "manual"),
    }),
    cycle: number("신호 주기", "Cycle", { unit: "s", min: 0, max: 300, precision: 0, aggregate: "last" }),
    green_main: number("주도로 녹색", "Main green", { unit: "s", min: 0, max: 300, precision: 0, aggregate: "last" }),
    green_cross: number("교차로 녹색", "Cross green", { unit: "s", min: 0, max: 300, precision: 0, aggregate: "last" }),
    offset: number("옵셋", "Offset", { unit: "s", min: 0, max: 300, precision: 0, aggregate: "last" }),
  },
  kinds: {
    approach: {
      label: text("접근로", "Approach"),
      metrics: ["volume", "occ", "speed", "queue", "hv"],
      every: 60,
      stale: 180,
      constants: ["lanes", "main", "heading", "metres"],
    },
    signal: {
      label: text("신호 제어기", "Signal controller"),
      metrics: ["plan", "cycle", "green_main", "green_cross", "offset"],
      every: 600,
      stale: 1800,
    },
  },
  events: {
    preempt: {
      label: text("긴급차량 우선신호", "Emergency green wave"),
      fields: { seconds: { kind: "number", label: text("길이", "Length"), unit: "s", min: 1, max: 600 } },
    },
  },
  derived: [],
  commands,
  rules,
  responses: [],
  incidents,
  outcomes: {
    delay: { label: text("차량 지체", "Delay of vehicles"), unit: "{veh}.s", precision: 0 },
    vehicles: { label: text("정지선을 지난 차량", "Vehicles past stop lines"), unit: "{veh}", precision: 0 },
  },
  panel: {
    figures: [
      {
        id: "flow",
        label: text("접근로 통행량", "Flow per approach"),
        unit: "{veh}/h",
        precision: 0,
        kind: "approach",
        metric: "volume",
        reduce: "mean",
        factor: 60,
        scale: [0, 900],
        usual: {
          weekday: [87, 44, 29, 27, 42, 117, 332, 642, 781, 660, 555, 538, 545, 547, 579, 664, 743, 807, 734, 534, 381, 315, 256, 170],
          weekend: [180, 129, 85, 66, 59, 71, 114, 184, 298, 424, 520, 585, 621, 606, 584, 578, 585, 579, 511, 395, 302, 262, 230, 192],
          spread: 0.18,
        },
      },
      {
        id: "speed",
        label: text("평균 통행속도", "Mean speed"),
        unit: "km/h",
        precision: 1,
        kind: "approach",
        metric: "speed",
        reduce: "mean",
        scale: [0, 60],
        usual: {
          weekday: [37, 38, 38, 38, 38, 36, 33, 30, 28, 30, 31, 31, 31, 31, 30, 30, 28, 28, 29, 31, 33, 34, 35, 35],
          weekend: [35, 36, 37, 37, 37, 37, 36, 34, 34, 33, 31, 30, 30, 30, 30, 31, 30, 31, 31, 33, 34, 35, 36, 35],
          spread: 0.14,
        },
      },
      {
        id: "queued",
        label: text("긴 대기 접근로", "Long queues"),
        unit: "",
        precision: 0,
        kind: "approach",
        metric: "queue",
        reduce: "count",
        atLeast: 25,
        scale: [0, 0.2],
        perDevice: true,
        usual: {
          weekday: [0, 0, 0, 0, 0, 0, 0.008, 0.08, 0.142, 0.054, 0.008, 0.005, 0.006, 0.006, 0.01, 0.03, 0.093, 0.145, 0.103, 0.019, 0.001, 0, 0, 0],
          weekend: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0.001, 0.006, 0.012, 0.019, 0.016, 0.013, 0.011, 0.012, 0.012, 0.006, 0.001, 0, 0, 0, 0],
          spread: 0.6,
        },
      },
    ],
    trend: "flow",
    main: { approach: "volume", signal: "cycle" },
  },
});
