/**
 * Nash cascade (1957): equal linear reservoirs in a row, u(t) = (t/k)^(n-1) e^(-t/k) / (k Gamma(n)), peak at (n-1) k.
 * `outflows` are those of the reservoirs, in any unit of flow; changed in place. Each step passes on exactly what it takes in, in the end.
 */
export function stepCascade(outflows: number[], inflow: number, share: number): number {
  let flow = inflow;
  for (let i = 0; i < outflows.length; i++) {
    const before = outflows[i] ?? 0;
    flow = before + (flow - before) * share;
    outflows[i] = flow;
  }
  return flow;
}

/** Share of the difference that a reservoir of storage constant `k` makes up in a step; same unit of time. */
export const cascadeShare = (step: number, k: number): number => 1 - Math.exp(-step / k);
