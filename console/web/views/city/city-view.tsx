import { computed } from "@preact/signals";
import { lazy, Suspense } from "preact/compat";
import { part } from "../../app/router.ts";
import { t } from "../../language.ts";
import { catalogue } from "../../live/state.ts";
import { Loading, Panel } from "../../widgets/panel.tsx";
import { counts, urgent } from "../alarms/present-counts.ts";
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

/** With more rows than a calm list has, and until they are clearly fewer, the list takes the room of what looks ahead. */
const busyFrom = 7;
const calmTo = 4;
let wasBusy = false;
const isBusy = computed(() => {
  const { by } = counts.value;
  const standing = by[1].all + by[2].all + by[3].all + by[4].all;
  wasBusy = standing >= (wasBusy ? calmTo : busyFrom);
  return wasBusy;
});

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
      <div class={`city-side${isBusy.value ? " is-busy" : ""}${urgent.value === undefined ? "" : " is-alarmed"}`} id="city-side">
        <AlarmPlace />
        <EventList />
        <NextHours />
        <DataQuality />
      </div>
    </main>
  );
}
