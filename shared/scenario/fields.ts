import type { CommandField } from "../command.ts";
import type { Text } from "../text.ts";
import type { InjectionField } from "./injection.ts";

/** Fields that the kinds of injections are written with. */
export const count = (
  ko: string,
  en: string,
  unit: string,
  [min, max]: readonly [number, number],
  usual: number,
  step = 1,
): CommandField & { readonly kind: "number" } => ({ kind: "number", label: { ko, en }, unit, min, max, step, usual });

export const word = (ko: string, en: string, words: Readonly<Record<string, Text>>, usual: string): CommandField & { readonly kind: "word" } => ({
  kind: "word",
  label: { ko, en },
  words,
  usual,
});

export const metric: InjectionField = { kind: "metric", label: { ko: "측정값", en: "Metric" } };

/** A size in the metric's own unit; 0 = a share of its range, so that one number fits every metric. */
export const by = count(
  "크기 (측정값의 단위, 0 = 범위의 비율)",
  "Size (in the metric's unit, 0 = a share of its range)",
  "1",
  [-100_000, 100_000],
  0,
  0.001,
);
export const share = (usual: number) => count("범위의 비율", "Share of its range", "%", [-100, 100], usual, 0.1);
/** How many of the messages or readings. */
export const often = (usual: number) => count("얼마나 자주", "How often", "%", [1, 100], usual);
