import { uniform } from "../../random.ts";
import { percent } from "../percent.ts";
import type { LineFault } from "./line-fault.ts";

/** An acknowledgement that was lost: the same message again. */
export const duplicate: LineFault = {
  on: "message",
  pass: (message, { args, memory }) => (uniform(memory.rng) < percent(args, "often") ? [message, message] : [message]),
};
