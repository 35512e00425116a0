import type { Response } from "../../alarm-rule.ts";
import { text } from "../../text.ts";

/** A warning that comes at once is the one that is heeded: most intruders are still at the wheel. The light goes out with the vehicle. */
export const responses = [
  {
    id: "warn-intruder",
    title: text("일반차량 음성 경고", "Warn the intruder"),
    rule: "intruder",
    op: "warn",
    args: {},
    on: "self",
    countdown: 0,
    guards: [],
    mode: "auto",
  },
  {
    id: "light-intruder",
    title: text("일반차량 경광등", "Light at the intruder's bay"),
    rule: "intruder",
    op: "light",
    args: {},
    on: "self",
    countdown: 0,
    guards: [],
    mode: "auto",
  },
] as const satisfies readonly Response<"bay" | "charger">[];
