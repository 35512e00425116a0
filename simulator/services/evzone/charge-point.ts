/** OCPP 1.6 ChargePointStatus, as far as these chargers use it. */
export type ChargePointStatus = "Available" | "Preparing" | "Charging" | "SuspendedEVSE" | "SuspendedEV" | "Finishing" | "Faulted";

/** Status changes that OCPP 1.6 section 4.9 allows and these chargers make: a fault may come at any time and gives back what it took. */
export const lawfulChanges: Readonly<Record<ChargePointStatus, readonly ChargePointStatus[]>> = {
  Available: ["Preparing", "Faulted"],
  Preparing: ["Charging", "Available", "Finishing", "Faulted"],
  Charging: ["SuspendedEV", "SuspendedEVSE", "Finishing", "Faulted"],
  SuspendedEV: ["Charging", "Finishing", "Faulted"],
  SuspendedEVSE: ["Charging", "Finishing", "Faulted"],
  Finishing: ["Available", "Faulted"],
  Faulted: ["Available", "Charging", "Finishing"],
};

/** Status with the one before it, so that an instant within the last step can still be told. */
export interface ChargePoint {
  cp: ChargePointStatus;
  before: ChargePointStatus;
  /** Epoch ms of the last change. */
  since: number;
}

export function changeStatus(point: ChargePoint, to: ChargePointStatus, t: number): void {
  if (point.cp === to) return;
  if (!lawfulChanges[point.cp].includes(to)) throw new Error(`a charger does not go from ${point.cp} to ${to}`);
  point.before = point.cp;
  point.cp = to;
  point.since = t;
}
