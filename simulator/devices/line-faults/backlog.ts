import type { LineFault } from "./line-fault.ts";

/** The line is down although the connection stands, as behind a modem: afterwards everything at once. */
export const backlog: LineFault = { on: "line" };
