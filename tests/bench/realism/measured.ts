import type { Reading, Value } from "../../../shared/reading.ts";
import type { Device } from "../../../simulator/model.ts";
import type { Gaps } from "./gaps.ts";

/** One thing that a device said: a reading or an event. */
export interface Said {
  readonly device: Device;
  readonly t: number;
  /** Seconds of its window. */
  readonly i: number;
  readonly m?: Reading["m"];
  readonly e?: string;
  readonly x?: Readonly<Record<string, number | string>>;
}
export const numberOf = (value: Value | undefined): number => (typeof value === "number" ? value : Number.NaN);

/** What one run of a service gave: numbers by the statistic's id (`bands.ts`), curves for the pictures, and silences. Plain data. */
export interface Measured {
  readonly values: Readonly<Record<string, number>>;
  readonly curves: Readonly<Record<string, readonly number[]>>;
  readonly gaps: Gaps;
}
/** Hears what a service says, holds no more of it than it needs, and reduces it at the end. */
export interface Measurer {
  hear(said: Said): void;
  measured(): Pick<Measured, "values" | "curves">;
}
export interface Span {
  /** Midnight of a Monday in the city. */
  readonly start: number;
  readonly days: number;
}

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** Hours since the span's first midnight, which is a Monday's. */
export const hoursIn = ({ start }: Span, t: number): number => (t - start) / hourMs;
