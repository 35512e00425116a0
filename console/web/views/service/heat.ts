import type { AggregateRow } from "../../../../shared/city-port.ts";
import type { Metric } from "../../../../shared/service.ts";

/** Shades from light to dark; all of them let the ink stand on them with a contrast above 4.5. */
export const heatSteps = 5;

/** How hours of a metric are compared: counts by their sum, worst cases by their greatest, the rest by their mean; flags by share of readings. */
export const measured = (row: AggregateRow, metric: Metric): number =>
  metric.kind === "number" && metric.aggregate === "sum" ? row.sum : metric.kind === "number" && metric.aggregate === "max" ? row.max : row.mean;

export interface HeatScale {
  readonly low: number;
  readonly high: number;
  /** Shade of a value, 0 to `heatSteps` - 1. */
  shade(value: number): number;
  /** Lower edges of the shades. */
  readonly edges: readonly number[];
}

/**
 * Shades over what was measured in the shown hours, so that hours and districts differ where they do. The running hour of a sum is not over and
 * does not count. `least`: a smaller spread than this is noise of the sensor, and one shade.
 */
export function heatScale(values: readonly number[], least: number): HeatScale | undefined {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length === 0) return undefined;
  const low = Math.min(...known);
  const high = Math.max(Math.max(...known), low + least);
  const step = (high - low) / heatSteps;
  return {
    low,
    high,
    shade: (value) => Math.max(0, Math.min(heatSteps - 1, Math.floor((value - low) / step))),
    edges: Array.from({ length: heatSteps }, (_, index) => low + index * step),
  };
}

/** Digits that a number needs so that the whole range can be told apart, at most the metric's own. */
export const heatDigits = (spread: number, most: number): number => Math.max(0, Math.min(most, spread >= 20 ? 0 : spread >= 2 ? 1 : 2));

/** Short enough for a cell: thousands as k. */
export function cellText(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size >= 100_000) return `${Math.round(value / 1000)}k`;
  if (size >= 10_000) return `${(value / 1000).toFixed(1)}k`;
  return value.toFixed(digits).replace("-", "−");
}
