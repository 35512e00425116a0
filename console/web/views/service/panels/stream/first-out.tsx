import type { Service } from "../../../../../../shared/service.ts";
import { shownAlarms } from "../../../../app/kiosk.ts";
import { addressOf } from "../../../../app/router.ts";
import { say } from "../../../../live/room.ts";
import { AlarmBadge } from "../../../alarms/alarm-badge.tsx";
import { Age, Left } from "../../../alarms/alarm-cells.tsx";
import { clustersOf } from "../../../alarms/clusters.ts";
import { deviceName } from "../../../alarms/places.ts";

const shown = 3;

/** The causes and what hangs under each, first-out marked as in the list of alarms: the group that this service's alarms belong to. */
export function FirstOut({ service }: { readonly service: Service }) {
  const open = shownAlarms.value.filter(({ state, class: kind }) => kind === "operations" && (state === "B" || state === "C" || state === "D"));
  const groups = clustersOf(open, true).filter(({ head, under }) => [head, ...under].some((alarm) => alarm.service === service.id));
  return (
    <section class="s-panel g-first" aria-labelledby="g-first">
      <header class="s-head">
        <h2 id="g-first">{say({ ko: "서 있는 경보", en: "Standing alarms" })}</h2>
        <span>{say({ ko: "원인과 그 결과", en: "a cause and what follows from it" })}</span>
      </header>
      {groups.length === 0 ? <p class="s-note">{say({ ko: "조치할 경보가 없습니다.", en: "Nothing needs action." })}</p> : null}
      <ul>
        {groups.slice(0, shown).map(({ head, under }) => (
          <li key={head.id}>
            <a class="s-row g-alarm" href={addressOf({ view: "alarms", id: head.id })}>
              <AlarmBadge alarm={head} />
              <span>
                {head.first && under.length > 0 ? <i>{say({ ko: "최초", en: "FIRST" })}</i> : null} <b>{say(head.text)}</b> {deviceName(head.device)}
                {under.length > 0 ? <strong> +{under.length}</strong> : null}
              </span>
              <Age alarm={head} />
              <Left alarm={head} />
            </a>
          </li>
        ))}
      </ul>
      {groups.length > shown ? (
        <p class="s-foot">
          <a href={addressOf({ view: "alarms" })}>{say({ ko: `외 ${groups.length - shown}건`, en: `and ${groups.length - shown} more` })} →</a>
        </p>
      ) : null}
    </section>
  );
}
