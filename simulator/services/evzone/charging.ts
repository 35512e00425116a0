import { curve } from "./parameters.ts";

/** Share of full power that a battery takes: 1 up to 80 % state of charge, then falling linearly (constant-voltage phase). */
export function taper(soc: number): number {
  if (soc <= curve.taperFrom) return 1;
  return Math.max(curve.taperFloor, 1 - ((1 - curve.taperFloor) * (soc - curve.taperFrom)) / (1 - curve.taperFrom));
}

export interface Connection {
  /** Charger's rating, kW. */
  readonly rated: number;
  readonly fast: boolean;
  /** Onboard charger of the car, kW; limits AC alone. */
  readonly onboard: number;
  /** kWh */
  readonly battery: number;
  /** 0..1 */
  readonly soc: number;
}

/** kW drawn from the grid. AC is limited by the onboard charger, so that the taper shows only in the last percent; DC by the battery. */
export function chargePower(connection: Connection): number {
  const accepted = curve.cRate * connection.battery;
  if (connection.fast) return Math.min(connection.rated, accepted) * taper(connection.soc);
  return Math.min(connection.rated, connection.onboard, accepted * taper(connection.soc));
}

/** State of charge gained by drawing `power` kW for `hours`. */
export const socGain = (connection: Connection, power: number, hours: number): number =>
  (power * hours * (connection.fast ? curve.efficiencyDc : curve.efficiencyAc)) / connection.battery;
