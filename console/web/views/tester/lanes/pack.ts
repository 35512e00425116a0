/** What is drawn in a lane, in px: from `x0` to `x1`, its words included. */
interface Extent {
  readonly x0: number;
  readonly x1: number;
}
export interface Packed<T> {
  /** `isShort`: where only its shorter form had room. */
  readonly placed: readonly { readonly one: T; readonly row: number; readonly isShort: boolean }[];
  /** For which no row had room. */
  readonly left: readonly T[];
}
export interface Packing<T> {
  readonly rows: number;
  extent(one: T): Extent;
  /** Its shorter form, for where the whole one has no room. */
  short?(one: T): Extent;
  readonly gap?: number;
}

/** Each in the first row that is free where it begins, in the order in which they begin; nothing covers anything. */
export function pack<T>(all: readonly T[], { rows, extent, short, gap = 4 }: Packing<T>): Packed<T> {
  const ends = new Array<number>(rows).fill(Number.NEGATIVE_INFINITY);
  const placed: { one: T; row: number; isShort: boolean }[] = [];
  const left: T[] = [];
  const put = (one: T, { x0, x1 }: Extent, isShort: boolean): boolean => {
    const row = ends.findIndex((end) => end + gap <= x0);
    if (row < 0) return false;
    ends[row] = x1;
    placed.push({ one, row, isShort });
    return true;
  };
  const ordered = all.map((one) => ({ one, whole: extent(one) })).sort((a, b) => a.whole.x0 - b.whole.x0);
  for (const [n, { one, whole }] of ordered.entries()) {
    // Words that would push out the next shape are left away, where a shape alone can stand.
    const next = short === undefined ? undefined : ordered[n + rows];
    const isCrowded = next !== undefined && whole.x1 + gap > next.whole.x0;
    const done = (!isCrowded && put(one, whole, false)) || (short !== undefined && put(one, short(one), true)) || put(one, whole, false);
    if (!done) left.push(one);
  }
  return { placed, left };
}
