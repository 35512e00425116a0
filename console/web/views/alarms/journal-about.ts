import type { JournalLine } from "../../../../shared/alarm.ts";
import type { CommandArgs } from "../../../../shared/command.ts";
import { responseId } from "../../../../shared/rules-of.ts";
import type { Service } from "../../../../shared/service.ts";
import { type Text, text } from "../../../../shared/text.ts";
import { orderText } from "../../command/fields.ts";
import { dayClockText } from "../../trend/words.ts";

/** As the journal writes them: `name=value`, one space between; a value may hold spaces. */
const argsOf = (written: string): CommandArgs =>
  Object.fromEntries(
    written.split(/ (?=[\w-]+=)/).map((one) => {
      const at = one.indexOf("=");
      const value = one.slice(at + 1);
      return [one.slice(0, at), value !== "" && Number.isFinite(Number(value)) ? Number(value) : value];
    }),
  );

function opText(op: string, args: string, contract: Service | undefined): Text {
  const type = contract?.commands[op];
  if (type === undefined) return text(`${op} ${args}`.trim(), `${op} ${args}`.trim());
  return args === "" ? type.label : orderText(type, argsOf(args));
}
function responseText(id: string, contract: Service | undefined): Text {
  const title = contract?.responses.find((one) => id === responseId(contract, one))?.title;
  return title ?? text(id, id);
}
function untilText(until: number, t: number, zone: string): Text {
  const [day, minute] = dayClockText(until, zone).split(" ");
  // The day only where it is another one.
  const end = dayClockText(t, zone).startsWith(`${day} `) ? minute : `${day} ${minute}`;
  return text(`${end}까지`, `until ${end}`);
}

/** What exactly was done, where `what` alone does not say it: which command, response or work order, and until when. */
export function aboutText({ x, t }: Pick<JournalLine, "x" | "t">, contract: Service | undefined, zone: string): Text | undefined {
  if (x === undefined) return undefined;
  const { op, args, response, order, until } = x;
  const parts = [
    ...(op === undefined ? [] : [opText(String(op), String(args ?? ""), contract)]),
    ...(response === undefined ? [] : [responseText(String(response), contract)]),
    ...(order === undefined ? [] : [text(`작업 지시 ${order}`, `work order ${order}`)]),
    ...(typeof until === "number" ? [untilText(until, t, zone)] : []),
  ];
  if (parts.length === 0) return undefined;
  return { ko: parts.map(({ ko }) => ko).join(" · "), en: parts.map(({ en }) => en).join(" · ") };
}
