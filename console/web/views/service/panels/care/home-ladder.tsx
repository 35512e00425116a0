import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { CommandBox } from "../../../../command/command-box.tsx";
import { CommandLine } from "../../../../command/command-line.tsx";
import { absence } from "../../../../command/may-command.ts";
import { commandsByDevice } from "../../../../command/of-device.ts";
import { say } from "../../../../live/room.ts";
import { zone } from "../../../../live/state.ts";
import { dayClockText } from "../../../../trend/words.ts";
import { eachSecond, handOf, numberOf } from "../../../device/readings.ts";
import { ladderOf, type Rung } from "./ladder.ts";

const shown = 4;
const hourMs = 3_600_000;

function Step({
  rung,
  since,
  now,
  isNext,
}: {
  readonly rung: Rung;
  readonly since: number | undefined;
  readonly now: number;
  readonly isNext: boolean;
}) {
  const due = since === undefined ? undefined : since + rung.seconds * 1000;
  const isReached = due !== undefined && now >= due;
  return (
    <li class={`${isReached ? "is-reached" : ""}${isNext ? " is-now" : ""}`}>
      <b>
        {rung.seconds / 3600} {say({ ko: "시간", en: "h" })}
      </b>
      <i aria-hidden="true" />
      <span>
        {say(rung.title)} · {rung.isAlarm ? say({ ko: "경보", en: "alarm" }) : say({ ko: "할 일", en: "task" })}
        <small>{say(rung.does)}</small>
      </span>
      <em>
        {due === undefined ? "—" : dayClockText(due, zone.value)}
        {isReached ? say({ ko: " 지남", en: " passed" }) : isNext ? say({ ko: " 다음", en: " next" }) : ""}
      </em>
    </li>
  );
}

/** One home: how far its silence has come on the ladder, what was asked of it and what came of that, and the commands to it. */
export function HomeLadder({
  row,
  service,
  since: read,
}: {
  readonly row: DeviceRow;
  readonly service: Service;
  readonly since: number | undefined;
}) {
  void eachSecond.value;
  const now = handOf(row);
  // The list has read its history; what has moved since then shows in the live count.
  const since = numberOf(row, service, "act") > 0 ? now : read;
  const rungs = ladderOf(service);
  const next = rungs.findIndex(({ seconds }) => since !== undefined && now < since + seconds * 1000);
  const away = numberOf(row, service, "away") === 1;
  const own = (commandsByDevice.value.get(row.id) ?? []).filter(({ t }) => t > now - 24 * hourMs).slice(0, shown);
  const gone = absence();
  return (
    <section class="s-panel r-ladder" aria-labelledby="r-ladder">
      <header class="s-head">
        <h2 id="r-ladder">
          <a href={`#/device/${row.id}`}>{say(row.name)}</a>
        </h2>
        <span>
          {away
            ? say({ ko: "외출 중: 10시간까지는 세지 않음", en: "away: not counted for 10 h at most" })
            : since === undefined
              ? say({ ko: "마지막 움직임을 모름", en: "last movement not known" })
              : say({ ko: `마지막 움직임 ${dayClockText(since, zone.value)}`, en: `last movement ${dayClockText(since, zone.value)}` })}
        </span>
      </header>
      <ol class="r-rungs">
        {rungs.map((rung, index) => (
          <Step key={rung.seconds} rung={rung} since={away ? undefined : since} now={now} isNext={index === next && !away} />
        ))}
      </ol>
      {gone === undefined ? <CommandBox key={row.id} service={service} kind={row.kind} rows={[row]} /> : <p class="s-note">{say(gone)}</p>}
      {own.length === 0 ? null : (
        <ul class="k-history" aria-label={say({ ko: "하루 동안의 명령", en: "Commands of the last day" })}>
          {own.map((command) => (
            <CommandLine key={command.id} command={command} service={service} />
          ))}
        </ul>
      )}
    </section>
  );
}
