import { type Rng, uniform } from "../random.ts";

/** Plain data: charge 0..1, and how long a full one lasts. */
export interface Battery {
  charge: number;
  readonly lifeDays: number;
}

/** Below this share somebody comes and changes it. */
const emptyAt = 0.06;
const dayMs = 86_400_000;

/** In service for some time already; field units of this sort live two to five years on one set (assumption). */
export const createBattery = (rng: Rng): Battery => ({ charge: 0.25 + 0.75 * uniform(rng), lifeDays: 730 + 1095 * uniform(rng) });

/** Discharges over the time that has gone; true when it was replaced, which boots the device. */
export function discharge(battery: Battery, elapsedMs: number): boolean {
  battery.charge -= elapsedMs / dayMs / battery.lifeDays;
  if (battery.charge > emptyAt) return false;
  battery.charge = 1;
  return true;
}

/** What the gauge shows: cells give about 0.8 % less per degree below 15 Celsius (assumption, of the order of alkaline and lithium data sheets). */
export const shownCharge = (battery: Battery, celsius: number): number => battery.charge * (1 - Math.min(0.4, 0.008 * Math.max(0, 15 - celsius)));
