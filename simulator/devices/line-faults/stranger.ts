import type { LineFault } from "./line-fault.ts";

/** Another client publishes for the device, or somebody tries to sign in whom nobody knows. */
export const stranger: LineFault = { on: "beside", socket: "stranger" };
