import { useEffect, useLayoutEffect } from "preact/hooks";
import { say, t } from "../language.ts";
import { seeksCue } from "../live/exercise.ts";
import { catalogue, clock, link, plan } from "../live/state.ts";
import { CityView } from "../views/city/city-view.tsx";
import "./app.css";
import { Disconnected } from "./disconnected.tsx";
import { KeyList } from "./keys/key-list.tsx";
import { offerKeys } from "./keys/keyboard.ts";
import { kiosk } from "./kiosk.ts";
import "./kiosk.css";
import { LazyView } from "./lazy-view.tsx";
import { route } from "./router.ts";
import { Conductor } from "./time/conductor.tsx";
import { modeOf } from "./time/mode.ts";
import { AlarmVoice } from "./top/alarm-voice.tsx";
import { Banner } from "./top/banner.tsx";
import { CountingVoice } from "./top/counting-voice.tsx";
import { PhoneTabs } from "./top/tabs.tsx";
import { TopBar } from "./top/top-bar.tsx";
import { viewKeys } from "./view-keys.ts";

/** What the browser's tab says: the city, and first of all when it is not live. */
function useTitle(): void {
  const city = plan.value ? say(plan.value.name) : "Gwanje";
  const mode = modeOf(link.value, clock.value, seeksCue.value);
  const to = route.value;
  const service = to.view === "service" ? catalogue.value.find(({ id }) => id === to.id) : undefined;
  const view = service
    ? say(service.title)
    : to.view === "alarms"
      ? t("경보", "Alarms")
      : to.view === "quality"
        ? t("데이터 품질", "Data quality")
        : to.view === "tester"
          ? t("시험", "Test desk")
          : to.view === "device"
            ? to.id
            : t("도시", "City");
  const title = `${mode.id === "live" || mode.id === "running" ? "" : `[${say(mode.text)}] `}${view} · ${city}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

export function App() {
  const services = catalogue.value;
  useLayoutEffect(() => (kiosk ? undefined : offerKeys(viewKeys())), [services]);
  useTitle();
  const to = route.value;
  return (
    <div class={`room is-${to.view}${link.value.state === "down" ? " is-down" : ""}`}>
      <TopBar />
      <Banner />
      {to.view === "city" ? <CityView /> : <LazyView to={to} />}
      <Conductor />
      <PhoneTabs />
      <KeyList />
      <AlarmVoice />
      <CountingVoice />
      <Disconnected />
    </div>
  );
}
