import { uniform } from "../../random.ts";
import { percent } from "../percent.ts";
import { type SensorFault, sizeOf } from "./sensor-fault.ts";

/** Debris, a bird, a lost echo: single readings far off. To the other side where the range ends. */
export const spike: SensorFault = {
  on: "number",
  bend(value, at) {
    if (uniform(at.memory.rng) >= percent(at.args, "often")) return value;
    const size = sizeOf(at);
    const up = value + size;
    return up > at.metric.max || up < at.metric.min ? value - size : up;
  },
};
