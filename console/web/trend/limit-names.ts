/** A rectangle on the plot, px; y grows downwards. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
/** What is drawn of the series at one x: its mean, and the least and greatest of its bucket. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly top: number;
  readonly bottom: number;
}

/** Air between a name and the curve. */
const air = 2;
/** Places that are tried along a limit. */
const tries = 16;

const meets = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The curve goes through the box: a bucket's spread does, or the line between two of them. */
export function isCrossed(box: Box, curve: readonly CurvePoint[]): boolean {
  const [top, bottom] = [box.top - air, box.bottom + air];
  return curve.some((point, at) => {
    if (point.x >= box.left && point.x <= box.right && point.top < bottom && point.bottom > top) return true;
    const next = curve[at + 1];
    if (next === undefined || next.x < box.left || point.x > box.right) return false;
    const yAt = (x: number): number => point.y + ((next.y - point.y) * (x - point.x)) / Math.max(1e-9, next.x - point.x);
    const [a, b] = [yAt(Math.max(point.x, box.left)), yAt(Math.min(next.x, box.right))];
    return Math.min(a, b) < bottom && Math.max(a, b) > top;
  });
}

interface Asked {
  /** y of the limit's line. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly plot: Box;
  readonly curve: readonly CurvePoint[];
  /** Names that stand already. */
  readonly taken: readonly Box[];
}
/**
 * Where a limit's name stands: on its line as far to the left as the curve leaves room, else under it. Where there is none at all it stands left on its
 * line; undefined: another name is there.
 */
export function nameBox({ at, width, height, plot, curve, taken }: Asked): Box | undefined {
  const boxAt = (left: number, bottom: number): Box => ({ left, right: left + width, top: bottom - height, bottom });
  const step = Math.max(0, plot.right - plot.left - width - 12) / tries;
  const lefts = Array.from({ length: tries + 1 }, (_, n) => plot.left + 6 + n * step);
  const apart = (box: Box): boolean => !taken.some((one) => meets(one, box));
  const inside = (box: Box): boolean => box.top >= plot.top - height && box.bottom <= plot.bottom;
  const places = [at - 1, at + height + 1].flatMap((bottom) => lefts.map((left) => boxAt(left, bottom)));
  const free = places.find((box) => inside(box) && apart(box) && !isCrossed(box, curve));
  if (free !== undefined) return free;
  const first = boxAt(plot.left + 6, at - 1);
  return apart(first) ? first : undefined;
}
