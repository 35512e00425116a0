import { defineService, flag, number, position, state, text } from "../../shared/service.ts";

const empty = { unit: "", precision: 0, kind: "probe", metric: "level", reduce: "mean", scale: [0, 1] } as const;
const usual = { weekday: [], weekend: [], spread: 0 };

/** A service of the tests' own with all four kinds of metric. */
export const probe = defineService({
  id: "probe",
  title: text("시험", "Probe"),
  mark: "M4 4h16",
  sensitive: false,
  metrics: {
    level: number("수위", "Level", { unit: "m", min: -1e9, max: 1e15, precision: 3, aggregate: "mean" }),
    volume: number("대수", "Volume", { unit: "{veh}", min: 0, max: 1000, precision: 0, aggregate: "sum" }),
    wet: flag("젖음", "Wet", text("젖음", "wet"), text("마름", "dry")),
    gate: state("문", "Gate", { open: text("열림", "open"), closed: text("닫힘", "closed"), fault: text("고장", "fault") }),
    place: position("위치", "Place"),
  },
  kinds: { probe: { label: text("시험기", "Probe"), metrics: ["level", "volume", "wet", "gate", "place"], every: 60, stale: 180 } },
  events: {},
  derived: [],
  commands: {},
  rules: [],
  responses: [],
  incidents: {},
  outcomes: {},
  panel: { figures: [{ id: "level", label: text("수위", "Level"), ...empty, usual }], trend: "level", main: { probe: "level" } },
});
