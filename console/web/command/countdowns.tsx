import { say, t } from "../language.ts";
import { responses, timeOf } from "../live/desk.ts";
import { clock, deviceRows, second } from "../live/state.ts";
import { leftText } from "../views/alarms/left.ts";
import "./countdowns.css";

/** Commands of the city that will be given by themselves, the nearest first, unless somebody stops them. */
function pendingCommands() {
  const city = new Map(deviceRows.value.filter(({ timeline }) => timeline === "city").map((row) => [row.id, row]));
  return [...responses.value.values()]
    .flatMap(({ title, armed }) =>
      armed.flatMap(({ key, device, fires, waits }) => (waits === null ? [{ key, title, row: city.get(device), fires }] : [])),
    )
    .filter(({ row }) => row !== undefined)
    .sort((a, b) => a.fires - b.fires);
}

/** For who steers the city: what counts down in the room, how long there is to stop it, and why the city stands still. Nothing while nothing counts. */
export function Countdowns() {
  void second.value;
  const [next, ...others] = pendingCommands();
  if (next === undefined) return null;
  const left = next.fires - timeOf({ timeline: "city" });
  const name = next.row?.name ?? { ko: "", en: "" };
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
            " · 도시가 멈춰 있으니 관제원이 지금 중단할 수 있습니다. N이나 Space로 계속합니다.",
            " · The city stands still: an operator can abort it now. N or Space goes on.",
          )
        : ""}
    </p>
  );
}
