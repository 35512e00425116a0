import { type Text, text } from "../../../../shared/text.ts";

const two = (n: number): string => String(n).padStart(2, "0");
const split = (seconds: number): { readonly h: number; readonly m: number; readonly s: number } => {
  const whole = Math.max(0, Math.round(seconds));
  return { h: Math.floor(whole / 3600), m: Math.floor((whole % 3600) / 60), s: whole % 60 };
};

/** City seconds as a tester reads them beside each other: `48 s`, `3 m 12 s`, `1 h 47`. */
export function lengthText(seconds: number): Text {
  const { h, m, s } = split(seconds);
  const [days, rest] = [Math.floor(h / 24), h % 24];
  if (h >= 48) return rest === 0 ? text(`${days}일`, `${days} d`) : text(`${days}일 ${rest}시간`, `${days} d ${rest} h`);
  if (h > 0) return m === 0 ? text(`${h}시간`, `${h} h`) : text(`${h}시간 ${m}분`, `${h} h ${two(m)}`);
  if (m === 0) return text(`${s}초`, `${s} s`);
  return s === 0 ? text(`${m}분`, `${m} m`) : text(`${m}분 ${s}초`, `${m} m ${two(s)} s`);
}

/** A figure in large type: minutes with their seconds below 100 minutes, then hours (never `2:18` for hours). */
export function figureLength(seconds: number): { readonly figure: string; readonly unit: Text } {
  if (seconds < 6000) {
    const whole = Math.max(0, Math.round(seconds));
    return { figure: `${Math.floor(whole / 60)}:${two(whole % 60)}`, unit: text("분", "min") };
  }
  return { figure: (seconds / 3600).toFixed(1), unit: text("시간", "h") };
}
/** The same in a line of words. */
export function shortLength(seconds: number): Text {
  const { figure, unit } = figureLength(seconds);
  return seconds < 6000 ? text(figure, figure) : text(`${figure}${unit.ko}`, `${figure} ${unit.en}`);
}
