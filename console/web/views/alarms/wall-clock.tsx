import type { Alarm } from "../../../../shared/alarm.ts";
import { say } from "../../language.ts";
import { clock } from "../../live/state.ts";
import { wallText } from "./words.ts";

/** Stands behind a time, in words and small. */
export function WallClock({ alarm }: { readonly alarm: Pick<Alarm, "timeline"> }) {
  const words = wallText(alarm, clock.value !== undefined);
  return words === undefined ? null : <small class="wall-clock"> {say(words)}</small>;
}
