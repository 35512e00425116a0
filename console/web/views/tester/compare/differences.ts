import type { Comparison } from "../../../../../shared/scenario/scenario-port.ts";
import type { Service } from "../../../../../shared/service.ts";
import { type Text, text } from "../../../../../shared/text.ts";
import { figureText, unitText } from "../../../trend/words.ts";

/** One measure of two nights. */
export interface Difference {
  readonly measure: string;
  readonly service: string;
  readonly label: Text;
  readonly unit: Text;
  readonly precision: number;
  /** From the measure's own unit to this one. */
  readonly factor: number;
  /** Sums at the end. */
  readonly asItWas: number;
  readonly without: number;
}

/** UCUM of sums over time, as people say them; some in a larger unit than they are summed in. */
const units: Readonly<Record<string, { readonly unit: Text; readonly factor?: number; readonly precision?: number }>> = {
  "{person}.min": { unit: text("인·분", "person-minutes") },
  "{person}": { unit: text("명", "people") },
  "{veh}.s": { unit: text("대·시", "vehicle-hours"), factor: 1 / 3600, precision: 1 },
  "{veh}": { unit: text("대", "vehicles") },
  "kg.h": { unit: text("kg·시", "kg-hours") },
};

/** Measures that both nights have, in the order of the contracts. */
export function differencesOf({ asItWas, without }: Pick<Comparison, "asItWas" | "without">, services: readonly Service[]): readonly Difference[] {
  return services.flatMap(({ id, outcomes }) =>
    Object.entries(outcomes ?? {}).flatMap(([name, { label, unit, precision }]): Difference[] => {
      const measure = `${id}/${name}`;
      const [a, b] = [asItWas.sums[measure]?.at(-1), without.sums[measure]?.at(-1)];
      if (a === undefined || b === undefined) return [];
      const shown = units[unit] ?? { unit: unitText(unit) };
      const factor = shown.factor ?? 1;
      return [
        {
          measure,
          service: id,
          label,
          unit: shown.unit,
          factor,
          precision: shown.precision ?? precision,
          asItWas: a * factor,
          without: b * factor,
        },
      ];
    }),
  );
}

/** What differs by less than its last digit is the same. */
export const isSame = ({ asItWas, without, precision }: Difference): boolean => figureText(asItWas, precision) === figureText(without, precision);

/** What the room changed, in one sentence. */
export function differenceText(difference: Difference): Text {
  const { asItWas, without, unit, precision } = difference;
  const [a, b] = [figureText(asItWas, precision), figureText(without, precision)];
  const one = (language: "ko" | "en") => (unit[language] === "" ? "" : ` ${unit[language]}`);
  if (isSame(difference)) return text(`있으나 없으나 ${a}${one("ko")}`, `${a}${one("en")} with and without the room`);
  const share = without === 0 ? undefined : Math.round((Math.abs(asItWas - without) / Math.abs(without)) * 100);
  const more = asItWas > without;
  const ko = share === undefined || share < 1 ? "" : ` · ${share} % ${more ? "많음" : "적음"}`;
  const en = share === undefined || share < 1 ? "" : ` · ${share} % ${more ? "more" : "less"}`;
  return text(`${b} 대신 ${a}${one("ko")}${ko}`, `${a}${one("en")} instead of ${b}${en}`);
}

/** What the room changed most stands first. */
export const byWeight = (a: Difference, b: Difference): number => weightOf(b) - weightOf(a);
const weightOf = ({ asItWas, without }: Difference): number => {
  const most = Math.max(Math.abs(asItWas), Math.abs(without));
  return most === 0 ? 0 : Math.abs(asItWas - without) / most;
};
