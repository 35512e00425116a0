import { defineService, flag, number, text } from "../service.ts";
import { commands } from "./ucare/commands.ts";
import { incidents } from "./ucare/incidents.ts";
import { rules } from "./ucare/rules.ts";

/** One resident living alone: 10-minute counts, never raw room events; pseudonymous home ids. Inactivity ladder and 10-minute data: the Seoul and Seongnam safety services (2019). */
export const ucare = defineService({
  id: "ucare",
  title: text("돌봄", "Home care"),
  mark: "M4 11l8-7 8 7v9H4zM8 15h2l2-3 2 5 1-2h2",
  sensitive: true,
  metrics: {
    act: number("활동", "Activity", { unit: "{count}", min: 0, max: 600, precision: 0, aggregate: "sum" }),
    away: flag("외출", "Away", text("외출", "away"), text("집", "home")),
    temp: number("실내 온도", "Room temperature", {
      unit: "Cel",
      min: -30,
      max: 60,
      precision: 1,
      aggregate: "mean",
      sensing: { stuck: 86_400, plausible: [-15, 58] },
    }),
    hum: number("습도", "Humidity", { unit: "%", min: 0, max: 100, precision: 0, aggregate: "mean" }),
    lux: number("조도", "Light", { unit: "lx", min: 0, max: 100_000, precision: 0, aggregate: "mean" }),
    gas: number("가스", "Gas", { unit: "[ppm]", min: 0, max: 50_000, precision: 0, aggregate: "max" }),
    batt: number("배터리", "Battery", { unit: "1", min: 0, max: 1, precision: 2, aggregate: "last" }),
  },
  kinds: {
    home: { label: text("가구", "Home"), metrics: ["act", "away", "temp", "hum", "lux", "gas", "batt"], every: 600, stale: 1800 },
  },
  events: {
    button: { label: text("응급 호출", "Call button"), fields: {}, truth: "event" },
    fire: { label: text("화재 감지", "Fire detected"), fields: {}, truth: "event" },
    gas: {
      label: text("가스 감지", "Gas detected"),
      fields: { ppm: { kind: "number", label: text("농도", "Concentration"), unit: "[ppm]", min: 0, max: 50_000 } },
      truth: "event",
    },
    door: { label: text("문", "Door"), fields: { to: { kind: "word", label: text("상태", "State"), words: ["open", "closed"] } } },
    call: {
      label: text("안부 전화", "Call"),
      fields: {
        result: { kind: "word", label: text("결과", "Result"), words: ["answered", "no-answer"] },
        says: { kind: "word", label: text("대답", "Answer"), words: ["ok", "help", "none"] },
      },
    },
    visit: {
      label: text("방문", "Visit"),
      fields: { result: { kind: "word", label: text("결과", "Result"), words: ["ok", "help", "nobody"] } },
    },
  },
  derived: [],
  commands,
  rules,
  responses: [],
  incidents,
  outcomes: {
    waited: { label: text("도움을 기다린 시간", "Time until help"), unit: "min", precision: 0 },
    needs: { label: text("도움이 필요했던 사람", "People in need of help"), unit: "{person}", precision: 0 },
  },
  panel: {
    figures: [
      {
        id: "activity",
        label: text("10분 활동", "Activity in 10 min"),
        unit: "",
        precision: 1,
        kind: "home",
        metric: "act",
        reduce: "mean",
        scale: [0, 20],
        usual: {
          weekday: [0.7, 0.7, 0.7, 0.7, 0.8, 1.7, 5.1, 8.3, 10.4, 8.6, 6.5, 8.6, 11.2, 9.2, 5.4, 4.2, 5.6, 9.7, 13, 11.8, 8.5, 5.3, 2.6, 1.1],
          weekend: [0.7, 0.7, 0.7, 0.7, 0.8, 1.8, 4.3, 8, 10.1, 8.7, 6.8, 9, 11.7, 9.3, 5.3, 4.2, 5.9, 9.7, 12.7, 11.7, 8.2, 5.1, 2.8, 1.2],
          spread: 0.4,
        },
      },
      {
        id: "away",
        label: text("외출 중", "Away"),
        unit: "",
        precision: 0,
        kind: "home",
        metric: "away",
        reduce: "count",
        scale: [0, 0.6],
        perDevice: true,
        usual: {
          weekday: [
            0.009, 0.004, 0.002, 0.001, 0.001, 0.001, 0.008, 0.024, 0.05, 0.141, 0.243, 0.244, 0.189, 0.183, 0.236, 0.265, 0.253, 0.193, 0.123, 0.088,
            0.084, 0.069, 0.039, 0.018,
          ],
          weekend: [
            0.006, 0.003, 0.001, 0.001, 0, 0.001, 0.008, 0.015, 0.042, 0.116, 0.207, 0.213, 0.169, 0.179, 0.231, 0.271, 0.243, 0.187, 0.125, 0.082,
            0.084, 0.073, 0.04, 0.017,
          ],
          spread: 0.5,
        },
      },
      {
        id: "temp",
        label: text("평균 실내 온도", "Mean room temperature"),
        unit: "Cel",
        precision: 1,
        kind: "home",
        metric: "temp",
        reduce: "mean",
        scale: [10, 34],
        usual: {
          weekday: [
            21.6, 21.4, 21.3, 21.2, 21.2, 21.1, 21.2, 21.2, 21.3, 21.5, 21.6, 21.7, 21.8, 21.9, 22, 22.1, 22.2, 22.2, 22.3, 22.3, 22.3, 22.2, 22.1,
            21.8,
          ],
          weekend: [
            21.1, 20.9, 20.8, 20.8, 20.8, 20.8, 20.8, 20.9, 21, 21.2, 21.3, 21.3, 21.4, 21.5, 21.6, 21.7, 21.7, 21.8, 21.8, 21.8, 21.8, 21.8, 21.6,
            21.4,
          ],
          spread: 0.12,
        },
      },
    ],
    trend: "activity",
    main: { home: "act" },
  },
});
