import { defineService, flag, number, position, state, text } from "../service.ts";
import { commands } from "./manure/commands.ts";
import { incidents } from "./manure/incidents.ts";
import { responses } from "./manure/responses.ts";
import { rules } from "./manure/rules.ts";

/** What a tank's circle and content are judged by; a truck that is inside of the circle is there. */
const tank = ["tank", "radius"] as const;

/** Trucks that carry livestock manure from farms to where it may go. Weight and position: the electronic transfer system of the Livestock Excreta Act. */
export const manure = defineService({
  id: "manure",
  title: text("축산분뇨", "Manure"),
  mark: "M3 6h11v10H3zM14 9h4l3 4v3h-7M6 16v3h3v-3M15 16v3h3v-3",
  sensitive: false,
  metrics: {
    // plants lie within some km of the city; a truck that drives moves by a block in half a minute
    pos: position("위치", "Position", { away: 30, stuck: 240, moving: { metric: "speed", atLeast: 10 } }),
    load: number("적재 중량", "Load", {
      unit: "kg",
      min: 0,
      max: 30_000,
      precision: 0,
      aggregate: "mean",
      sensing: { plausible: [0, 16_000] },
    }),
    speed: number("속도", "Speed", { unit: "km/h", min: 0, max: 130, precision: 0, aggregate: "mean", sensing: { plausible: [0, 110] } }),
    off: number("경로에서 벗어난 거리", "Off its route", { unit: "m", min: 0, max: 20_000, precision: 0, aggregate: "max" }),
    valve: flag("배출 밸브", "Discharge valve", text("열림", "open"), text("닫힘", "closed")),
    engine: flag("시동", "Engine", text("켜짐", "on"), text("꺼짐", "off")),
    trip: state("인계 단계", "Trip", {
      idle: text("대기", "idle"),
      fetching: text("상차지로 이동", "to a farm"),
      loading: text("상차", "loading"),
      carrying: text("하차지로 이동", "carrying"),
      unloading: text("하차", "unloading"),
      returning: text("복귀", "returning"),
    }),
    fill: number("저장조 수위", "Tank level", { unit: "1", min: 0, max: 1.5, precision: 3, aggregate: "mean", sensing: { plausible: [0, 1.2] } }),
    gps: flag("위성 수신", "Satellites", text("수신", "received"), text("끊김", "lost")),
    batt: number("배터리", "Battery", { unit: "1", min: 0, max: 1, precision: 2, aggregate: "last" }),
  },
  kinds: {
    truck: {
      label: text("운반차", "Truck"),
      metrics: ["pos", "load", "speed", "off", "valve", "engine", "trip", "gps", "batt"],
      every: 30,
      stale: 120,
      constants: ["capacity"],
    },
    farm: { label: text("농가", "Farm"), metrics: ["fill", "batt"], every: 600, stale: 1800, constants: tank },
    plant: { label: text("처리장", "Plant"), metrics: ["fill"], every: 600, stale: 1800, constants: tank },
    field: { label: text("액비조", "Field"), metrics: ["fill", "batt"], every: 600, stale: 1800, constants: tank },
  },
  events: {
    loaded: {
      label: text("상차 인계", "Loaded"),
      fields: {
        doc: { kind: "token", label: text("인계서", "Transfer slip") },
        kg: { kind: "number", label: text("무게", "Weight"), unit: "kg", min: 0, max: 30_000 },
      },
    },
    unloaded: {
      label: text("하차 인수", "Unloaded"),
      fields: {
        doc: { kind: "token", label: text("인계서", "Transfer slip") },
        kg: { kind: "number", label: text("무게", "Weight"), unit: "kg", min: 0, max: 30_000 },
      },
    },
    fetched: { label: text("수거", "Fetched"), fields: { kg: { kind: "number", label: text("수거량", "Taken"), unit: "kg", min: 0, max: 30_000 } } },
    answered: {
      label: text("기사 응답", "Driver answers"),
      fields: { says: { kind: "word", label: text("답", "Says"), words: ["usual", "detour", "stops"] } },
    },
  },
  derived: [],
  commands,
  rules,
  responses,
  incidents,
  outcomes: {
    dumped: { label: text("허용 장소 밖에 버린 양", "Dumped outside allowed places"), unit: "kg", precision: 0 },
    overflowed: { label: text("저장조에서 넘친 양", "Overflowed from pits"), unit: "kg", precision: 0 },
  },
  panel: {
    figures: [
      {
        id: "under-way",
        label: text("운행 중", "Under way"),
        unit: "",
        precision: 0,
        kind: "truck",
        metric: "engine",
        reduce: "count",
        scale: [0, 1],
        perDevice: true,
        usual: {
          weekday: [0, 0, 0, 0, 0, 0, 0.05, 0.42, 0.72, 0.65, 0.75, 0.65, 0.62, 0.48, 0.33, 0.3, 0.22, 0.04, 0, 0, 0, 0, 0, 0],
          weekend: [0, 0, 0, 0, 0, 0, 0.01, 0.18, 0.34, 0.33, 0.37, 0.33, 0.16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          spread: 0.6,
        },
      },
      {
        id: "carried",
        label: text("운반 중인 분뇨", "Being carried"),
        unit: "kg",
        precision: 0,
        kind: "truck",
        metric: "load",
        reduce: "sum",
        scale: [0, 12_000],
        perDevice: true,
        usual: {
          weekday: [0, 0, 0, 0, 0, 0, 10, 1700, 3400, 2900, 3500, 3000, 2900, 2150, 1350, 1350, 950, 100, 0, 0, 0, 0, 0, 0],
          weekend: [0, 0, 0, 0, 0, 0, 0, 700, 1650, 1600, 1650, 1550, 800, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          spread: 0.7,
        },
      },
      {
        id: "pits",
        label: text("농가 저장조 평균", "Mean farm pit"),
        unit: "%",
        precision: 0,
        kind: "farm",
        metric: "fill",
        reduce: "mean",
        factor: 100,
        scale: [0, 100],
        usual: {
          weekday: [45, 45, 45, 45, 45, 46, 46, 46, 45, 44, 43, 43, 42, 42, 42, 42, 42, 42, 42, 42, 42, 43, 43, 43],
          weekend: [43, 43, 44, 44, 44, 44, 45, 45, 44, 44, 44, 44, 44, 44, 44, 44, 45, 45, 45, 45, 45, 46, 46, 46],
          spread: 0.25,
        },
      },
    ],
    trend: "carried",
    main: { truck: "load", farm: "fill", plant: "fill", field: "fill" },
  },
});
