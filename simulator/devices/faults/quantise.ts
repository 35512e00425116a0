import { type SensorFault, sizeOf } from "./sensor-fault.ts";

/** Moves in steps of the size only. */
export const quantise: SensorFault = {
  on: "number",
  bend(value, at) {
    const step = Math.abs(sizeOf(at));
    return step > 0 ? Math.round(value / step) * step : value;
  },
};
