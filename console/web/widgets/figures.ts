import type { DeviceRow } from "../../../shared/city-port.ts";
import type { Figure } from "../../../shared/service.ts";
import { lang } from "../language.ts";

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${Object.keys(options).join()}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: "h23", ...options });
  formats.set(key, made);
  return made;
}
const partsOf = (format: Intl.DateTimeFormat, time: number): ReadonlyMap<string, string> =>
  new Map(format.formatToParts(time).map((part) => [part.type, part.value]));

export const clockText = (time: number, zone: string): string =>
  formatOf("en-GB", zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(time);
export const minuteText = (time: number, zone: string): string => formatOf("en-GB", zone, { hour: "2-digit", minute: "2-digit" }).format(time);
const minuteMs = 60_000;
/** A day of minutes: what is drawn at one time stays far below. */
const remembered = 1440;
/** Calendars cost more than all the rest of a row, and the same minutes are asked for again and again. */
function perMinute<T>(of: (time: number, zone: string) => T): (time: number, zone: string, variant?: string) => T {
  const known = new Map<string, T>();
  return (time, zone, variant = "") => {
    const minute = Math.floor(time / minuteMs) * minuteMs;
    const key = `${minute} ${zone} ${variant}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= remembered) known.clear();
    const made = of(minute, zone);
    known.set(key, made);
    return made;
  };
}

const dateOf = perMinute((time, zone) => {
  const locale = lang.peek() === "ko" ? "ko-KR" : "en-GB";
  const parts = partsOf(formatOf(locale, zone, { year: "numeric", month: "2-digit", day: "2-digit", weekday: "short" }), time);
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")} ${parts.get("weekday")}`;
});
/** ISO date and the day's short name. */
export const dateText = (time: number, zone: string): string => dateOf(time, zone, lang.value);

/** Hour of day with its fraction, and whether it is a day of the weekend there; to the minute. */
export const hourOfDay = perMinute((time, zone): { readonly hour: number; readonly weekend: boolean } => {
  const parts = partsOf(formatOf("en-US", zone, { weekday: "short", hour: "2-digit", minute: "2-digit" }), time);
  return {
    hour: Number(parts.get("hour")) + Number(parts.get("minute")) / 60,
    weekend: parts.get("weekday") === "Sat" || parts.get("weekday") === "Sun",
  };
});

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Devices that scale a figure; NaN when it depends on devices that this person does not see. */
function devicesOf(figure: Figure, rows: readonly DeviceRow[]): number {
  if (!figure.perDevice) return 1;
  let count = 0;
  for (const row of rows) if (row.kind === figure.kind) count++;
  return count === 0 ? Number.NaN : count;
}

export function scaleOf(figure: Figure, rows: readonly DeviceRow[]): Range {
  const count = devicesOf(figure, rows);
  return { low: figure.scale[0] * count, high: figure.scale[1] * count };
}

/** The design profile's band at a time of day: an hour's middle stands at its half hour, and between two of them the line is straight. */
export function usualAt(figure: Figure, time: number, zone: string, rows: readonly DeviceRow[]): Range {
  const { hour, weekend } = hourOfDay(time, zone);
  const middles = weekend ? figure.usual.weekend : figure.usual.weekday;
  const place = hour - 0.5;
  const before = Math.floor(place);
  const at = (index: number) => middles[(index + 24) % 24] ?? 0;
  const middle = (at(before) + (at(before + 1) - at(before)) * (place - before)) * devicesOf(figure, rows);
  const half = Math.abs(middle) * figure.usual.spread;
  return { low: middle - half, high: middle + half };
}
