import { computed } from "@preact/signals";
import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Metric, Service, Text } from "../../../../shared/service.ts";
import { beat, cell, fieldNow, lang, link, now, say } from "../../live/room.ts";
import { clock } from "../../live/state.ts";
import { figureText, shownAs, unitText } from "../../trend/words.ts";

/** Cells of a device in the live feed: time first, then one per metric of its kind (`position` takes two). */
export function cellOf(row: DeviceRow, service: Service, metric: string): number | undefined {
  let at = row.cell + 1;
  for (const name of service.kinds[row.kind]?.metrics ?? []) {
    if (name === metric) return at;
    at += service.metrics[name]?.kind === "position" ? 2 : 1;
  }
  return undefined;
}

/** Newest value as the feed has it; NaN = never seen. */
export const numberOf = (row: DeviceRow, service: Service, metric: string): number => {
  const at = cellOf(row, service, metric);
  return at === undefined ? Number.NaN : cell(at);
};
/** The same in words, as far as it was seen. */
export function shownValue(row: DeviceRow, service: Service, metric: string): ReturnType<typeof valueText> {
  const [contract, at] = [service.metrics[metric], cellOf(row, service, metric)];
  return contract === undefined || at === undefined
    ? undefined
    : valueText(cell(at), contract, contract.kind === "position" ? cell(at + 1) : undefined);
}
/** Newest reading of the device; 0 = never. */
export const seenAt = (row: DeviceRow): number => {
  const at = cell(row.cell);
  return Number.isFinite(at) ? Math.max(at, row.lastSeen) : row.lastSeen;
};

/** A value of the feed in words: number with its decimals, the word of a state or flag, or, with its second cell, a position; undefined = never seen. */
export function valueText(value: number, metric: Metric, next = Number.NaN): { readonly text: string; readonly unit: string } | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (metric.kind === "number") {
    const { factor, precision } = shownAs(metric);
    return { text: figureText(value * factor, precision), unit: say(unitText(metric.unit)) };
  }
  if (metric.kind === "flag") return { text: say(value === 1 ? metric.on : metric.off), unit: "" };
  if (metric.kind === "state") {
    const word = metric.words[value];
    return word === undefined ? undefined : { text: say(metric.texts[word] ?? { ko: word, en: word }), unit: "" };
  }
  return { text: [value, ...(Number.isFinite(next) ? [next] : [])].map((degrees) => figureText(degrees, 5)).join(", "), unit: "" };
}

/** Turns once a second. A part that shows cells or ages reads it, because its own inputs do not change when these do. */
export const eachSecond = computed(() => Math.floor(beat.value / 4));
/** The hand of the device's own timeline. Read without following it: who draws follows the beat. */
export const handOf = (row: DeviceRow): number => (row.timeline === "field" ? fieldNow.peek() : now.peek());
/**
 * How far a device's silence can be told. In fast time the hand is ahead of what has come in by the length of the chain; the city's mark says
 * up to where everything that was sent has arrived, and only silence before it is silence.
 */
export const heardUpTo = (row: DeviceRow): number =>
  row.timeline === "field" ? fieldNow.peek() : Math.min(now.peek(), clock.peek()?.mark ?? Number.POSITIVE_INFINITY);
/** Since its newest reading, ms. */
export const ageOf = (row: DeviceRow): number => Math.max(0, heardUpTo(row) - seenAt(row));

export type Freshness = "fresh" | "stale" | "never" | "lost";
/** Stale is a matter of time; lost says its gateway or itself is gone. */
export function freshness(row: DeviceRow): Freshness {
  const seen = seenAt(row);
  if (seen === 0) return "never";
  if (row.state === "lost" || row.state === "disconnected") return "lost";
  // Without a connection nothing on the screen is known to be fresh.
  return link.value.state !== "live" || heardUpTo(row) - seen > row.stale * 1000 ? "stale" : "fresh";
}
export const freshnessTexts: Readonly<Record<Freshness, Text>> = {
  fresh: { ko: "수신 중", en: "fresh" },
  stale: { ko: "지연", en: "stale" },
  lost: { ko: "끊김", en: "lost" },
  never: { ko: "받은 적 없음", en: "never heard" },
};

const constantTexts: Readonly<Record<string, { readonly ko: string; readonly en: string; readonly unit: string; readonly precision: number }>> = {
  datum: { ko: "영점 EL", en: "gauge zero EL", unit: "m", precision: 2 },
  reference: { ko: "센서 높이", en: "sensor height", unit: "m", precision: 2 },
  chainage: { ko: "상류 끝에서", en: "from upstream end", unit: "km", precision: 1 },
  bankfull: { ko: "둑 높이", en: "bank", unit: "m", precision: 2 },
  sill: { ko: "문턱", en: "sill", unit: "m", precision: 2 },
  lanes: { ko: "차로", en: "lanes", unit: "", precision: 0 },
  rated: { ko: "정격", en: "rated", unit: "kW", precision: 0 },
  number: { ko: "번호", en: "number", unit: "", precision: 0 },
  tare: { ko: "빈 무게", en: "tare", unit: "kg", precision: 1 },
  households: { ko: "가구 수", en: "households", unit: "", precision: 0 },
  capacity: { ko: "용량", en: "capacity", unit: "kg", precision: 0 },
};
/** Constants of the birth document that a person reads; limits and coefficients have their own place. */
export function constantWords(constants: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(constants).flatMap(([name, value]) => {
    const known = constantTexts[name];
    if (known === undefined) return [];
    const figure = name === "chainage" && value > 100 ? value / 1000 : value;
    return [`${lang.value === "ko" ? known.ko : known.en} ${figureText(figure, known.precision)}${known.unit === "" ? "" : ` ${known.unit}`}`];
  });
}
