import { uniform } from "../../random.ts";
import { percent } from "../percent.ts";
import type { LineFault } from "./line-fault.ts";

/** Nobody waits longer for the message that overtakes it. */
const longestMs = 3_600_000;

/** A message that the next one overtakes. */
export const outOfOrder: LineFault = {
  on: "message",
  pass(message, { t, args, memory }) {
    if (memory.held.length > 0) return [message, ...memory.held.splice(0).map(({ topic, payload }) => ({ topic, payload, late: true as const }))];
    if (uniform(memory.rng) >= percent(args, "often")) return [message];
    memory.held.push({ ...message, due: t + longestMs });
    return [];
  },
};
