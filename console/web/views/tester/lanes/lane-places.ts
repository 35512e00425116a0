import type { Text } from "../../../../../shared/text.ts";

const laneIds = ["cues", "environment", "events", "faults", "detected", "operator", "quiet"] as const;
export type LaneId = (typeof laneIds)[number];

export interface Lane {
  readonly id: LaneId;
  readonly title: Text;
  readonly hint: Text;
  /** Rows that stand in it, and what one is high, px. */
  readonly rows: number;
  readonly row: number;
}
const lane = (id: LaneId, title: Text, hint: Text, rows: number, row: number): Lane => ({ id, title, hint, rows, row });

/** From what is told, over what is true, to what the room made of it: one axis for all. */
export const lanes: readonly Lane[] = [
  lane("cues", { ko: "큐", en: "Cues" }, { ko: "시연자의 말", en: "what the demonstrator says" }, 2, 21),
  lane("environment", { ko: "환경", en: "Environment" }, { ko: "강우 mm/h", en: "rain mm/h" }, 1, 66),
  lane("events", { ko: "사실 · 사건", en: "Ground truth" }, { ko: "실제 사건", en: "events" }, 5, 21),
  lane("faults", { ko: "사실 · 고장", en: "Ground truth" }, { ko: "센서·통신 고장", en: "faults" }, 3, 24),
  lane("detected", { ko: "탐지", en: "Detected" }, { ko: "각 사실의 첫 경보", en: "first alarm of each" }, 3, 18),
  lane("operator", { ko: "관제원", en: "Operator" }, { ko: "확인, 명령", en: "ack, command" }, 1, 32),
  lane("quiet", { ko: "조용해야 함", en: "Must stay quiet" }, { ko: "사건이 아닌 것", en: "non-events" }, 2, 22),
];
const inset = 6;
export const axisHeight = 26;

export interface LanePlace extends Lane {
  readonly y: number;
  readonly height: number;
}
/** Its title and hint have their place in an empty one, too. */
const emptyHeight = 44;

/**
 * Lanes from top to bottom. `height`: what there is for all of them; what is over goes to the rain, which alone gains by it. Where there is too little,
 * those in which nothing stands give way, so that the axis is in sight.
 */
export function lanePlaces(
  height: number,
  isEmpty: (id: LaneId) => boolean = () => false,
): { readonly places: readonly LanePlace[]; readonly height: number } {
  const least = lanes.reduce((sum, { rows, row }) => sum + rows * row + inset * 2, axisHeight);
  const over = Math.max(0, Math.min(60, height - least));
  let y = 0;
  const places = lanes.map((one): LanePlace => {
    const whole = one.rows * one.row + inset * 2;
    const own = height < least && isEmpty(one.id) ? Math.min(whole, emptyHeight) : whole + (one.id === "environment" ? over : 0);
    const place = { ...one, y, height: own };
    y += own;
    return place;
  });
  return { places, height: y + axisHeight };
}
/** Top of a row within its lane. */
export const rowTop = (place: LanePlace, row: number): number => place.y + inset + row * place.row;

/** Between city times and px. */
export interface TimeScale {
  readonly from: number;
  readonly to: number;
  x(t: number): number;
  t(x: number): number;
}
/** A little room at both ends, so that what begins with the run has its whole mark. */
export function timeScale(span: { readonly from: number; readonly to: number }, left: number, right: number): TimeScale {
  const margin = (span.to - span.from) * 0.03;
  const [from, to] = [span.from - margin, span.to + margin];
  const perMs = (right - left) / Math.max(1, to - from);
  return {
    from,
    to,
    x: (t) => left + (Math.max(from, Math.min(to, t)) - from) * perMs,
    t: (x) => from + (x - left) / perMs,
  };
}
