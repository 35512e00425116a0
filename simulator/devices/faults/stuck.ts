import type { SensorFault } from "./sensor-fault.ts";

/** Says the value of its first reading again and again, to the last digit. */
export const stuck: SensorFault = {
  on: "any",
  bend(value, { memory }) {
    memory.held ??= value;
    return memory.held;
  },
};
