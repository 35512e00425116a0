import { uniform } from "../../random.ts";
import { percent } from "../percent.ts";
import type { LineFault } from "./line-fault.ts";

const broken: Readonly<Record<string, (payload: string) => string>> = {
  /** Cut off on the way. */
  json: (payload) => payload.slice(0, Math.max(1, Math.floor(payload.length * 0.7))),
  /** The values under another name. */
  shape: (payload) => payload.replace(/"[me]":/g, '"values":'),
  metric: (payload) => payload.replace(/"m":\{/g, '"m":{"warp":9,'),
};

export const malformed: LineFault = {
  on: "message",
  pass(message, { args, memory }) {
    const spoil = broken[String(args.shape ?? "json")];
    if (spoil === undefined || uniform(memory.rng) >= percent(args, "often")) return [message];
    return [{ ...message, payload: spoil(message.payload) }];
  },
};
