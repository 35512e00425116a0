import { uniform } from "../../random.ts";
import type { LineFault } from "./line-fault.ts";

/** Each message takes its own time, whole seconds; some overtake others. */
export const delay: LineFault = {
  on: "message",
  pass(message, { t, args, memory }) {
    memory.held.push({ ...message, due: t + Math.ceil(uniform(memory.rng) * Number(args.seconds ?? 1)) * 1000 });
    return [];
  },
};
