import type { Rng } from "../../random.ts";
import type { Played } from "../incidents.ts";

export interface Unit {
  readonly id: string;
  readonly district: string;
  readonly households: number;
  readonly capacity: number;
  readonly tare: number;
  readonly rate: number;
  readonly rng: Rng;
  /** Grams in the bin, and before the last change. */
  net: number;
  netBefore: number;
  changed: number;
  temp: number;
  lidOpened: number;
  lidCloses: number;
  /** Grams and household of the drop that is on its way. */
  dropping: number;
  household: number;
  round: number;
  /** When the truck that was called is there; 0 = none was. */
  called: number;
  locked: boolean;
  /** The lock does not let go. */
  jammed: boolean;
  /** The lid stands open, whoever comes. */
  ajar: boolean;
  /** Temperature to which something burns in it, Celsius; 0 = nothing does. */
  burns: number;
  /** Who found the lid locked and will come again, the soonest first. */
  back: number[];
  /** Who comes beside the usual people, the soonest first. */
  crowd: number[];
  emptiedAt: number;
  /** When the scale is set to zero after emptying; 0 = not due. */
  tareDue: number;
  taredAt: number;
  tareTemp: number;
}
/** Plain data. */
export interface WasteState {
  readonly seed: number;
  begun: boolean;
  readonly units: Unit[];
  /** Per unit: next person at the lid, or the lid closing; next truck or tare. */
  readonly nextVisit: number[];
  readonly nextTruck: number[];
  readonly indexOf: Record<string, number>;
  readonly incidents: Played[];
  /** kg h above what bins hold. */
  overfilled: number;
}

/** So many grams are in the bin from now on. */
export function load(unit: Unit, grams: number, t: number): void {
  unit.netBefore = unit.net;
  unit.net = grams;
  unit.changed = t;
}
