/** A time without readings, epoch ms. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Sorted, and what overlaps or touches becomes one; empty ones go. */
export function joinGaps(gaps: readonly Gap[]): readonly Gap[] {
  const joined: { from: number; to: number }[] = [];
  for (const gap of [...gaps].filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && gap.from <= last.to) last.to = Math.max(last.to, gap.to);
    else joined.push({ from: gap.from, to: gap.to });
  }
  return joined;
}

/** What remains of a gap when readings at `times` (sorted) have come in: only pieces longer than the stale limit are still gaps. */
export function splitGap(gap: Gap, times: readonly number[], staleMs: number): readonly Gap[] {
  if (times.length === 0) return [gap];
  const edges = [gap.from, ...times, gap.to];
  return edges.slice(1).flatMap((to, index) => {
    const from = edges[index] ?? to;
    return to - from > staleMs ? [{ from, to }] : [];
  });
}

/** Indexes before which the line must break: some gap lies between this point and the one before. */
export function breaksOf(times: readonly number[], gaps: readonly Gap[]): ReadonlySet<number> {
  const breaks = new Set<number>();
  let next = 0;
  for (let at = 1; at < times.length && next < gaps.length; at++) {
    const before = times[at - 1] ?? 0;
    const here = times[at] ?? 0;
    while ((gaps[next]?.to ?? Number.POSITIVE_INFINITY) <= before) next++;
    const gap = gaps[next];
    if (gap !== undefined && gap.from < here) breaks.add(at);
  }
  return breaks;
}

/** Less what lies before `begin`: where there was no city yet nobody was silent. What is left of one is a gap only if it is long enough by itself. */
export const gapsSince = (gaps: readonly Gap[], begin: number, staleMs: number): readonly Gap[] =>
  gaps.flatMap((gap) => (gap.from >= begin ? gap : gap.to - begin > staleMs ? { from: begin, to: gap.to } : []));

/** The silence that is still going on, from the last reading to now; undefined while the series is fresh. */
export const openGap = (last: number | undefined, now: number, staleMs: number): Gap | undefined =>
  last !== undefined && now - last > staleMs ? { from: last, to: now } : undefined;
