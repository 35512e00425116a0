/**
 * How far a number goes by itself, so that an alarm is due about once in so many blocks of time and not oftener, whatever the number is. The largest of each block follow a
 * law of extremes; on a logarithmic scale Gumbel's, whose two parameters are read from quartiles, which some wild blocks do not move (E. J. Gumbel, Statistics of Extremes, 1958;
 * in log, Fréchet's law for heavy tails). Plain data.
 */
export interface Extremes {
  /** Logarithms of the largest of the last blocks, oldest overwritten. */
  readonly largest: Float64Array;
  blocks: number;
  /** Of the block that goes on. */
  most: number;
  /** Beyond it an alarm is due. */
  limit: number;
}
const kept = 56;
export const newExtremes = (): Extremes => ({ largest: new Float64Array(kept), blocks: 0, most: 0, limit: Number.POSITIVE_INFINITY });

/** Fewer blocks tell nothing of extremes. */
const leastBlocks = 8;
/** What is believed of the spread before much was seen, and by how many blocks it weighs. */
const believed = { spread: 0.12, blocks: 4 };
const leastSpread = 0.06;
/** Quartiles of Gumbel's law lie so far from its place, in spreads: -ln(-ln q). */
const gumbel = { lower: -Math.log(-Math.log(0.25)), middle: -Math.log(-Math.log(0.5)), upper: -Math.log(-Math.log(0.75)) };

export function see(extremes: Extremes, value: number): void {
  if (value > extremes.most) extremes.most = value;
}

/** @param returns in how many blocks an alarm by chance is allowed. @param least whatever was seen, the limit is no lower. */
export function closeBlock(extremes: Extremes, returns: number, least: number): void {
  extremes.largest[extremes.blocks % kept] = Math.log(Math.max(1e-6, extremes.most));
  extremes.blocks += 1;
  extremes.most = 0;
  if (extremes.blocks < leastBlocks) return;
  const sorted = extremes.largest.slice(0, Math.min(kept, extremes.blocks)).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const seen = (at(0.75) - at(0.25)) / (gumbel.upper - gumbel.lower);
  const spread = Math.max(leastSpread, (seen * sorted.length + believed.spread * believed.blocks) / (sorted.length + believed.blocks));
  const place = at(0.5) - gumbel.middle * spread;
  extremes.limit = Math.max(least, Math.exp(place + spread * Math.log(returns)));
}
