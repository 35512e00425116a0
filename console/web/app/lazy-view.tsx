import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../language.ts";
import { epoch } from "../live/state.ts";
import { Loading } from "../widgets/panel.tsx";
import type { Route } from "./router.ts";

type Lazy = Exclude<Route, { view: "city" }>;

/** Views beside the overview come when they are opened for the first time. */
const loaders = {
  service: () => import("../views/service/service-view.tsx").then((module) => module.ServiceView),
  device: () => import("../views/device/device-view.tsx").then((module) => module.DeviceView),
  alarms: () => import("../views/alarms/alarms-view.tsx").then((module) => module.AlarmsView),
  quality: () => import("../views/quality/quality-view.tsx").then((module) => module.QualityView),
  tester: () => import("../views/tester/tester-view.tsx").then((module) => module.TesterView),
} satisfies Record<Lazy["view"], () => Promise<ComponentType<{ id: string }>>>;

export function LazyView({ to }: { readonly to: Lazy }) {
  const [loaded, setLoaded] = useState<{ view: string; View: ComponentType<{ id: string }> }>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    setFailed(false);
    loaders[to.view]().then(
      (View) => setLoaded({ view: to.view, View }),
      () => setFailed(true),
    );
  }, [to.view]);
  if (failed)
    return (
      <main class="only-note">
        <p>{t("이 화면의 파일을 읽지 못했습니다.", "The files of this view could not be read.")}</p>
        <button type="button" class="button" onClick={() => location.reload()}>
          {t("다시", "Retry")}
        </button>
      </main>
    );
  // Before the first snapshot the city's time is not known: what a view asks of history would be asked of another time.
  if (loaded?.view !== to.view || epoch.value === "")
    return (
      <main class="only-note">
        <Loading />
      </main>
    );
  // The pages of alarms and tests follow their address by themselves: their lists must stand while something else is opened.
  if (to.view === "alarms" || to.view === "quality" || to.view === "tester") return <loaded.View id="" />;
  return <loaded.View key={to.id} id={to.id} />;
}
