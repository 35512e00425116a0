import type { Service } from "../../../../shared/service.ts";
import { plan, say } from "../../live/room.ts";
import { clockText } from "../../trend/trend-chart.tsx";
import { durationText } from "../../trend/words.ts";
import type { DeviceFacts } from "./device-view.tsx";
import { constantWords, type Freshness } from "./readings.ts";

export interface DeviceHeadProps {
  readonly facts: DeviceFacts;
  readonly service: Service;
  readonly fresh: Freshness;
  /** Since the newest reading, ms. */
  readonly age: number;
  readonly seen: number;
}

function FreshnessWords({ facts, fresh, age, seen }: DeviceHeadProps) {
  const every = say({ ko: `예정 간격 ${facts.every}초`, en: `every ${facts.every} s` });
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
      {fresh === "fresh" ? <i class="d-square" aria-hidden="true" /> : <i class="d-ring" aria-hidden="true" />}
      {say(sentence[fresh])} · {every}
    </p>
  );
}

/** Who the device is, where it hangs, and whether it speaks. */
export function DeviceHead(props: DeviceHeadProps) {
  const { facts, service } = props;
  const district = plan.value?.districts.find((candidate) => candidate.id === facts.district);
  const kind = service.kinds[facts.kind];
  const facets = [
    [facts.model, facts.fw === null ? null : `fw ${facts.fw}`].filter((part) => part !== null).join(" · "),
    `${say({ ko: "게이트웨이", en: "gateway" })} ${facts.gateway}`,
    district === undefined ? facts.district : say(district.name),
    ...constantWords(facts.constants),
    facts.boot === null ? "" : `${say({ ko: "부팅", en: "boot" })} ${facts.boot}`,
    facts.timeline === "field" ? say({ ko: "실제 기기, 실제 시각", en: "real device, real time" }) : "",
  ].filter((part) => part !== "");
  return (
    <header class="d-panel d-title">
      <nav aria-label={say({ ko: "위치", en: "Breadcrumb" })}>
        <a href="#/">{say({ ko: "도시", en: "City" })}</a>
        <a href={`#/service/${service.id}`}>{say(service.title)}</a>
        <span aria-current="page">{kind === undefined ? facts.kind : say(kind.label)}</span>
      </nav>
      <div class="d-name">
        <h1>{say(facts.name)}</h1>
        <code>{facts.id}</code>
        <FreshnessWords {...props} />
      </div>
      <p class="d-facets">
        {facets.map((facet) => (
          <span key={facet}>{facet}</span>
        ))}
      </p>
    </header>
  );
}
