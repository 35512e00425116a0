/** Pixels in the frame of the map. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}
export interface LabelWish {
  readonly id: string;
  /** What the label names. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** Upper left corner of the label, counted from what it names. */
export interface LabelPlace {
  readonly dx: number;
  readonly dy: number;
}
export interface LabelGround {
  /** Labels stay inside. */
  readonly frame: Box;
  /** Never covered: controls, legend. */
  readonly blocked: readonly Box[];
  /** Better left open: names, the stream. */
  readonly dear: readonly Box[];
}

const away = 16;
/** Half of a mark, and a little room round it: a label beside it must not look like its own. */
const half = 12;
const rounds = 4;
const price = { outside: 60, blocked: 40, label: 40, mark: 30, dear: 1, rank: 30, crossed: 4000 } as const;

const shared = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0)) * Math.max(0, Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0));
const area = (a: Box): number => (a.x1 - a.x0) * (a.y1 - a.y0);

/** Beside comes first, then beside and shifted, then above and below. */
function candidates({ width, height }: LabelWish): readonly LabelPlace[] {
  const middle = -height / 2;
  const rise = height * 0.9;
  const sides = [away, -away - width];
  const beside = [middle, middle - rise, middle + rise].flatMap((dy) => sides.map((dx) => ({ dx, dy })));
  const far = [middle - 2 * rise, middle + 2 * rise].flatMap((dy) => sides.map((dx) => ({ dx: dx * 1.4, dy })));
  const over = [-away - height, away].flatMap((dy) => [0.5, 0.2, 0.8].map((share) => ({ dx: -width * share, dy })));
  return [...beside, ...over, ...far];
}

const boxAt = (wish: LabelWish, { dx, dy }: LabelPlace): Box => ({
  x0: wish.x + dx,
  y0: wish.y + dy,
  x1: wish.x + dx + wish.width,
  y1: wish.y + dy + wish.height,
});

const clamp = (from: number, long: number): number => Math.max(from, Math.min(0, from + long));
/** Where the line from the mark meets the label: its nearest point, counted from the mark. */
export const leaderEnd = ({ dx, dy }: LabelPlace, width: number, height: number): { readonly x: number; readonly y: number } => ({
  x: clamp(dx, width),
  y: clamp(dy, height),
});

/** True when the line from a mark to its label runs over another mark. */
function crosses(wish: LabelWish, place: LabelPlace, other: LabelWish): boolean {
  const end = leaderEnd(place, wish.width, wish.height);
  const x = other.x - wish.x;
  const y = other.y - wish.y;
  const long = end.x ** 2 + end.y ** 2;
  const along = long === 0 ? 0 : Math.max(0, Math.min(1, (x * end.x + y * end.y) / long));
  return Math.hypot(x - along * end.x, y - along * end.y) < half;
}

/** Gives every label a place beside what it names, so that none hides another, a mark or a control; deterministic. */
export function placeLabels(wishes: readonly LabelWish[], { frame, blocked, dear }: LabelGround): ReadonlyMap<string, LabelPlace> {
  const marks = wishes.map(({ x, y }): Box => ({ x0: x - half, y0: y - half, x1: x + half, y1: y + half }));
  const placed = new Map<string, { place: LabelPlace; box: Box }>();
  const costOf = (wish: LabelWish, place: LabelPlace, box: Box, rank: number): number => {
    let cost = wishes.filter((other) => other !== wish && crosses(wish, place, other)).length * price.crossed;
    cost += rank * price.rank + (area(box) - shared(box, frame)) * price.outside;
    for (const other of blocked) cost += shared(box, other) * price.blocked;
    for (const other of marks) cost += shared(box, other) * price.mark;
    for (const other of dear) cost += shared(box, other) * price.dear;
    for (const [id, other] of placed) if (id !== wish.id) cost += shared(box, other.box) * price.label;
    return cost;
  };
  for (let round = 0; round < rounds; round++)
    for (const wish of wishes) {
      let least = Number.POSITIVE_INFINITY;
      for (const [rank, place] of candidates(wish).entries()) {
        const box = boxAt(wish, place);
        const cost = costOf(wish, place, box, rank);
        if (cost >= least) continue;
        least = cost;
        placed.set(wish.id, { place, box });
      }
    }
  return new Map([...placed].map(([id, { place }]) => [id, place]));
}
