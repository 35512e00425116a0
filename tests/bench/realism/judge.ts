import type { Statistic } from "./bands.ts";
import { median } from "./statistics.ts";

/** One statistic held against what real streams gave. */
export interface Finding extends Statistic {
  /** Median over the seeds. */
  readonly value: number;
  readonly bySeed: readonly number[];
  /** Null where nothing real has a spread to be held against. */
  readonly inside: boolean | null;
  /** Widths of its band by which it is outside; 0 where it is inside, infinite at a mark of one side. */
  readonly by: number;
}

export function judge(statistic: Statistic, bySeed: readonly number[]): Finding {
  const value = median(bySeed);
  const [low, high] = limits(statistic);
  if (low === undefined && high === undefined) return { ...statistic, value, bySeed, inside: null, by: 0 };
  const beyond = Math.max((low ?? Number.NEGATIVE_INFINITY) - value, value - (high ?? Number.POSITIVE_INFINITY));
  // what could not be computed is not inside
  const inside = beyond <= 0;
  const width = low === undefined || high === undefined ? 0 : high - low;
  return { ...statistic, value, bySeed, inside, by: inside ? 0 : beyond / width };
}
export const limits = ({ band, atLeast, atMost }: Statistic): readonly [number | undefined, number | undefined] =>
  band === undefined ? [atLeast, atMost] : [band[0], band[2]];

export interface Verdict {
  readonly passes: boolean;
  /** Why not. */
  readonly failures: readonly string[];
}
/** At least nine of ten of what has a band inside, none outside by more than its width, every mark met. */
export function verdict(findings: readonly Finding[]): Verdict {
  const failures: string[] = [];
  const banded = findings.filter((one) => one.band !== undefined);
  const inside = banded.filter((one) => one.inside === true).length;
  if (inside < 0.9 * banded.length) failures.push(`${inside} of ${banded.length} statistics lie inside their bands`);
  for (const one of findings) {
    if (Number.isNaN(one.value) && one.inside === false) failures.push(`${one.text}: could not be computed`);
    else if (one.band !== undefined && one.by > 1) failures.push(`${one.text}: outside by ${one.by.toFixed(1)} widths of its band`);
    else if (one.band === undefined && one.inside === false) failures.push(`${one.text}: pass mark missed`);
  }
  return { passes: failures.length === 0, failures };
}
