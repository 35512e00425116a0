import { defineService, number, state, text } from "../service.ts";

/** Intersections: one approach detector each way and one signal controller. Sources: domain.md B1. */
export const traffic = defineService({
  id: "traffic",
  title: text("교통", "Traffic"),
  mark: "M9 3h6v6h6v6h-6v6H9v-6H3V9h6z",
  sensitive: false,
  metrics: {
    volume: number("통행량", "Volume", { unit: "{veh}", min: 0, max: 240, precision: 0, aggregate: "sum" }),
    occ: number("점유율", "Occupancy", { unit: "1", min: 0, max: 1, precision: 3, aggregate: "mean" }),
    speed: number("속도", "Speed", { unit: "km/h", min: 0, max: 150, precision: 1, aggregate: "mean" }),
    queue: number("대기 행렬", "Queue", { unit: "{veh}", min: 0, max: 400, precision: 0, aggregate: "max" }),
    hv: number("대형차 비율", "Heavy vehicles", { unit: "1", min: 0, max: 1, precision: 2, aggregate: "mean" }),
    plan: state("신호 계획", "Signal plan", {
      night: text("심야", "night"),
      am: text("오전 첨두", "morning peak"),
      day: text("주간", "day"),
      pm: text("오후 첨두", "evening peak"),
      evening: text("저녁", "evening"),
      flash: text("점멸", "flashing"),
    }),
    cycle: number("신호 주기", "Cycle", { unit: "s", min: 0, max: 300, precision: 0, aggregate: "last" }),
    green_main: number("주도로 녹색", "Main green", { unit: "s", min: 0, max: 300, precision: 0, aggregate: "last" }),
    green_cross: number("교차로 녹색", "Cross green", { unit: "s", min: 0, max: 300, precision: 0, aggregate: "last" }),
  },
  kinds: {
    approach: {
      label: text("접근로", "Approach"),
      metrics: ["volume", "occ", "speed", "queue", "hv"],
      every: 60,
      stale: 180,
      constants: ["lanes", "main", "heading"],
    },
    signal: { label: text("신호 제어기", "Signal controller"), metrics: ["plan", "cycle", "green_main", "green_cross"], every: 600, stale: 1800 },
  },
  events: {
    preempt: {
      label: text("긴급차량 우선신호", "Emergency green wave"),
      fields: { seconds: { kind: "number", label: text("길이", "Length"), unit: "s", min: 1, max: 600 } },
    },
  },
  derived: [],
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
          weekday: [68, 37, 26, 25, 35, 93, 315, 685, 809, 614, 531, 536, 548, 541, 564, 680, 728, 814, 723, 493, 343, 305, 242, 151],
          weekend: [181, 111, 71, 61, 62, 63, 113, 174, 299, 434, 521, 578, 622, 588, 565, 566, 569, 573, 501, 367, 275, 248, 213, 175],
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
          weekday: [44, 45, 45, 45, 45, 44, 39, 31, 28, 32, 34, 34, 33, 33, 33, 31, 30, 28, 30, 35, 38, 39, 40, 42],
          weekend: [42, 43, 44, 44, 44, 44, 43, 42, 39, 36, 34, 33, 32, 33, 33, 33, 33, 33, 35, 37, 39, 40, 40, 42],
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
          weekday: [
            0, 0, 0, 0, 0, 0, 0.004, 0.03, 0.05, 0.02, 0.015, 0.015, 0.015, 0.015, 0.015, 0.03, 0.04, 0.055, 0.04, 0.01, 0.004, 0.003, 0.002, 0,
          ],
          weekend: [
            0, 0, 0, 0, 0, 0, 0, 0.002, 0.004, 0.01, 0.014, 0.018, 0.02, 0.02, 0.018, 0.018, 0.018, 0.018, 0.014, 0.006, 0.003, 0.002, 0.001, 0,
          ],
          spread: 0.6,
        },
      },
    ],
    trend: "flow",
    main: { approach: "volume", signal: "cycle" },
  },
});
