import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { deviceRows, now, say } from "../../live/room.ts";
import { durationText } from "../../trend/words.ts";
import { freshness, numberOf, seenAt, siteOf, valueText } from "./readings.ts";

const shown = 24;

/** Devices of the same site first, then of the same gateway, each with its main value. */
export function Siblings({ row, service }: { readonly row: DeviceRow; readonly service: Service }) {
  const site = siteOf(row.id);
  const own = deviceRows.value.filter((other) => other.id !== row.id && other.service === row.service);
  const isNear = (other: DeviceRow) => siteOf(other.id) === site || other.id === site;
  const near = own.filter(isNear);
  const list = near.length > 0 ? near : own.filter((other) => other.gateway === row.gateway);
  const time = now.value;
  return (
    <section class="d-panel d-siblings" aria-labelledby="d-siblings">
      <header class="d-head">
        <h2 id="d-siblings">{say({ ko: "같은 곳의 기기", en: "Beside it" })}</h2>
        <span>{say({ ko: `${list.length}대 · ${row.gateway}`, en: `${list.length} · ${row.gateway}` })}</span>
      </header>
      {list.length === 0 && <p class="d-note">{say({ ko: "이 자리에는 이 기기뿐입니다.", en: "It is the only device at its place." })}</p>}
      <ul>
        {list.slice(0, shown).map((other) => {
          const metric = service.panel.main[other.kind] ?? "";
          const contract = service.metrics[metric];
          const value = contract === undefined ? undefined : valueText(numberOf(other, service, metric), contract);
          const fresh = freshness(other, time);
          return (
            <li key={other.id} class={`is-${fresh}`}>
              <a href={`#/device/${other.id}`}>{say(other.name)}</a>
              <code>{other.id}</code>
              <b>{value === undefined ? "—" : `${value.text} ${value.unit}`}</b>
              <span>{fresh === "never" ? "—" : say(durationText(time - seenAt(other)))}</span>
            </li>
          );
        })}
      </ul>
      {list.length > shown && (
        <p class="d-note">{say({ ko: `나머지 ${list.length - shown}대는 서비스 화면에`, en: `${list.length - shown} more on the service page` })}</p>
      )}
    </section>
  );
}
