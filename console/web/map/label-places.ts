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
const price = { outside: 60, blocked: 40, label: 40, mark: 30, dear: 1, rank: 30 } as const;

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
  return [...beside, { dx: -width / 2, dy: -away - height }, { dx: -width / 2, dy: away }, ...far];
}

const boxAt = (wish: LabelWish, { dx, dy }: LabelPlace): Box => ({
  x0: wish.x + dx,
  y0: wish.y + dy,
  x1: wish.x + dx + wish.width,
  y1: wish.y + dy + wish.height,
});

/** Gives every label a place beside what it names, so that none hides another, a mark or a control; deterministic. */
export function placeLabels(wishes: readonly LabelWish[], { frame, blocked, dear }: LabelGround): ReadonlyMap<string, LabelPlace> {
  const marks = wishes.map(({ x, y }): Box => ({ x0: x - half, y0: y - half, x1: x + half, y1: y + half }));
  const placed = new Map<string, { place: LabelPlace; box: Box }>();
  const costOf = (wish: LabelWish, box: Box, rank: number): number => {
    let cost = rank * price.rank + (area(box) - shared(box, frame)) * price.outside;
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
        const cost = costOf(wish, box, rank);
        if (cost >= least) continue;
        least = cost;
        placed.set(wish.id, { place, box });
      }
    }
  return new Map([...placed].map(([id, { place }]) => [id, place]));
}
