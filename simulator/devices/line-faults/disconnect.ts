import type { LineFault } from "./line-fault.ts";

/** The socket is gone without a farewell: the broker says the last will. */
export const disconnect: LineFault = { on: "line", socket: "cut" };
