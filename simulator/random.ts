/**
 * Seeded random numbers whose state is plain data, so that a snapshot of the city holds them.
 * sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, passes BigCrush, integer arithmetic only, hence the same on every engine.
 */
export interface Rng {
  a: number;
  b: number;
  c: number;
  d: number;
}

/** Hash of seed and name (FNV-1a with avalanche), so that one more device never shifts another's numbers. */
export function createRng(seed: number, name: string): Rng {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  const mix = (): number => {
    h = (h + 0x9e3779b9) | 0;
    let z = h;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  const rng = { a: mix(), b: mix(), c: mix(), d: 1 };
  for (let i = 0; i < 12; i++) uniform(rng);
  return rng;
}

/** In [0, 1), 32 bits. */
export function uniform(rng: Rng): number {
  const t = (((rng.a + rng.b) | 0) + rng.d) | 0;
  rng.d = (rng.d + 1) | 0;
  rng.a = rng.b ^ (rng.b >>> 9);
  rng.b = (rng.c + (rng.c << 3)) | 0;
  rng.c = (rng.c << 21) | (rng.c >>> 11);
  rng.c = (rng.c + t) | 0;
  return (t >>> 0) / 4294967296;
}

/** Standard normal by the polar method (Marsaglia); no cached second value, so that the state stays four integers. */
export function normal(rng: Rng): number {
  for (;;) {
    const x = 2 * uniform(rng) - 1;
    const y = 2 * uniform(rng) - 1;
    const s = x * x + y * y;
    if (s > 0 && s < 1) return x * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

/** Waiting time with the given mean. */
export const exponential = (rng: Rng, mean: number): number => -mean * Math.log(1 - uniform(rng));
/** exp(N(ln median, sigma)). */
export const lognormal = (rng: Rng, median: number, sigma: number): number => median * Math.exp(sigma * normal(rng));

/** Poisson count: by multiplication below 30 (Knuth), by a rounded normal above (error < 1 % there). */
export function poisson(rng: Rng, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(rng)));
  const limit = Math.exp(-mean);
  let product = uniform(rng);
  let count = 0;
  while (product > limit) {
    product *= uniform(rng);
    count += 1;
  }
  return count;
}

/** Index drawn with the given weights (they need not sum to 1). */
export function choose(rng: Rng, weights: readonly number[]): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let rest = uniform(rng) * total;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i] ?? 0;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}
