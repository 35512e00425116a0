import { lazy, Suspense } from "preact/compat";
import { t } from "../../language.ts";
import { catalogue, chronicle, clock, deviceRows, link, status } from "../../live/state.ts";
import { figureText } from "../../trend/words.ts";
import { Loading, Panel } from "../../widgets/panel.tsx";
import "./city.css";
import { EventLanes } from "./event-lanes.tsx";
import { ServiceTile } from "./service-tile.tsx";

/** The map's library is a third of the page: tiles do not wait for it. */
const CityMap = lazy(() => import("../../map/city-map.tsx").then((part) => ({ default: part.CityMap })));

const hourMs = 3_600_000;

/** The overview: everything at a glance, nothing to scroll. */
export function CityView() {
  const services = catalogue.value;
  const rows = deviceRows.value;
  return (
    <main class="city" aria-label={t("도시 한눈에", "City overview")}>
      <div class="city-tiles">
        {services.length === 0 ? (
          <Panel title={t("서비스", "Services")}>
            <Loading />
          </Panel>
        ) : (
          services.map((service) => <ServiceTile key={service.id} service={service} rows={rows.filter((row) => row.service === service.id)} />)
        )}
      </div>
      <section class="city-map panel" aria-label={t("지도", "Map")}>
        <Suspense fallback={<Loading />}>
          <CityMap />
        </Suspense>
      </section>
      <Panel name="city-events" title={t("사건", "Events")} hint={t("최근 60분", "last 60 min")} end={t("선 = 사건", "tick = event")}>
        <EventLanes />
      </Panel>
      <div class="city-side">
        <Filling />
        <AlarmPlace />
        <Quality />
      </div>
    </main>
  );
}

function Filling() {
  const now = clock.value;
  if (now?.phase !== "backfill" && now?.phase !== "jump") return null;
  const until = now.until ?? now.head;
  const whole = Math.max(1, until - now.start);
  const done = Math.max(0, Math.min(1, (now.mark - now.start) / whole));
  const hours = (ms: number) => figureText(ms / hourMs, ms < 10 * hourMs ? 1 : 0);
  return (
    <Panel
      name="filling"
      title={now.phase === "jump" ? t("앞당기는 중", "Jumping ahead") : t("기록을 되채우는 중", "Filling the history")}
      end={t(`${hours(whole)}시간 가운데 ${hours(whole * done)}시간`, `${hours(whole * done)} of ${hours(whole)} h`)}
    >
      <span class="filling-bar" role="progressbar" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(done * 100)}>
        <i style={{ width: `${done * 100}%` }} />
      </span>
    </Panel>
  );
}

/** The alarm list keeps its place and shows its capacity; it counts nothing that nobody has counted. */
const AlarmPlace = () => (
  <Panel name="alarm-place" title={t("경보", "Alarms")} end={t("준비 중", "not in service yet")}>
    <p class="panel-note">
      {t(
        "경보 서비스가 아직 없어 이 목록은 비어 있습니다. 조용하다는 뜻이 아닙니다. 값은 왼쪽 설계 범위와 견주어 읽으십시오.",
        "The alarm service is not in yet, so this list is empty. That does not mean that all is calm: read the values against their design range.",
      )}
    </p>
    <div class="ruled" aria-hidden="true" />
  </Panel>
);

function Quality() {
  const ledger = status.value?.ledger;
  const hops = status.value?.hops;
  const count = (value: number | undefined) => (value === undefined ? "—" : value.toLocaleString("en-US"));
  const figures = [
    { name: t("받음", "Received"), value: ledger?.received },
    { name: t("받아들임", "Accepted"), value: ledger?.accepted },
    { name: t("중복", "Duplicate"), value: ledger?.duplicate },
    { name: t("거부", "Refused"), value: ledger?.refused },
    { name: t("잃음", "Lost"), value: ledger?.lost },
    { name: t("늦음", "Late"), value: ledger?.late },
    { name: t("저장됨", "Stored"), value: ledger?.stored },
    { name: t("저장 대기", "To be stored"), value: ledger?.pending },
  ];
  const silent = chronicle.value.filter((line) => line.what === "silent").length;
  return (
    <Panel
      name="quality"
      title={t("데이터 품질", "Data quality")}
      hint={hops ? t(`초당 ${figureText(hops.readingsPerSecond, 0)}건`, `${figureText(hops.readingsPerSecond, 0)} readings/s`) : ""}
      end={
        <a class="button" href="#/quality">
          {t("열기", "Open")} <kbd>D</kbd>
        </a>
      }
    >
      {ledger === undefined ? (
        <Loading />
      ) : (
        <>
          <LedgerBar parts={[ledger.accepted, ledger.duplicate, ledger.refused]} whole={ledger.received} />
          <dl class={`ledger${link.value.state === "live" ? "" : " is-stale"}`}>
            {figures.map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{count(value)}</dd>
              </div>
            ))}
          </dl>
          <p class="panel-note">
            {t(
              `받음 = 받아들임 + 중복 + 거부. 최근 기록에서 수신이 끊긴 일 ${silent}번.`,
              `Received = accepted + duplicate + refused. Fell silent in the recent chronicle: ${silent}.`,
            )}
          </p>
        </>
      )}
    </Panel>
  );
}

const LedgerBar = ({ parts, whole }: { readonly parts: readonly number[]; readonly whole: number }) => (
  <span class="ledger-bar" aria-hidden="true">
    {parts.map((part, index) => (
      <i key={index} class={`is-part${index}`} style={{ width: `${whole === 0 ? 0 : (part / whole) * 100}%` }} />
    ))}
  </span>
);
