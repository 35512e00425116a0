/** The host's monotonic clock in ms: the same in every process, so that one may stamp and another may compare. */
const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();
export const monotonicMs = (): number => performance.now() + offset;

/** A stamp has to fit into a metric of 0 to 300: seconds within five minutes, to the microsecond. */
const roundMs = 300_000;
export const stampNow = (): number => Math.round((monotonicMs() % roundMs) * 1000) / 1e6;
/** How long ago it was stamped, ms. */
export const ageOf = (stamp: number, now = monotonicMs()): number => ((now % roundMs) - stamp * 1000 + roundMs) % roundMs;

export interface Percentiles {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly worst: number;
}
/** Durations, kept whole. */
export function createDurations() {
  let values: number[] = [];
  return {
    add: (ms: number): void => void values.push(ms),
    /** What was added since the last taking. */
    take(): Percentiles {
      const sorted = Float64Array.from(values).sort();
      values = [];
      const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
      return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1) };
    },
  };
}
