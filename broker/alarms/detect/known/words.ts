import type { Value } from "../../../../shared/reading.ts";
import type { Service } from "../../../../shared/service.ts";
import { type Text, text } from "../../../../shared/text.ts";
import { localDate, localMinute } from "./local-time.ts";

/** Words of evidence: conditions as a person reads them, with this device's numbers. Made only when something is raised. */

/** Units that people write otherwise than UCUM does. */
const units: Readonly<Record<string, string>> = { Cel: "°C", "[ppm]": "ppm", "m3/s": "m³/s", "kW.h": "kWh", "{veh}": "", "{count}": "" };

export const labelOf = ({ metrics }: Service, metric: string): Text => metrics[metric]?.label ?? text(metric, metric);

export function valueWords({ metrics }: Service, metric: string, value: Value): Text {
  const known = metrics[metric];
  if (known?.kind === "number" && typeof value === "number") {
    // shares are written in per cent, as on the screen
    if (known.unit === "1") {
      const share = `${(value * 100).toFixed(Math.max(0, known.precision - 2))} %`;
      return text(share, share);
    }
    const unit = units[known.unit] ?? known.unit;
    const words = `${value.toFixed(known.precision)}${unit === "" ? "" : ` ${unit}`}`;
    return text(words, words);
  }
  if (known?.kind === "flag") return value === true ? known.on : known.off;
  if (known?.kind === "state" && typeof value === "string") return known.texts[value] ?? text(value, value);
  return text(String(value), String(value));
}

/** "Fill 82 %". */
export function saidWords(service: Service, metric: string, value: Value): Text {
  const [label, words] = [labelOf(service, metric), valueWords(service, metric, value)];
  return text(`${label.ko} ${words.ko}`, `${label.en} ${words.en}`);
}

const parts = [
  [86_400, "일", "d"],
  [3600, "시간", "h"],
  [60, "분", "min"],
  [1, "초", "s"],
] as const;
/** Two parts at most: "1시간 5분", "1 h 5 min". */
export function durationWords(seconds: number): Text {
  let rest = Math.max(0, Math.round(seconds));
  const said: [number, string, string][] = [];
  for (const [size, ko, en] of parts) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) said.push([count, ko, en]);
  }
  if (said.length === 0) return text("0초", "0 s");
  const two = said.slice(0, 2);
  return text(two.map(([count, ko]) => `${count}${ko}`).join(" "), two.map(([count, , en]) => `${count} ${en}`).join(" "));
}

/** Instant by the city's clock, to the minute. */
export const instantWords = (t: number): string => `${localDate(t)} ${localMinute(t)}`;

/** Parts of a sentence, one after the other; what is undefined is left out. */
export function joined(...said: readonly (Text | undefined)[]): Text {
  const there = said.filter((one) => one !== undefined);
  return text(there.map(({ ko }) => ko).join(", "), there.map(({ en }) => en).join(", "));
}
