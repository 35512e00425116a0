import { lazy, Suspense } from "preact/compat";
import { part } from "../../app/router.ts";
import { t } from "../../language.ts";
import { catalogue } from "../../live/state.ts";
import { Loading, Panel } from "../../widgets/panel.tsx";
import { AlarmPlace } from "./alarm-place.tsx";
import "./city.css";
import { DataQuality } from "./data-quality.tsx";
import { EventLanes } from "./event-lanes.tsx";
import { EventList } from "./event-list.tsx";
import { NextHours } from "./next-hours.tsx";
import "./panels.css";
import { ServiceTile } from "./service-tile.tsx";
import { SideToggle, sideOpen } from "./side.tsx";
import "./tile.css";

/** The map's library is a third of the page: tiles do not wait for it. */
const CityMap = lazy(() => import("../../map/city-map.tsx").then((module) => ({ default: module.CityMap })));

/** The overview: everything at a glance, nothing to scroll. */
export function CityView() {
  const services = catalogue.value;
  return (
    <main class={`city shows-${part.value}${sideOpen.value ? " has-side" : ""}`} aria-label={t("도시 한눈에", "City overview")}>
      <h1 class="unseen">{t("도시 한눈에", "City overview")}</h1>
      <div class="city-tiles">
        {services.length === 0 ? (
          <Panel title={t("서비스", "Services")}>
            <Loading />
          </Panel>
        ) : (
          services.map((service) => <ServiceTile key={service.id} service={service} />)
        )}
      </div>
      <section class="city-map panel" aria-label={t("지도", "Map")}>
        <Suspense fallback={<Loading />}>
          <CityMap />
        </Suspense>
      </section>
      <Panel name="city-events" title={t("사건", "Events")} hint={t("최근 60분", "last 60 min")} end={<SideToggle />}>
        <EventLanes />
      </Panel>
      <div class="city-side" id="city-side">
        <AlarmPlace />
        <EventList />
        <NextHours />
        <DataQuality />
      </div>
    </main>
  );
}
