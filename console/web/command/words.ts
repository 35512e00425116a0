import type { Command, CommandType } from "../../../shared/command.ts";
import type { Service } from "../../../shared/service.ts";
import { type Text, text } from "../../../shared/text.ts";
import { orderText } from "./fields.ts";

/** Words that devices say of an event's outcome; a word that is not in here is shown as it came. */
const outcomes: Readonly<Record<string, Text>> = {
  answered: text("받음", "answered"),
  "no-answer": text("응답 없음", "no answer"),
  ok: text("이상 없음", "all well"),
  help: text("도움 요청", "asks for help"),
  nobody: text("아무도 없음", "nobody there"),
  none: text("대답 없음", "says nothing"),
};

/** One word of a device in the words of its contract. */
function wordOf(service: Service, type: CommandType, word: string): Text {
  if ("event" in type.readBack) return outcomes[word] ?? service.events[word]?.label ?? text(word, word);
  const metric = service.metrics[type.readBack.metric];
  if (metric?.kind === "state") return metric.texts[word] ?? text(word, word);
  if (metric?.kind === "flag") return word === "on" ? metric.on : word === "off" ? metric.off : text(word, word);
  return text(word, word);
}
const joined = (parts: readonly Text[], by: string): Text => ({ ko: parts.map(({ ko }) => ko).join(by), en: parts.map(({ en }) => en).join(by) });

/** What was asked, in the words in which the device will answer where there is one such word. */
export function commandedText(service: Service, { op, args }: Pick<Command, "op" | "args">): Text {
  const type = service.commands[op];
  if (type === undefined) return text(op, op);
  const { readBack, fields } = type;
  const names = Object.keys(fields);
  if ("is" in readBack && readBack.is.length === 1 && names.length === 0) {
    const [is] = readBack.is;
    return wordOf(service, type, is === true ? "on" : is === false ? "off" : String(is));
  }
  if ("arg" in readBack && names.length === 1) return wordOf(service, type, String(args[readBack.arg]));
  return orderText(type, args);
}

/** What the device said of itself after it; null = nothing yet. */
export function actualText(service: Service, { op, actual }: Pick<Command, "op" | "actual">): Text | null {
  const type = service.commands[op];
  if (actual === null) return null;
  if (type === undefined) return text(actual, actual);
  if ("event" in type.readBack)
    return joined(
      actual.split(" ").map((word) => wordOf(service, type, word)),
      " · ",
    );
  const value = actual.startsWith(`${type.readBack.metric}=`) ? actual.slice(type.readBack.metric.length + 1) : actual;
  const label = service.metrics[type.readBack.metric]?.label;
  return actual === value || label === undefined ? wordOf(service, type, value) : text(`${label.ko} ${value}`, `${label.en} ${value}`);
}

export const byText = ({ by, response }: Pick<Command, "by" | "response">): Text =>
  by === "system" ? (response === null ? text("자동", "automatic") : text("자동 응답", "automatic response")) : text(by, by);
