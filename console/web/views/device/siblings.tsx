import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { deviceRows, plan, say } from "../../live/room.ts";
import { durationText } from "../../trend/words.ts";
import { neighbours } from "./neighbours.ts";
import { ageOf, eachSecond, freshness, numberOf, valueText } from "./readings.ts";

const shown = 40;

/** What stands beside the device, each with its main value. */
export function Siblings({ row, service }: { readonly row: DeviceRow; readonly service: Service }) {
  void eachSecond.value;
  const { how, list } = neighbours(row, deviceRows.value);
  const kind = service.kinds[row.kind]?.label;
  const titles = {
    site: { ko: "같은 곳의 기기", en: "At the same place" },
    gateway: { ko: "같은 게이트웨이의 기기", en: "On the same gateway" },
    district: { ko: `가까운 ${kind?.ko ?? "기기"}`, en: `${kind?.en ?? "Device"}s nearby` },
  };
  const names = new Map(plan.value?.districts.map((district) => [district.id, say(district.name)]));
  return (
    <section class="s-panel d-siblings" aria-labelledby="d-siblings">
      <header class="s-head">
        <h2 id="d-siblings">{say(titles[how])}</h2>
        <span>{list.length}</span>
      </header>
      {list.length === 0 && <p class="s-note">{say({ ko: "이 자리에는 이 기기뿐입니다.", en: "It is the only device at its place." })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling place must be reachable by key */}
      <ul class="s-scroll" tabIndex={0} aria-label={say(titles[how])}>
        {list.slice(0, shown).map((other) => {
          const metric = service.panel.main[other.kind] ?? "";
          const contract = service.metrics[metric];
          const value = contract === undefined ? undefined : valueText(numberOf(other, service, metric), contract);
          const fresh = freshness(other);
          return (
            <li key={other.id} class={`d-sibling is-${fresh}`}>
              <a href={`#/device/${other.id}`}>{say(other.name)}</a>
              <code>{how === "district" ? names.get(other.district) : other.id}</code>
              <b>{value === undefined ? "—" : `${value.text} ${value.unit}`}</b>
              <span>{fresh === "never" ? "—" : say(durationText(ageOf(other)))}</span>
            </li>
          );
        })}
      </ul>
      {list.length > shown && (
        <p class="s-foot">{say({ ko: `나머지 ${list.length - shown}대는 서비스 화면에`, en: `${list.length - shown} more on the service page` })}</p>
      )}
    </section>
  );
}
