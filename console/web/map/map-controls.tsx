import { priorities } from "../../../shared/alarm-rule.ts";
import { say, t } from "../language.ts";
import { catalogue, heard } from "../live/state.ts";
import { Badge } from "../widgets/badge.tsx";
import { Mark } from "../widgets/mark.tsx";

export function LayerButtons({ hidden, toggle }: { readonly hidden: ReadonlySet<string>; readonly toggle: (id: string) => void }) {
  return (
    <fieldset class="map-layers" data-over-map aria-label={t("지도에 보일 서비스", "Services on the map")}>
      {catalogue.value.map((service) => {
        const none = !heard.value.has(service.id);
        return (
          <button
            key={service.id}
            type="button"
            class="button"
            aria-pressed={!none && !hidden.has(service.id)}
            onClick={() => toggle(service.id)}
            disabled={none}
            title={none ? t(`${say(service.title)}: 구역 집계만 보입니다`, `${say(service.title)}: district figures only`) : say(service.title)}
          >
            <Mark service={service} />
            <span>{say(service.title)}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

const wholeIcon = "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5";

interface ZoomProps {
  readonly closer: () => void;
  readonly farther: () => void;
  readonly whole: () => void;
}
export const ZoomButtons = ({ closer, farther, whole }: ZoomProps) => (
  <fieldset class="map-zoom" data-over-map aria-label={t("지도 크기", "Map scale")}>
    <button type="button" class="button" onClick={closer} aria-label={t("가까이", "Zoom in")} title={t("가까이", "Zoom in")}>
      <Mark service={{ mark: "M12 5v14M5 12h14" }} />
    </button>
    <button type="button" class="button" onClick={farther} aria-label={t("멀리", "Zoom out")} title={t("멀리", "Zoom out")}>
      <Mark service={{ mark: "M5 12h14" }} />
    </button>
    <button type="button" class="button" onClick={whole} aria-label={t("도시 전체", "Whole city")} title={t("도시 전체", "Whole city")}>
      <Mark service={{ mark: wholeIcon }} />
    </button>
  </fieldset>
);

/** @param isWet rain has a mark of its own only while some is drawn. */
export const Legend = ({ isWet }: { readonly isWet: boolean }) => (
  <ul class="map-legend" data-over-map aria-label={t("지도의 표", "Marks on the map")}>
    <li class="is-dot">{t("정상", "Normal")}</li>
    {priorities.map((rank) => (
      <li key={rank} class="is-badge">
        <Badge rank={rank} look="zero" size={15} /> P{rank}
      </li>
    ))}
    <li class="is-ring">{t("수신 지연", "Silent")}</li>
    <li class="is-hull">{t("게이트웨이 두절", "Gateway lost")}</li>
    <li class="is-gauge">{t("수위계", "Gauge")}</li>
    {isWet ? <li class="is-rain">{t("비", "Rain")}</li> : null}
  </ul>
);
