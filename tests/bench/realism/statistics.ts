/** Pure statistics of series; NaN = was not measured, and takes part in nothing. */

const known = (values: Iterable<number>): number[] => [...values].filter((value) => !Number.isNaN(value));
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: Iterable<number>): number => {
  const all = known(values);
  return sum(all) / all.length;
};
/** Of a sample: n - 1. */
export const variance = (values: Iterable<number>): number => {
  const all = known(values);
  const middle = mean(all);
  return sum(all.map((value) => (value - middle) * (value - middle))) / (all.length - 1);
};
export const sd = (values: Iterable<number>): number => Math.sqrt(variance(values));
export const variation = (values: Iterable<number>): number => {
  const all = known(values);
  return sd(all) / mean(all);
};

/** Linear between order statistics (Hyndman and Fan's type 7). */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(known(values)).sort();
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const a = sorted[low] ?? Number.NaN;
  return a + (at - low) * ((sorted[Math.min(sorted.length - 1, low + 1)] ?? a) - a);
}
export const median = (values: Iterable<number>): number => quantile(values, 0.5);
export const shareOf = (values: Iterable<number>, holds: (value: number) => boolean): number => {
  const all = known(values);
  return all.filter(holds).length / all.length;
};

/** Of pairs that were both measured, over the variance of all. */
export function autocorrelation(series: ArrayLike<number>, lag: number): number {
  const middle = mean(Array.from(series));
  let [pairs, together, count, own] = [0, 0, 0, 0];
  for (let i = 0; i < series.length; i++) {
    const a = (series[i] ?? Number.NaN) - middle;
    if (Number.isNaN(a)) continue;
    own += a * a;
    count += 1;
    const b = (series[i + lag] ?? Number.NaN) - middle;
    if (Number.isNaN(b)) continue;
    together += a * b;
    pairs += 1;
  }
  return together / pairs / (own / count);
}

/** Half of the summed differences of two distributions over the same classes. */
export const totalVariation = (a: readonly number[], b: readonly number[]): number => sum(a.map((value, i) => Math.abs(value - (b[i] ?? 0)))) / 2;
export const shares = (counts: readonly number[]): number[] => {
  const total = sum(counts);
  return counts.map((count) => count / total);
};
/** Class by class, the mean of distributions. */
export const meanShape = (shapes: readonly (readonly number[])[]): number[] =>
  (shapes[0] ?? []).map((_, i) => mean(shapes.map((shape) => shape[i] ?? 0)));

/** A distribution of which only quantiles are known: value by share, both rising. */
export type Quantiles = readonly (readonly [share: number, value: number])[];
/** Share below `value`, linear between the known quantiles; below the first and above the last nothing is known. */
function shareBelow(quantiles: Quantiles, value: number): number | undefined {
  for (let i = 1; i < quantiles.length; i++) {
    const [[fromShare, from] = [0, 0], [toShare, to] = [1, 0]] = [quantiles[i - 1], quantiles[i]];
    if (value >= from && value <= to) return to === from ? toShare : fromShare + ((toShare - fromShare) * (value - from)) / (to - from);
  }
  return undefined;
}
/** Kolmogorov-Smirnov distance of a sample from a distribution known by quantiles, where it is known. */
export function distanceFromQuantiles(values: Iterable<number>, quantiles: Quantiles): number {
  const sorted = Float64Array.from(known(values)).sort();
  let most = 0;
  sorted.forEach((value, i) => {
    const expected = shareBelow(quantiles, value);
    if (expected === undefined) return;
    most = Math.max(most, Math.abs(expected - i / sorted.length), Math.abs(expected - (i + 1) / sorted.length));
  });
  // a sample may have nothing there at all
  for (const [share, value] of quantiles) most = Math.max(most, Math.abs(share - shareOf(sorted, (one) => one <= value)));
  return most;
}

/** Standard deviation of a normal distribution from its middle nine tenths, whatever the tails are. */
export function innerDeviation(values: Iterable<number>): number {
  const all = known(values);
  const [low, high] = [quantile(all, 0.05), quantile(all, 0.95)];
  const inner = all.filter((value) => value >= low && value <= high);
  const middle = mean(inner);
  // of the normal distribution between -1.645 and 1.645: 1 - 2 * 1.645 * phi(1.645) / 0.9 = 0.623
  return Math.sqrt(mean(inner.map((value) => (value - middle) * (value - middle))) / 0.623);
}
