import type { DeviceUnit } from "../devices/fleet.ts";
import type { Happening, Obeyed, Struck } from "../model.ts";

/** The models' part in incidents, at the environment of now. */
export interface IncidentPlayer {
  incite(device: DeviceUnit, struck: Struck, t: number): Obeyed;
  relent(device: DeviceUnit, struck: Struck, t: number): readonly Happening[];
  over(device: DeviceUnit, struck: Struck, t: number): boolean;
  felt(device: DeviceUnit, struck: Struck, t: number): boolean;
  /** To be told in their turn; these devices are read now. */
  happen(happenings: readonly Happening[], report: readonly string[]): void;
}
