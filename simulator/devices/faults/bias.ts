import { type SensorFault, sizeOf } from "./sensor-fault.ts";

export const bias: SensorFault = { on: "number", bend: (value, at) => value + sizeOf(at) };
