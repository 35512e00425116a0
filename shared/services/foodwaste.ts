import { defineService, flag, number, steady, text } from "../service.ts";
import { commands } from "./foodwaste/commands.ts";
import { incidents } from "./foodwaste/incidents.ts";
import { responses } from "./foodwaste/responses.ts";
import { rules } from "./foodwaste/rules.ts";

/** RFID food-waste units: tag, lid, weigh, fee. Flow and 50 g scale step: the Korea Environment Corporation's RFID system. */
export const foodwaste = defineService({
  id: "foodwaste",
  title: text("음식물", "Food waste"),
  mark: "M5 7h14l-1 14H6zM3 7h18M9 7V4h6v3M10 11v6M14 11v6",
  sensitive: false,
  metrics: {
    gross: number("총 무게", "Gross weight", { unit: "kg", min: -5, max: 300, precision: 2, aggregate: "last", sensing: { plausible: [-3, 250] } }),
    fill: number("적재율", "Fill", { unit: "1", min: 0, max: 1.5, precision: 2, aggregate: "mean" }),
    temp: number("통 온도", "Bin temperature", {
      unit: "Cel",
      min: -30,
      max: 80,
      precision: 1,
      aggregate: "mean",
      sensing: { stuck: 43_200, plausible: [-25, 80] },
    }),
    lid: flag("뚜껑", "Lid", text("열림", "open"), text("닫힘", "closed")),
    batt: number("배터리", "Battery", { unit: "1", min: 0, max: 1, precision: 2, aggregate: "last" }),
    lock: flag("뚜껑 잠금", "Lid lock", text("잠김", "locked"), text("풀림", "unlocked")),
  },
  kinds: {
    bin: {
      label: text("수거함", "Unit"),
      metrics: ["fill", "gross", "temp", "lid", "batt", "lock"],
      every: 600,
      stale: 1800,
      constants: ["tare", "households", "capacity"],
    },
  },
  events: {
    deposit: {
      label: text("배출", "Deposit"),
      fields: {
        token: { kind: "token", label: text("가구 표식", "Household token") },
        net: { kind: "number", label: text("무게", "Net"), unit: "kg", min: 0, max: 30 },
        fee: { kind: "number", label: text("요금", "Fee"), unit: "KRW", min: 0, max: 10_000 },
      },
    },
    emptied: { label: text("수거", "Emptied"), fields: { kg: { kind: "number", label: text("수거량", "Taken"), unit: "kg", min: 0, max: 300 } } },
    tare: { label: text("영점 맞춤", "Tare"), fields: {} },
    fault: {
      label: text("고장", "Fault"),
      fields: { code: { kind: "word", label: text("부위", "Part"), words: ["comms", "power", "weight", "lock", "card", "volume"] } },
      truth: "fault",
    },
  },
  derived: [],
  commands,
  rules,
  responses,
  incidents,
  outcomes: {
    overfilled: { label: text("넘친 음식물", "Waste above capacity"), unit: "kg.h", precision: 1 },
  },
  panel: {
    figures: [
      {
        id: "fill",
        label: text("평균 적재율", "Mean fill"),
        unit: "%",
        precision: 0,
        kind: "bin",
        metric: "fill",
        reduce: "mean",
        factor: 100,
        scale: [0, 100],
        usual: {
          weekday: [47, 47, 47, 47, 45, 36, 26, 21, 23, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 36, 39, 42, 43, 44],
          weekend: [36, 36, 36, 36, 35, 29, 23, 20, 22, 24, 26, 27, 28, 29, 30, 31, 32, 34, 35, 38, 41, 44, 46, 47],
          spread: 0.3,
        },
      },
      {
        id: "full",
        label: text("80 % 이상", "Over 80 %"),
        unit: "",
        precision: 0,
        kind: "bin",
        metric: "fill",
        reduce: "count",
        atLeast: 0.8,
        scale: [0, 0.3],
        perDevice: true,
        usual: {
          weekday: [
            0.054, 0.053, 0.053, 0.053, 0.051, 0.035, 0.014, 0.003, 0.003, 0.003, 0.003, 0.003, 0.003, 0.003, 0.003, 0.003, 0.003, 0.003, 0.003,
            0.005, 0.011, 0.021, 0.031, 0.035,
          ],
          weekend: [
            0.014, 0.014, 0.014, 0.014, 0.014, 0.01, 0.006, 0.003, 0.003, 0.003, 0.004, 0.004, 0.005, 0.006, 0.006, 0.007, 0.009, 0.011, 0.014, 0.024,
            0.036, 0.054, 0.066, 0.075,
          ],
          spread: 0.7,
        },
      },
      {
        id: "temp",
        label: text("통 평균 온도", "Mean bin temperature"),
        unit: "Cel",
        precision: 1,
        kind: "bin",
        metric: "temp",
        reduce: "mean",
        scale: [-10, 45],
        usual: steady(14, 0.6),
      },
    ],
    trend: "fill",
    main: { bin: "fill" },
  },
});
