import type { Text } from "../../../../shared/text.ts";
import { durationText } from "../../trend/words.ts";

const minuteMs = 60_000;
/** Below this every second counts. */
export const soonMs = 10 * minuteMs;

/** Time that is left, or by how much it has passed: `3:40` below ten minutes, then minutes, from 100 minutes hours. Never `2:18` for hours. */
export function leftText(ms: number): Text {
  const away = Math.abs(ms);
  const sign = ms <= -1000 ? "−" : "";
  if (away < soonMs) {
    const seconds = ms < 0 ? Math.floor(away / 1000) : Math.ceil(away / 1000);
    const text = `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    return { ko: text, en: text };
  }
  const long = durationText(away);
  return { ko: `${sign}${long.ko}`, en: `${sign}${long.en}` };
}
