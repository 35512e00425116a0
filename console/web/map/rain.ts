import type { Service } from "../../../shared/service.ts";
import { type Text, text } from "../../../shared/text.ts";
import { figureText } from "../trend/words.ts";

/** As rain is measured everywhere: what has another unit is another thing. */
const unit = "mm/h";
/** Below this a gauge cannot tell rain from none. */
const leastRain = 0.1;
/** How far round its gauge rain is drawn, in metres: nobody has measured it farther away. */
export const rainReach = 650;

/** Of a kind that measures rain: its metric. */
export const rainMetric = ({ kinds, metrics }: Service, kind: string): string | undefined =>
  kinds[kind]?.metrics.find((name) => {
    const metric = metrics[name];
    return metric?.kind === "number" && metric.unit === unit;
  });

export const isWet = (rain: number): boolean => rain >= leastRain;

/** With its word: beside a level a figure alone would be another level. */
export function rainText(rain: number): Text {
  const figure = figureText(rain, rain < 10 ? 1 : 0);
  return text(`비 ${figure} ${unit}`, `rain ${figure} ${unit}`);
}
