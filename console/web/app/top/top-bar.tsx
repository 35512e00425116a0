import { useEffect, useState } from "preact/hooks";
import type { Role } from "../../../shared/roles.ts";
import type { Text } from "../../../shared/service.ts";
import { chooseLanguage, lang, say, t } from "../language.ts";
import { catalogue, cityTime, clock, fieldNow, link, me, plan } from "../live/state.ts";
import { clockText, dateText } from "../widgets/figures.ts";
import { Mark } from "../widgets/mark.tsx";
import { HopChain } from "./hop-chain.tsx";
import { keyListOpen } from "./keyboard.ts";
import { modeOf, rateText } from "./mode.ts";
import { addressOf, type Route, route } from "./router.ts";
import { chooseTheme, theme } from "./theme.ts";

const cityMark = "M4 20V9h6v11M10 20V4h10v16M2 20h20M13 8h4M13 12h4M13 16h4";
const qualityMark = "M4 5h16M4 12h16M4 19h9M16 18l2 2 4-4";

const roleNames: Readonly<Record<Role, Text>> = {
  viewer: { ko: "보기", en: "Viewer" },
  operator: { ko: "운영자", en: "Operator" },
  care: { ko: "돌봄 담당", en: "Care desk" },
  supervisor: { ko: "감독자", en: "Supervisor" },
  demonstrator: { ko: "시연자", en: "Demonstrator" },
  tester: { ko: "시험자", en: "Tester" },
  admin: { ko: "관리자", en: "Admin" },
};

function Tab({ to, mark, name, digit }: { readonly to: Route; readonly mark: string; readonly name: string; readonly digit: string }) {
  const here = addressOf(route.value) === addressOf(to);
  return (
    <a class="tab" href={addressOf(to)} aria-current={here ? "page" : undefined} title={name}>
      <Mark service={{ mark }} />
      <span>{name}</span>
      {digit === "" ? null : <small>{digit}</small>}
    </a>
  );
}

/** Ten times a second: at high rates a second of the city is shorter than any beat. */
function CityClockFace() {
  const [, turn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => turn((count) => count + 1), 100);
    return () => clearInterval(timer);
  }, []);
  const zone = plan.value?.zone ?? "UTC";
  const time = cityTime.at(Date.now()) ?? fieldNow.value;
  const mode = modeOf(link.value, clock.value);
  return (
    <div class="clock">
      <span class={`chip is-${mode.id}`} role="status">
        {say(mode.text)}
      </span>
      <time class="clock-face" dateTime={new Date(time).toISOString()}>
        {clockText(time, zone)}
      </time>
      <span class="clock-date">
        {dateText(time, zone)}
        <br />
        {zone === "Asia/Seoul" ? "KST" : zone} · {clock.value ? say(rateText(clock.value)) : "×1"}
      </span>
    </div>
  );
}

export function TopBar() {
  const seed = clock.value?.seed;
  const night = theme.value === "night";
  return (
    <header class="top-bar">
      <a class="brand" href="#/">
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M3 4h14v13h-4V8H3z M3 13h4v4H3z" fill="currentColor" />
        </svg>
        <span>
          <b>{plan.value ? `${say(plan.value.name)} ${t("도시관제", "Control")}` : "Gwanje"}</b>
          <small>{seed === undefined ? t("현장 기기", "Field devices") : t(`모의 도시 · 시드 ${seed}`, `Simulated city · seed ${seed}`)}</small>
        </span>
      </a>
      <nav class="tabs" aria-label={t("화면", "Views")}>
        <Tab to={{ view: "city" }} mark={cityMark} name={t("도시", "City")} digit="0" />
        {catalogue.value.map((service, index) => (
          <Tab
            key={service.id}
            to={{ view: "service", id: service.id }}
            mark={service.mark}
            name={say(service.title)}
            digit={index < 9 ? String(index + 1) : ""}
          />
        ))}
        <Tab to={{ view: "quality" }} mark={qualityMark} name={t("데이터 품질", "Data quality")} digit="D" />
      </nav>
      <CityClockFace />
      <HopChain />
      <div class="person">
        <b>{me.value?.name ?? "—"}</b>
        <small>{me.value ? say(roleNames[me.value.role]) : ""}</small>
      </div>
      <div class="switches">
        <button type="button" class="button is-quiet" onClick={() => (keyListOpen.value = true)} aria-label={t("글쇠 목록", "Keys")} title="?">
          ?
        </button>
        <button
          type="button"
          class="button is-quiet"
          onClick={() => chooseTheme(night ? "day" : "night")}
          aria-label={night ? t("밝게", "Day theme") : t("어둡게", "Night theme")}
          title="Shift T"
        >
          {night ? <Mark service={{ mark: sun }} /> : <Mark service={{ mark: moon }} />}
        </button>
        <button
          type="button"
          class="button is-quiet"
          onClick={() => chooseLanguage(lang.value === "ko" ? "en" : "ko")}
          title="Shift L"
          lang={lang.value === "ko" ? "en" : "ko"}
          aria-label={lang.value === "ko" ? "English" : "한국어"}
        >
          {lang.value === "ko" ? "EN" : "한"}
        </button>
      </div>
    </header>
  );
}
const sun = "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2";
const moon = "M20 14A8.5 8.5 0 1 1 10 4a7 7 0 0 0 10 10z";
