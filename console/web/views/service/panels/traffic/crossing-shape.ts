import type { Side } from "./crossings.ts";

/** Pixels per metre: narrow roads are drawn larger. Vehicles that stand take 7 m of lane (domain: 6.7 to 7.5). */
const scales = { widest: 92, most: 3.8, least: 2.4 } as const;
const laneMetres = 3.2;
const spacing = 7;
const vehicle = { long: 4.6, wide: 1.9 } as const;
/** Stop line before the crossing road's edge, and the crosswalk between them. */
const setBack = 7;
const walk = { from: 1.4, to: 5.2 } as const;

export interface ArmFacts {
  readonly side: Side;
  /** Towards the crossing; the other way is drawn as wide, because nobody counts it. */
  readonly lanes: number;
  readonly isMain: boolean;
  /** Degrees clockwise from north in which its vehicles drive. */
  readonly heading: number;
}
interface Point {
  readonly x: number;
  readonly y: number;
}
/** One road that leads to the crossing, in its own frame: `out` metres from the middle, `left` metres to the left of who looks outwards. */
export interface Arm extends ArmFacts {
  at(out: number, left: number): Point;
  readonly width: number;
  /** Where the crossing ends for it, and where its vehicles wait. */
  readonly mouth: number;
  readonly stop: number;
  /** As far as the drawing goes. */
  readonly end: number;
}

const unit = (degrees: number): Point => ({ x: Math.sin((degrees * Math.PI) / 180), y: -Math.cos((degrees * Math.PI) / 180) });
/** Usual heading of who comes from there, for birth documents that do not say. */
export const headings: Readonly<Record<Side, number>> = { n: 180, e: 270, s: 0, w: 90 };
const widthOf = ({ lanes }: ArmFacts): number => 2 * Math.max(1, lanes) * laneMetres;

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}
/** How far a ray goes inside the drawing, m. */
function reach(direction: Point, { width, height, scale }: Frame): number {
  const across = direction.x === 0 ? Number.POSITIVE_INFINITY : width / 2 / Math.abs(direction.x);
  const along = direction.y === 0 ? Number.POSITIVE_INFINITY : height / 2 / Math.abs(direction.y);
  return Math.min(across, along) / scale;
}

/** The crossing as its birth documents tell it; as wide as the roads that cross in it. */
export function armsOf(facts: readonly ArmFacts[], width: number, height: number): readonly Arm[] {
  const widest = Math.max(1, ...facts.map(widthOf));
  const scale = Math.min(scales.most, Math.max(scales.least, scales.widest / widest));
  return facts.map((arm) => {
    const out = unit(arm.heading + 180);
    const left = unit(arm.heading + 90);
    // Only roads that come from the side make the crossing wider for this one.
    const crossing = facts.filter((other) => Math.abs(Math.sin(((other.heading - arm.heading) * Math.PI) / 180)) > 0.5);
    const mouth = Math.max(4, ...crossing.map((other) => widthOf(other) / 2)) + 2;
    return {
      ...arm,
      at: (far, aside) => ({ x: width / 2 + scale * (far * out.x + aside * left.x), y: height / 2 + scale * (far * out.y + aside * left.y) }),
      width: widthOf(arm),
      mouth,
      stop: mouth + setBack,
      end: reach(out, { width, height, scale }) + widthOf(arm),
    };
  });
}

/** Corners of a piece of road as an SVG path. */
export const strip = (arm: Arm, [from, to]: readonly [number, number], [low, high]: readonly [number, number]): string =>
  `M${[arm.at(from, low), arm.at(to, low), arm.at(to, high), arm.at(from, high)].map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
/** Who drives on the right and comes in has the road's middle on his left: his lanes lie left of who looks outwards. */
export const laneMiddle = (lane: number): number => (lane + 0.5) * laneMetres;
export const laneEdge = (lane: number): number => lane * laneMetres;

/** Standing vehicles, shared out evenly over the lanes because nobody counts them by lane, and how many do not fit into the drawing. */
export function standing(arm: Arm, queue: number): { readonly paths: readonly string[]; readonly beyond: number } {
  const lanes = Math.max(1, arm.lanes);
  const fits = Math.max(0, Math.floor((arm.end - arm.width - arm.stop) / spacing)) * lanes;
  const count = Number.isFinite(queue) ? Math.max(0, Math.round(queue)) : 0;
  const paths = Array.from({ length: Math.min(count, fits) }, (_, index) => {
    const from = arm.stop + 1 + Math.floor(index / lanes) * spacing;
    const middle = laneMiddle(index % lanes);
    return strip(arm, [from, from + vehicle.long], [middle - vehicle.wide / 2, middle + vehicle.wide / 2]);
  });
  return { paths, beyond: Math.max(0, count - fits) };
}

/** Stripes of the crosswalk over an arm. */
export function stripes(arm: Arm): readonly string[] {
  const count = Math.max(4, Math.round(arm.width / 1.6));
  const step = arm.width / count;
  return Array.from({ length: count }, (_, index) => {
    const low = -arm.width / 2 + (index + 0.2) * step;
    return strip(arm, [arm.mouth + walk.from, arm.mouth + walk.to], [low, low + step * 0.6]);
  });
}
