import { text } from "../text.ts";
import { count } from "./fields.ts";
import type { InjectionKind } from "./injection.ts";

/** What the whole city feels: bent before any model sees it. */
export const environmentKinds = {
  storm: {
    truth: "event",
    title: text("집중호우", "Storm"),
    effect: text(
      "유역에 비 {depth} mm가 내리며 지속 시간의 {peak} %에서 가장 셉니다. 하천, 교통, 충전구역, 가정, 수거함이 모두 겪습니다.",
      "{depth} mm of rain over the basin, heaviest at {peak} % of its time; stream, traffic, charging zones, homes and bins all feel it.",
    ),
    fields: {
      depth: count("강우량", "Depth", "mm", [5, 320], 90),
      peak: count("가장 센 때", "Heaviest at", "%", [5, 95], 40),
    },
    on: "city",
    shows: ["stream", "traffic/slow", "traffic/spillback"],
    lasts: 3 * 3600,
  },
  "heat-wave": {
    truth: "event",
    title: text("폭염", "Heat wave"),
    effect: text("평년보다 {above} °C 더 덥습니다.", "It is {above} °C hotter than the season has it."),
    fields: { above: count("더 더움", "Hotter by", "Cel", [1, 15], 8) },
    on: "city",
    shows: ["ucare/hot-room", "ucare/heat", "foodwaste/odour"],
    lasts: 12 * 3600,
  },
  "cold-snap": {
    truth: "event",
    title: text("한파", "Cold snap"),
    effect: text("평년보다 {below} °C 더 춥습니다.", "It is {below} °C colder than the season has it."),
    fields: { below: count("더 추움", "Colder by", "Cel", [1, 20], 10) },
    on: "city",
    shows: ["ucare/cold-room", "ucare/cold"],
    lasts: 12 * 3600,
  },
  "power-cut": {
    truth: "event",
    title: text("정전", "Power cut"),
    effect: text(
      "{where}에 전기가 끊깁니다. 배터리가 없는 장치는 말하지 않습니다.",
      "No mains power in {where}: whatever has no battery falls silent.",
    ),
    fields: {},
    on: "district",
    shows: ["*/district", "*/gateway", "*/silent"],
    lasts: 30 * 60,
  },
  festival: {
    truth: "event",
    title: text("축제", "Festival"),
    effect: text("{where}에 사람이 몰려 평소의 {crowd}배가 됩니다.", "Crowds in {where}: {crowd} times what is usual there."),
    fields: { crowd: count("붐빔", "Crowd", "1", [1.1, 5], 2, 0.1) },
    on: "district",
    lasts: 4 * 3600,
  },
} as const satisfies Readonly<Record<string, InjectionKind>>;
export type EnvironmentKindId = keyof typeof environmentKinds;
