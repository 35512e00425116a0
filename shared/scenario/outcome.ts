import type { Text } from "../text.ts";

/** What a night was like for the city's people, whoever measured it: part of a contract. Sums over time, so that two nights can be held against each other. */
export interface OutcomeMeasure {
  readonly label: Text;
  /** UCUM. */
  readonly unit: string;
  readonly precision: number;
}
/** Sums since the city began, by service and measure; a fork answers the difference between its two ends, once a minute. */
export type OutcomeSums = Readonly<Record<string, Readonly<Record<string, number>>>>;
export interface Outcome {
  readonly from: number;
  readonly to: number;
  /** Per measure (`service/measure`) the sum since `from`, at each of `t`. */
  readonly t: readonly number[];
  readonly sums: Readonly<Record<string, readonly number[]>>;
}
