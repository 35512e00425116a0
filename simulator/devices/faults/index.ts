import type { SensorKindId } from "../../../shared/scenario/sensor-kinds.ts";
import { batteryDrain } from "./battery-drain.ts";
import { bias } from "./bias.ts";
import { clockSkew } from "./clock-skew.ts";
import { drift } from "./drift.ts";
import { dropout } from "./dropout.ts";
import { noise } from "./noise.ts";
import { quantise } from "./quantise.ts";
import type { SensorFault } from "./sensor-fault.ts";
import { spike } from "./spike.ts";
import { stuck } from "./stuck.ts";

/** One for every kind of the list: the compiler says so. */
export const sensorFaults: { readonly [Kind in SensorKindId]: SensorFault } = {
  spike,
  drift,
  stuck,
  dropout,
  noise,
  quantise,
  bias,
  "clock-skew": clockSkew,
  "battery-drain": batteryDrain,
};
