/** Where a delay stands between two ends on a logarithmic axis, 0..1. Seconds and hours are both to be seen, so each step is about six times the one before. */
export const delayEnds = { low: 5, high: 7200 } as const;
export const delayTicks = [10, 60, 600, 3600] as const;

export function delayPlace(seconds: number): number {
  const { low, high } = delayEnds;
  const clamped = Math.max(low, Math.min(high, seconds));
  return Math.log(clamped / low) / Math.log(high / low);
}
