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
  return format.format(value).replace("-", "−");
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
