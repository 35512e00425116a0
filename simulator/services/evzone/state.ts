import type { Rng } from "../../random.ts";
import { hourMs } from "../day-clock.ts";
import type { Played } from "../incidents.ts";
import type { ChargePoint } from "./charge-point.ts";
import { stays } from "./parameters.ts";
import type { BayPlace, Stay } from "./stay.ts";

/** A bay with its charger. */
export interface Bay extends ChargePoint, BayPlace {
  readonly id: string;
  readonly charger: string;
  readonly district: string;
  readonly rated: number;
  readonly rng: Rng;
  stay: Stay | null;
  /** The bay changed hands last at this instant; the car that was there before, if any. */
  turned: number;
  previous: Stay | null;
  /** The warning light: on until it is switched off or the bay is free. */
  light: boolean;
  /** kW over the last step; kWh since the meter was new. */
  power: number;
  energy: number;
  /** When the charger next breaks, or is repaired. */
  faultAt: number;
}
/** Plain data. */
export interface EvState {
  readonly seed: number;
  begun: boolean;
  readonly bays: Bay[];
  /** Next instant at which something happens in the bay of the same index. */
  readonly next: number[];
  /** Device id to index of its bay. */
  readonly indexOf: Record<string, number>;
  readonly incidents: Played[];
  /** Minutes of bays that somebody held without charging, or for longer than the law lets him. */
  blocked: number;
}

/** Until when the law lets a plug-in car stay. */
export const lawfulUntil = ({ fast }: Pick<Bay, "fast">, { since }: Pick<Stay, "since">): number =>
  since + stays.lawfulHours[fast ? "fast" : "slow"] * hourMs;

/** Somebody who may charge here could not: of those who may stand there, who has not plugged in or has stayed too long is in the way. */
export function isBlocked(bay: Bay, t: number): boolean {
  const { stay } = bay;
  if (stay === null || stay.class === "exempt") return false;
  return stay.stage === "intruding" || t > lawfulUntil(bay, stay) || (stay.stage === "leaving" && bay.cp === "Available");
}
