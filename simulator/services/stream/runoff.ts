import { losses } from "./parameters.ts";

/** Potential retention of a curve number, mm (TR-55). */
const retention = (curve: number): number => 25_400 / curve - 254;

/** Direct runoff of a storm of `rain` mm: (P - Ia)^2 / (P - Ia + S), Ia = 0.2 S (SCS curve number method). */
export function directRunoff(rain: number, curve: number): number {
  const kept = retention(curve);
  const over = rain - losses.abstraction * kept;
  return over <= 0 ? 0 : (over * over) / (over + kept);
}

/** Rain of the present storm that each kind of surface has had, mm: between storms it is forgotten as the surface dries. */
export interface Wetness {
  paved: number;
  green: number;
}
/** mm over the whole sub-catchment. */
export interface Excess {
  /** Excess rain of paved and of green land, and what green land keeps. */
  readonly paved: number;
  readonly green: number;
  readonly kept: number;
}

/** One step with `rain` mm: the storm's runoff grows by the difference of the curve, each kind of surface for itself. Changes `wet`. */
export function stepRunoff(wet: Wetness, rain: number, share: number, hours: number): Excess {
  if (rain <= 0) {
    wet.paved *= Math.exp(-hours / losses.pavedHours);
    wet.green *= Math.exp(-hours / losses.greenHours);
    return { paved: 0, green: 0, kept: 0 };
  }
  const paved = directRunoff(wet.paved + rain, losses.curvePaved) - directRunoff(wet.paved, losses.curvePaved);
  const green = directRunoff(wet.green + rain, losses.curveGreen) - directRunoff(wet.green, losses.curveGreen);
  wet.paved += rain;
  wet.green += rain;
  return { paved: share * paved, green: (1 - share) * green, kept: (1 - share) * (rain - green) };
}

/**
 * Splits excess rain into what runs off at once and what is held back and comes late. Sewers, basins and soil take it up to a rate; beyond that they are
 * drowned, and take ever less, until all of a cloudburst runs off at once.
 */
export function splitExcess({ paved, green }: Excess, hours: number): { readonly quick: number; readonly late: number } {
  const { most, none } = losses.detention;
  const rate = (paved + green) / hours;
  const held = rate <= most ? rate : Math.max(0, (most * (none - rate)) / (none - most));
  return { quick: (rate - held) * hours, late: held * hours };
}
