import type { NumberMetric, Text } from "../../../shared/service.ts";

/** UCUM codes as people of the room write them. */
const units: Readonly<Record<string, Text>> = {
  "1": { ko: "%", en: "%" },
  "{veh}": { ko: "대", en: "veh" },
  "{veh}/h": { ko: "대/시", en: "veh/h" },
  "{count}": { ko: "회", en: "counts" },
  Cel: { ko: "°C", en: "°C" },
  "m3/s": { ko: "m³/s", en: "m³/s" },
  "kW.h": { ko: "kWh", en: "kWh" },
  "[ppm]": { ko: "ppm", en: "ppm" },
  KRW: { ko: "원", en: "KRW" },
  s: { ko: "초", en: "s" },
  min: { ko: "분", en: "min" },
  h: { ko: "시간", en: "h" },
};
export const unitText = (unit: string): Text => units[unit] ?? { ko: unit, en: unit };

/** Fractions are shown in percent: factor and decimals of what is on the screen. */
export const shownAs = (metric: Pick<NumberMetric, "unit" | "precision">): { readonly factor: number; readonly precision: number } =>
  metric.unit === "1" ? { factor: 100, precision: Math.max(0, metric.precision - 2) } : { factor: 1, precision: metric.precision };

const grouped = new Map<number, Intl.NumberFormat>();
/** Thousands are grouped; minus is U+2212. */
export function figureText(value: number, precision: number): string {
  const format = grouped.get(precision) ?? new Intl.NumberFormat("en-US", { minimumFractionDigits: precision, maximumFractionDigits: precision });
  grouped.set(precision, format);
  const written = format.format(value);
  // what rounds to nothing has no sign
  return (/^-[0.]*$/.test(written) ? written.slice(1) : written).replace("-", "−");
}

/** Seconds below two minutes, minutes below 100, then hours with one decimal, then days. */
export function durationText(ms: number): Text {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return { ko: `${seconds}초`, en: `${seconds} s` };
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return { ko: `${minutes}분`, en: `${minutes} min` };
  const hours = seconds / 3600;
  if (hours < 48) return { ko: `${hours.toFixed(1)}시간`, en: `${hours.toFixed(1)} h` };
  return { ko: `${Math.round(hours / 24)}일`, en: `${Math.round(hours / 24)} d` };
}

const clocks = new Map<string, Intl.DateTimeFormat>();
/** The clock of a zone, to the second or to the minute. */
export function clockText(t: number, zone: string, seconds = true): string {
  const key = `${zone} ${seconds}`;
  const format =
    clocks.get(key) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hour: "2-digit",
      minute: "2-digit",
      ...(seconds ? { second: "2-digit" } : {}),
      hourCycle: "h23",
    });
  clocks.set(key, format);
  return format.format(t);
}
const dates = new Map<string, Intl.DateTimeFormat>();
/** Month and day before the clock, where a range is longer than a day. */
export function dayClockText(t: number, zone: string): string {
  const format = dates.get(zone) ?? new Intl.DateTimeFormat("en-CA", { timeZone: zone, month: "2-digit", day: "2-digit" });
  dates.set(zone, format);
  return `${format.format(t)} ${clockText(t, zone, false)}`;
}
