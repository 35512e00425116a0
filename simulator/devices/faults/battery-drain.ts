import { hoursSince, type SensorFault } from "./sensor-fault.ts";

/** Share of its charge that is left. */
const left = (at: { readonly t: number; readonly onset: number; readonly args: Readonly<Record<string, number | string>> }): number =>
  Math.max(0, 1 - hoursSince(at) / Number(at.args.hours ?? 1));

/** Empty within the hours; then nothing is said. The cells that it had before are back when it ends. */
export const batteryDrain: SensorFault = {
  on: "battery",
  bend: (value, at) => value * left(at),
  silent: (at) => left(at) === 0,
};
