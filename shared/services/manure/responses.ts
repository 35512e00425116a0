import type { Response } from "../../alarm-rule.ts";
import { text } from "../../text.ts";

/** Whether a driver is called at once is a person's decision until somebody switches it to automatic: a caught driver is also a warned one. */
export const responses = [
  {
    id: "call-driver",
    title: text("기사 호출", "Call the driver"),
    rule: "dumping",
    op: "call",
    args: {},
    on: "self",
    countdown: 60,
    guards: [],
    mode: "manual",
  },
] as const satisfies readonly Response<"truck">[];
