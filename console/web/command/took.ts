import type { Command } from "../../../shared/command.ts";
import { type Text, text } from "../../../shared/text.ts";
import { lines } from "../live/desk.ts";
import { clock } from "../live/state.ts";
import { durationText } from "../trend/words.ts";

const shortText = (ms: number): Text => {
  if (ms >= 10_000) return durationText(ms);
  const seconds = (Math.max(0, ms) / 1000).toFixed(1);
  return text(`${seconds}초`, `${seconds} s`);
};

/** Wall clock at which its end was journalled; undefined = not in the lines that this browser has. */
const endedAt = ({ id }: Command): number | undefined =>
  lines.value.findLast((line) => line.what === "command" && line.x?.command === id && line.after !== "pending")?.at;

/** How long it took, or takes: by the city's clock, and by the wall's where the city does not run at the wall's pace. */
export function tookText(command: Command, now: number, wall: number): Text {
  const city = (command.doneAt ?? now) - command.t;
  const inCity = shortText(city);
  const rate = clock.value?.rate ?? 1;
  if (Math.abs(rate - 1) < 0.05) return inCity;
  const end = command.state === "pending" ? wall : endedAt(command);
  if (end === undefined) return text(`도시 ${inCity.ko}`, `city ${inCity.en}`);
  const onWall = shortText(end - command.at);
  return text(`도시 ${inCity.ko} · 벽시계 ${onWall.ko}`, `city ${inCity.en} · wall ${onWall.en}`);
}
