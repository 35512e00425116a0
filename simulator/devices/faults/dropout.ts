import { uniform } from "../../random.ts";
import { percent } from "../percent.ts";
import type { SensorFault } from "./sensor-fault.ts";

/** A value that does not come; a device of which none comes says nothing. */
export const dropout: SensorFault = {
  on: "all",
  bend: (value, { memory, args }) => (uniform(memory.rng) < percent(args, "often") ? undefined : value),
};
