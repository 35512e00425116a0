import { hoursSince, type SensorFault, sizeOf } from "./sensor-fault.ts";

/** Creeps away by the size every hour. */
export const drift: SensorFault = { on: "number", bend: (value, at) => value + sizeOf(at) * hoursSince(at) };
