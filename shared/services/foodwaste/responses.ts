import type { Response } from "../../alarm-rule.ts";
import { text } from "../../text.ts";

/** A locked lid keeps people from what they pay for: whether a full unit is locked is a person's decision until somebody switches it to automatic. */
export const responses = [
  {
    id: "lock-full",
    title: text("가득 찬 수거함 잠금", "Lock a full unit"),
    rule: "full",
    op: "lock",
    args: {},
    on: "self",
    countdown: 300,
    guards: [{ metric: "lid", is: true, says: text("뚜껑이 열려 있습니다", "The lid is open") }],
    mode: "manual",
  },
  {
    id: "unlock-emptied",
    title: text("비운 수거함 잠금 해제", "Unlock an emptied unit"),
    rule: "full",
    when: "cleared",
    op: "unlock",
    args: {},
    on: "self",
    countdown: 0,
    guards: [],
    mode: "auto",
  },
] as const satisfies readonly Response<"bin">[];
