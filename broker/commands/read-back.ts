import type { CommandArgs, CommandType, ReadBack } from "../../shared/command.ts";
import type { Value } from "../../shared/reading.ts";
import type { Observed } from "../alarms/observed.ts";

/** Whether what a device says is what it was told; undefined = it says nothing of it. Doubtful values say nothing. */
export function shows(readBack: ReadBack, args: CommandArgs, { m, q, e }: Observed): boolean | undefined {
  if ("event" in readBack) return e === readBack.event ? true : undefined;
  const value = m?.[readBack.metric];
  const quality = q?.[readBack.metric];
  return value === undefined || quality === "bad" || quality === "stale" ? undefined : isAsTold(readBack, args, value);
}

export function isAsTold(readBack: Exclude<ReadBack, { event: string }>, args: CommandArgs, value: Value): boolean {
  if ("is" in readBack) return readBack.is.some((wanted) => wanted === value);
  const wanted = args[readBack.arg];
  // a value has passed through decimals on the wire: what differs by less than a millionth is equal
  if (typeof wanted === "number" && typeof value === "number") return Math.abs(wanted - value) <= (readBack.within ?? 0) + 1e-6;
  return wanted !== undefined && wanted === value;
}

/** What was asked of the device, in the words in which it will answer where there is one; else the command with its arguments. */
export function commandedWords(op: string, { fields, readBack }: CommandType, args: CommandArgs): string {
  if ("is" in readBack && readBack.is.length === 1 && Object.keys(fields).length === 0) return wordOf(readBack.is[0] ?? op);
  if ("arg" in readBack && Object.keys(fields).length === 1) return wordOf(args[readBack.arg] ?? op);
  return [op, ...Object.entries(args).map(([name, value]) => `${name}=${value}`)].join(" ");
}

/** What the device says of itself, in the same words; null = nothing of what was asked. */
export function actualWords({ fields, readBack }: CommandType, { m, e, x }: Pick<Observed, "m" | "e" | "x">): string | null {
  // what came of it in words, e.g. "answered help"; numbers alone would say nothing
  if ("event" in readBack) return e === readBack.event ? wordsIn(x) || e : null;
  const value = m?.[readBack.metric];
  if (value === undefined) return null;
  return Object.keys(fields).length > 1 ? `${readBack.metric}=${wordOf(value)}` : wordOf(value);
}

const wordsIn = (x: Observed["x"] = {}): string =>
  Object.values(x)
    .filter((value) => typeof value === "string")
    .join(" ");
const wordOf = (value: Value): string => (typeof value === "boolean" ? (value ? "on" : "off") : String(value));
