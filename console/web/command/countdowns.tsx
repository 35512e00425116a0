import { say, t } from "../language.ts";
import { clock } from "../live/state.ts";
import { leftText } from "../views/alarms/left.ts";
import "./countdowns.css";
import { counting } from "./present-counting.ts";

/** For who steers the city: what counts down in the room, how long there is to stop it, and why the city stands still. Nothing while nothing counts. */
export function Countdowns() {
  const [next, ...others] = counting.value.filter(({ row, waits }) => row.timeline === "city" && waits === null);
  if (next === undefined) return null;
  const { left } = next;
  const { name } = next.row;
  const more = others.length;
  return (
    <p class="k-countdowns">
      <b role="status">
        {t("자동 응답", "Automatic response")}: {say(next.title)}
      </b>{" "}
      {say(name)} · {t(`도시 시각으로 ${leftText(left).ko} 뒤`, `in ${leftText(left).en} of city time`)}
      {more === 0 ? "" : t(` · 외 ${more}건`, ` · and ${more} more`)}
      {clock.value?.paused === true
        ? t(
            " · 도시가 멈춰 있으니 관제원이 지금 중단할 수 있습니다. Q나 Space로 계속합니다.",
            " · The city stands still: an operator can abort it now. Q or Space goes on.",
          )
        : ""}
    </p>
  );
}
