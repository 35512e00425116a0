import { defineService, flag, number, state, text } from "../service.ts";
import { commands } from "./evzone/commands.ts";
import { incidents } from "./evzone/incidents.ts";
import { responses } from "./evzone/responses.ts";
import { rules } from "./evzone/rules.ts";

/** EV charging zones: a bay and a charger are two devices; a violation is a rule over both. Status words: OCPP 1.6 ChargePointStatus. */
export const evzone = defineService({
  id: "evzone",
  title: text("충전구역", "EV zones"),
  mark: "M4 4h16v16H4zM13 7l-4 6h5l-3 5",
  sensitive: false,
  metrics: {
    occupied: flag("점유", "Occupied", text("사용 중", "occupied"), text("비어 있음", "free")),
    vehicle: state("차종", "Vehicle", {
      none: text("없음", "none"),
      ev: text("전기", "EV"),
      phev: text("플러그인", "plug-in"),
      ice: text("내연", "combustion"),
      exempt: text("예외", "exempt"),
      unknown: text("모름", "unknown"),
    }),
    cp: state(
      "충전기 상태",
      "Charger status",
      {
        Available: text("사용 가능", "Available"),
        Preparing: text("준비", "Preparing"),
        Charging: text("충전 중", "Charging"),
        SuspendedEVSE: text("충전기 중지", "SuspendedEVSE"),
        SuspendedEV: text("차량 중지", "SuspendedEV"),
        Finishing: text("마침", "Finishing"),
        Reserved: text("예약", "Reserved"),
        Unavailable: text("사용 불가", "Unavailable"),
        Faulted: text("고장", "Faulted"),
      },
      ["Faulted"],
    ),
    power: number("충전 전력", "Power", { unit: "kW", min: 0, max: 400, precision: 1, aggregate: "mean", sensing: { plausible: [0, 360] } }),
    energy: number("누적 전력량", "Energy register", { unit: "kW.h", min: 0, max: 10_000_000, precision: 2, aggregate: "last" }),
    soc: number("충전율", "State of charge", { unit: "%", min: 0, max: 100, precision: 0, aggregate: "last" }),
    light: flag("경광등", "Warning light", text("켜짐", "on"), text("꺼짐", "off")),
  },
  kinds: {
    bay: {
      label: text("주차면", "Bay"),
      metrics: ["occupied", "vehicle", "light"],
      every: 600,
      stale: 1800,
      constants: ["fast", "number", "households"],
    },
    charger: { label: text("충전기", "Charger"), metrics: ["cp", "power", "energy", "soc"], every: 600, stale: 1800, constants: ["rated", "number"] },
  },
  events: {
    in: {
      label: text("입차", "Vehicle in"),
      fields: {
        class: { kind: "word", label: text("차종", "Class"), words: ["ev", "phev", "ice", "exempt", "unknown"] },
        token: { kind: "token", label: text("하루짜리 표식", "Day token") },
      },
    },
    out: {
      label: text("출차", "Vehicle out"),
      fields: { dwell: { kind: "number", label: text("머문 시간", "Dwell"), unit: "s", min: 0, max: 10_000_000 } },
    },
    warn: { label: text("음성 경고", "Voice warning"), fields: { n: { kind: "number", label: text("차수", "Step"), unit: "1", min: 1, max: 9 } } },
  },
  derived: [],
  commands,
  rules,
  responses,
  incidents,
  outcomes: {
    blocked: { label: text("충전하지 못한 면", "Bays that nobody could charge in"), unit: "min", precision: 0 },
  },
  panel: {
    figures: [
      {
        id: "used",
        label: text("사용 중 면", "Bays in use"),
        unit: "",
        precision: 0,
        kind: "bay",
        metric: "occupied",
        reduce: "count",
        scale: [0, 1],
        perDevice: true,
        usual: {
          weekday: [
            0.28, 0.26, 0.25, 0.23, 0.22, 0.21, 0.2, 0.19, 0.21, 0.22, 0.23, 0.23, 0.23, 0.23, 0.24, 0.26, 0.28, 0.3, 0.31, 0.33, 0.32, 0.32, 0.31,
            0.3,
          ],
          weekend: [
            0.26, 0.25, 0.24, 0.23, 0.22, 0.21, 0.19, 0.17, 0.16, 0.18, 0.2, 0.22, 0.24, 0.25, 0.26, 0.28, 0.3, 0.32, 0.32, 0.32, 0.33, 0.31, 0.29,
            0.28,
          ],
          spread: 0.2,
        },
      },
      {
        id: "power",
        label: text("충전 전력", "Charging power"),
        unit: "kW",
        precision: 0,
        kind: "charger",
        metric: "power",
        reduce: "sum",
        scale: [0, 4],
        perDevice: true,
        usual: {
          weekday: [
            0.43, 0.27, 0.19, 0.13, 0.07, 0.1, 0.29, 0.65, 1.09, 1.46, 1.55, 1.53, 1.53, 1.38, 1.53, 1.57, 1.52, 1.76, 1.77, 1.78, 1.42, 1.14, 0.92,
            0.66,
          ],
          weekend: [
            0.32, 0.28, 0.17, 0.16, 0.1, 0.16, 0.23, 0.67, 1.14, 1.49, 1.64, 1.65, 1.81, 1.78, 1.7, 1.73, 1.82, 1.79, 1.75, 1.62, 1.5, 1.14, 0.81,
            0.54,
          ],
          spread: 0.4,
        },
      },
      {
        id: "intruders",
        label: text("비전기차 점유", "Non-EV in bays"),
        unit: "",
        precision: 0,
        kind: "bay",
        metric: "vehicle",
        reduce: "count",
        words: ["ice"],
        scale: [0, 0.03],
        perDevice: true,
        usual: {
          weekday: [
            0.0009, 0.0008, 0.0007, 0.0007, 0.0007, 0.0008, 0.0011, 0.0019, 0.0031, 0.0034, 0.0038, 0.0043, 0.0048, 0.0045, 0.0043, 0.0043, 0.0045,
            0.0052, 0.0055, 0.0049, 0.0037, 0.0026, 0.0018, 0.0013,
          ],
          weekend: [
            0.0009, 0.0008, 0.0007, 0.0007, 0.0007, 0.0008, 0.0011, 0.0019, 0.0031, 0.0034, 0.0038, 0.0043, 0.0048, 0.0045, 0.0043, 0.0043, 0.0045,
            0.0052, 0.0055, 0.0049, 0.0037, 0.0026, 0.0018, 0.0013,
          ],
          spread: 0.8,
        },
      },
    ],
    trend: "used",
    main: { bay: "occupied", charger: "power" },
  },
});
