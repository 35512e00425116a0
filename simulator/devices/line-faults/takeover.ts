import type { LineFault } from "./line-fault.ts";

/** A second client signs in under the gateway's own name; the broker ends the first connection (MQTT 3.1.1, 3.1.4-2). */
export const takeover: LineFault = { on: "line", socket: "takeover" };
