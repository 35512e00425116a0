import { useEffect, useState } from "preact/hooks";
import { say } from "../../language.ts";
import { seeksCue } from "../../live/exercise.ts";
import { cityTime, clock, fieldNow, link, zone } from "../../live/state.ts";
import { clockText, dateText } from "../../widgets/figures.ts";
import { modeOf, rateText } from "../time/mode.ts";
import { ExerciseChip } from "./exercise-chip.tsx";

const turnMs = 100;

/** Ten times a second: at high rates a second of the city is shorter than any beat. */
export function ClockFace() {
  const [, turn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => turn((count) => count + 1), turnMs);
    return () => clearInterval(timer);
  }, []);
  const place = zone.value;
  const time = cityTime.at(Date.now()) ?? fieldNow.value;
  const mode = modeOf(link.value, clock.value, seeksCue.value);
  return (
    <div class="clock">
      <span class="clock-chips">
        <span class={`chip is-${mode.id}`} role="status">
          {say(mode.text)}
        </span>
        <ExerciseChip />
      </span>
      <time class="clock-face" dateTime={new Date(time).toISOString()}>
        {clockText(time, place)}
      </time>
      <span class="clock-date">
        <span>{dateText(time, place)}</span>
        <span>
          <i>{place === "Asia/Seoul" ? "KST" : place} · </i>
          {clock.value ? say(rateText(clock.value)) : "×1"}
        </span>
      </span>
    </div>
  );
}
