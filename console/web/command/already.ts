import type { Service } from "../../../shared/service.ts";
import { type Text, text } from "../../../shared/text.ts";
import type { Order } from "./arming.ts";

/** A device that says `value` of itself says already what is about to be asked; an order that any state would answer asks for none. */
export function isAlready({ commands, metrics }: Service, { op, args }: Pick<Order, "op" | "args">, value: number): boolean {
  const back = commands[op]?.readBack;
  if (back === undefined || "event" in back || !Number.isFinite(value)) return false;
  const metric = metrics[back.metric];
  const said = metric?.kind === "state" ? metric.words[value] : metric?.kind === "flag" ? value === 1 : value;
  if ("is" in back) return back.is.length === 1 && back.is[0] === said;
  const wanted = args[back.arg];
  return typeof wanted === "number" && typeof said === "number" ? Math.abs(wanted - said) <= (back.within ?? 0) : wanted === said;
}

/** Told before it is confirmed; undefined = none of them is so. */
export function alreadyText(already: number, devices: number): Text | undefined {
  if (already === 0) return undefined;
  if (devices === 1) return text("기기는 이미 그렇습니다. 명령은 그래도 나갑니다.", "The device already is so. The command is sent all the same.");
  return text(
    `${devices}대 가운데 ${already}대는 이미 그렇습니다. 명령은 그래도 나갑니다.`,
    `${already} of ${devices} already are so. The command is sent all the same.`,
  );
}
