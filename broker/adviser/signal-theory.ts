/** Equations of fixed-time signals. Flows in veh/h, times in s, shares of green g/C. */

/** Vehicles per hour of green and lane, mixed traffic (planning value, 2 s headway), and the share that phased left turns leave of it [assumption]. */
const perLane = 1800;
const phased = 0.82;
/** A turn pocket beside the lanes counts as so much of one [assumption]. */
const pocket = 0.35;
/** f = 1 / (1 + 0.8 p) (KHCM 2013). */
const heavyEquivalent = 0.8;

/** What an approach can discharge while it is green, veh/h. */
export const saturationFlow = (lanes: number, heavyShare: number): number =>
  (perLane * phased * (lanes + pocket)) / (1 + heavyEquivalent * heavyShare);

/** Webster's cycle of least delay, C0 = (1.5 L + 5) / (1 - Y); none from Y = 0.95 on. */
export const websterCycle = (lost: number, ratio: number): number | undefined => (ratio >= 0.95 ? undefined : (1.5 * lost + 5) / (1 - ratio));

export interface ApproachLoad {
  /** Demand, veh/h. */
  readonly flow: number;
  /** veh/h of green. */
  readonly saturation: number;
  /** Progression factor of its platoons; 1 = arrivals at random. */
  readonly progression: number;
}
/**
 * Control delay of HCM 6th (ch. 19), s/veh: uniform part d1 times the progression factor, and what random arrivals add (d2, k = 0.5, I = 1, T = 0.25 h).
 */
export function controlDelay({ flow, saturation, progression }: ApproachLoad, cycle: number, green: number): number {
  const share = Math.min(0.999, green / cycle);
  const capacity = Math.max(1, saturation * share);
  const x = flow / capacity;
  const uniform = (0.5 * cycle * (1 - share) * (1 - share)) / (1 - Math.min(1, x) * share);
  const hours = 0.25;
  const random = 900 * hours * (x - 1 + Math.sqrt((x - 1) * (x - 1) + (4 * x) / (capacity * hours)));
  return uniform * progression + random;
}
