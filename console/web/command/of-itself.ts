import type { Command } from "../../../shared/command.ts";
import type { Service } from "../../../shared/service.ts";
import type { Text } from "../../../shared/text.ts";
import { familyName } from "./fields.ts";

type Newest = Pick<Command, "op" | "state"> | undefined;

/** Who brought a device to this word, when it was the device itself. While the family's newest command is open or has failed, nobody can tell. */
export function ofItself({ commands }: Service, op: string, word: string | undefined, newest: Newest): Text | undefined {
  const type = commands[op];
  if (type === undefined || word === undefined || (newest !== undefined && newest.state !== "confirmed")) return undefined;
  const words = Object.values(commands).find((one) => one.ofItself !== undefined && familyName(one) === familyName(type))?.ofItself;
  const ordered = newest === undefined ? undefined : commands[newest.op];
  const isAsOrdered = ordered !== undefined && ordered.ofItself === undefined && "is" in ordered.readBack && ordered.readBack.is.includes(word);
  return isAsOrdered ? undefined : words?.[word];
}
