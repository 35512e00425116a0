import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Service } from "../../../../shared/service.ts";
import { plan, say } from "../../live/room.ts";
import { MapCrop } from "../../map/map-crop.tsx";
import { whereNow } from "../../map/where-now.ts";
import { clockText, durationText } from "../../trend/words.ts";
import type { DeviceFacts } from "./device-facts.ts";
import { constantWords, type Freshness } from "./readings.ts";

export interface DeviceHeadProps {
  readonly row: DeviceRow;
  readonly facts: DeviceFacts;
  readonly service: Service;
  readonly fresh: Freshness;
  /** Since the newest reading, ms. */
  readonly age: number;
  readonly seen: number;
}

function FreshnessWords({ facts, fresh, age, seen }: Omit<DeviceHeadProps, "service" | "row">) {
  const every = say({ ko: `예정 간격 ${durationText(facts.every * 1000).ko}`, en: `expected every ${durationText(facts.every * 1000).en}` });
  const long = say(durationText(age));
  const zone = plan.value?.zone ?? "UTC";
  const sentence: Record<Freshness, { ko: string; en: string }> = {
    fresh: { ko: `${long} 전에 받음`, en: `heard ${long} ago` },
    stale: { ko: `수신 지연 ${long}`, en: `silent for ${long}` },
    lost: { ko: `끊김 · 마지막 수신 ${clockText(seen, zone)}`, en: `lost · last heard ${clockText(seen, zone)}` },
    never: { ko: "아직 받은 적 없음", en: "never heard" },
  };
  return (
    <p class={`d-fresh is-${fresh}`} role="status" aria-live="off">
      {fresh === "fresh" ? <i class="s-square" aria-hidden="true" /> : <i class="s-ring" aria-hidden="true" />}
      {say(sentence[fresh])} · {every}
    </p>
  );
}

/** Who the device is, where it hangs, and whether it speaks. */
export function DeviceHead({ row, facts, service, fresh, age, seen }: DeviceHeadProps) {
  const district = plan.value?.districts.find((candidate) => candidate.id === facts.district);
  const kind = service.kinds[facts.kind];
  const { lat, lon } = whereNow(row);
  const facets = [
    [facts.model, facts.fw === null ? null : `fw ${facts.fw}`].filter((part) => part !== null).join(" · "),
    `${say({ ko: "게이트웨이", en: "gateway" })} ${facts.gateway}`,
    district === undefined ? facts.district : say(district.name),
    ...constantWords(facts.constants),
    facts.boot === null ? "" : `${say({ ko: "부팅", en: "boot" })} b ${facts.boot}`,
  ].filter((part) => part !== "");
  return (
    <header class="s-panel d-title">
      <MapCrop lat={lat} lon={lon} isSilent={fresh !== "fresh"} />
      <div class="d-who">
        <nav aria-label={say({ ko: "위치", en: "Breadcrumb" })}>
          <a href="#/">{say({ ko: "도시", en: "City" })}</a>
          <a href={`#/service/${service.id}`}>{say(service.title)}</a>
          <span aria-current="page">{kind === undefined ? facts.kind : say(kind.label)}</span>
        </nav>
        <div class="d-name">
          <h1>{say(facts.name)}</h1>
          <code>{facts.id}</code>
          {facts.timeline === "field" && <em class="d-field">{say({ ko: "실제 기기 · 실제 시각", en: "real device · real time" })}</em>}
          <FreshnessWords facts={facts} fresh={fresh} age={age} seen={seen} />
        </div>
        <p class="d-facets">
          {facets.map((facet) => (
            <span key={facet}>{facet}</span>
          ))}
        </p>
      </div>
    </header>
  );
}
