/** Medians of the last few hundred durations, for the freshness of the hops. */
export interface Delays {
  add(durable: number, accepted: number): void;
  medians(): { durable: number; accepted: number };
}

const kept = 256;

export function createDelays(): Delays {
  const durable = new Float64Array(kept);
  const accepted = new Float64Array(kept);
  let count = 0;
  const median = (values: Float64Array): number => {
    const sorted = values.slice(0, Math.min(count, kept)).sort();
    return Math.round((sorted[sorted.length >> 1] ?? 0) * 10) / 10;
  };
  return {
    add(a, b) {
      durable[count % kept] = a;
      accepted[count % kept] = b;
      count += 1;
    },
    medians: () => ({ durable: median(durable), accepted: median(accepted) }),
  };
}
