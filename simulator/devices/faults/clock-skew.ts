import type { SensorFault } from "./sensor-fault.ts";

/** Measures when it should, and writes another time on it. */
export const clockSkew: SensorFault = { on: "clock", stamp: (t, args) => t + Number(args.seconds ?? 0) * 1000 };
