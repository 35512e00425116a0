import type { LineFault } from "./line-fault.ts";

/** The connection stands for the broker, and the gateway neither reads nor writes: its keep-alive runs out by the wall clock. */
export const halfOpen: LineFault = { on: "line", socket: "freeze" };
