import { normal } from "../../random.ts";
import { type SensorFault, sizeOf } from "./sensor-fault.ts";

/** White, with the size as its standard deviation. */
export const noise: SensorFault = { on: "number", bend: (value, at) => value + normal(at.memory.rng) * sizeOf(at) };
