import { uniform } from "../../random.ts";
import { percent } from "../percent.ts";
import type { LineFault } from "./line-fault.ts";

export const loss: LineFault = {
  on: "message",
  pass: (message, { args, memory }) => (uniform(memory.rng) < percent(args, "often") ? [] : [message]),
};
