import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { chooseLanguage, lang, t } from "../language.ts";
import { catalogue, link } from "../live/state.ts";
import { CityView } from "../views/city/city-view.tsx";
import { Loading } from "../widgets/panel.tsx";
import { Banner } from "./banner.tsx";
import { Conductor } from "./conductor.tsx";
import { Disconnected } from "./disconnected.tsx";
import { KeyList } from "./key-list.tsx";
import { type Key, offerKeys } from "./keyboard.ts";
import { go, type Route, route } from "./router.ts";
import { chooseTheme, theme } from "./theme.ts";
import { TopBar } from "./top-bar.tsx";

/** Views beside the overview come when they are opened for the first time. */
const loaders = {
  service: () => import("../views/service/service-view.tsx").then((part) => part.ServiceView),
  device: () => import("../views/device/device-view.tsx").then((part) => part.DeviceView),
  quality: () => import("../views/quality/quality-view.tsx").then((part) => part.QualityView),
} satisfies Record<Exclude<Route["view"], "city">, () => Promise<ComponentType<{ id: string }>>>;

function LazyView({ to }: { readonly to: Exclude<Route, { view: "city" }> }) {
  const [part, setPart] = useState<{ view: string; View: ComponentType<{ id: string }> }>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    setFailed(false);
    loaders[to.view]().then(
      (View) => setPart({ view: to.view, View }),
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
  if (part?.view !== to.view)
    return (
      <main class="only-note">
        <Loading />
      </main>
    );
  const id = to.view === "quality" ? "" : to.id;
  return <part.View key={id} id={id} />;
}

const viewKeys = (): readonly Key[] => [
  { code: "Digit0", sign: "0", does: { ko: "도시", en: "City" }, act: () => go({ view: "city" }) },
  ...catalogue
    .peek()
    .slice(0, 9)
    .map(
      (service, index): Key => ({
        code: `Digit${index + 1}`,
        sign: String(index + 1),
        does: service.title,
        act: () => go({ view: "service", id: service.id }),
      }),
    ),
  { code: "KeyD", sign: "D", does: { ko: "데이터 품질", en: "Data quality" }, act: () => go({ view: "quality" }) },
  { code: "Escape", sign: "Esc", does: { ko: "뒤로", en: "Back" }, act: () => route.peek().view !== "city" && history.back() },
  {
    code: "KeyT",
    shift: true,
    sign: "Shift T",
    does: { ko: "밝게 / 어둡게", en: "Day / night" },
    act: () => chooseTheme(theme.peek() === "night" ? "day" : "night"),
  },
  {
    code: "KeyL",
    shift: true,
    sign: "Shift L",
    does: { ko: "한국어 / 영어", en: "Korean / English" },
    act: () => chooseLanguage(lang.peek() === "ko" ? "en" : "ko"),
  },
];

export function App() {
  const services = catalogue.value;
  useEffect(() => offerKeys(viewKeys()), [services]);
  const to = route.value;
  return (
    <div class={`room is-${to.view}${link.value.state === "down" ? " is-down" : ""}`}>
      <TopBar />
      <Banner />
      {to.view === "city" ? <CityView /> : <LazyView to={to} />}
      <Conductor />
      <KeyList />
      <Disconnected />
    </div>
  );
}
