import type { Value } from "../../../shared/reading.ts";
import type { Metric, NumberMetric } from "../../../shared/service.ts";
import type { Rng } from "../../random.ts";

type Args = Readonly<Record<string, number | string>>;

/** What a fault remembers at one metric of one device. Plain data. `rng` is its own, so that everything else draws as without it. */
export interface FaultMemory {
  readonly rng: Rng;
  held?: Value;
}
/** Where and when a fault sits. */
export interface FaultPlace<M extends Metric = Metric> {
  readonly metric: M;
  readonly args: Args;
  /** Of the measurement, and since when it is so: epoch ms. */
  readonly t: number;
  readonly onset: number;
  readonly memory: FaultMemory;
}

/** What is wrong with a sensor. A value comes as the sensor would have sent it, noise and steps included; undefined = it is not sent. */
export type SensorFault =
  | { readonly on: "number"; bend(value: number, at: FaultPlace<NumberMetric>): number | undefined }
  /** `all`: every metric, unless one is named. */
  | { readonly on: "any" | "all"; bend(value: Value, at: FaultPlace): Value | undefined }
  /** Of the whole device. */
  | { readonly on: "clock"; stamp(t: number, args: Args): number }
  | { readonly on: "battery"; bend(value: number, at: FaultPlace<NumberMetric>): number; silent(at: Omit<FaultPlace, "metric" | "memory">): boolean };

const hourMs = 3_600_000;
export const hoursSince = ({ t, onset }: { readonly t: number; readonly onset: number }): number => (t - onset) / hourMs;

/** As it was asked for: in the metric's own unit, or as a share of its range. */
export function sizeOf({ metric, args }: Pick<FaultPlace<NumberMetric>, "metric" | "args">): number {
  const by = Number(args.by ?? 0);
  return by !== 0 ? by : (Number(args.share ?? 0) / 100) * (metric.max - metric.min);
}
