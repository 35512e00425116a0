import { type Text, text } from "../../../../../shared/text.ts";
import { lang, say } from "../../../language.ts";
import { textWidth } from "../../../map/text-width.ts";
import { clockText } from "../../../trend/words.ts";
import { whatText } from "../../alarms/journal-words.ts";
import { deviceName } from "../../alarms/places.ts";
import { lengthText } from "../lengths.ts";
import type { LaneBox } from "./lane-boxes.ts";
import type { LaneAct, LaneFind } from "./lane-found.ts";

const family = '"Pretendard Variable", Pretendard, sans-serif';
export const widthOf = (words: string, weight = 400): number => textWidth(words, `${weight} 12px ${family}`);

/** The words, shortened to the room that there is. */
export function fitted(words: string, room: number, weight = 400): string {
  if (widthOf(words, weight) <= room) return words;
  let cut = words.length - 1;
  while (cut > 1 && widthOf(`${words.slice(0, cut)}…`, weight) > room) cut--;
  return room < 16 ? "" : `${words.slice(0, cut).trimEnd()}…`;
}

/** One place, and how many more. */
export function whereText(devices: readonly string[]): string {
  const [first, ...rest] = devices;
  if (first === undefined) return "";
  return rest.length === 0 ? deviceName(first) : `${deviceName(first)} +${rest.length}`;
}
export function boxText({ title, where }: Pick<LaneBox, "title" | "where">): string {
  const place = whereText(where);
  return place === "" ? say(title) : `${say(title)}, ${place}`;
}

export const findText = ({ mark, delay, isFalse }: LaneFind): { readonly mark: string; readonly rest: string } => ({
  mark: isFalse ? say(text("오경보", "false")) : (mark ?? ""),
  rest: isFalse || delay === null ? "" : say(lengthText(delay)),
});

/** A block in words, for whoever doesn't see it. */
export function boxTold(box: LaneBox, zone: string): string {
  const begin = clockText(box.from, zone, false);
  const end = box.to === undefined ? "" : clockText(box.to, zone, false);
  const state: Text = box.isPlanned ? text("예정", "planned") : box.isOver ? text("끝남", "over") : text("진행 중", "going on");
  const head = box.mark === undefined ? "" : `${box.mark}. `;
  return `${head}${boxText(box)} · ${begin}${end === "" ? "" : `–${end}`} · ${state[lang.value]}`;
}

/** What somebody did besides acknowledging. */
export const actWords = ({ line }: LaneAct): string =>
  line.what === "command" ? String(line.x?.op ?? say(whatText(line.what))) : say(whatText(line.what));
export const actTold = (act: LaneAct, zone: string): string =>
  `${clockText(act.t, zone)} · ${say(whatText(act.line.what))}${act.look === "command" ? ` ${actWords(act)}` : ""} · ${act.line.by}${
    act.line.device === null ? "" : ` · ${deviceName(act.line.device)}`
  }`;
export const findTold = (find: LaneFind, zone: string): string => {
  const { mark, rest } = findText(find);
  return [clockText(find.t, zone), mark, rest, find.rule].filter((part) => part !== "").join(" · ");
};
