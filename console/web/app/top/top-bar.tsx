import { chooseLanguage, lang, say, t } from "../../language.ts";
import { clock, me, plan } from "../../live/state.ts";
import { Mark } from "../../widgets/mark.tsx";
import { keyListOpen } from "../keys/keyboard.ts";
import { kiosk } from "../kiosk.ts";
import { roleNames } from "../role-names.ts";
import { SoundSwitch } from "../sound/sound-buttons.tsx";
import { chooseTheme, theme } from "../theme.ts";
import { ClockFace } from "./clock-face.tsx";
import { HopChain } from "./hop-chain.tsx";
import { Tabs } from "./tabs.tsx";
import "./top-bar.css";
import "./top-bar-narrow.css";

const sun = "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2";
const moon = "M20 14A8.5 8.5 0 1 1 10 4a7 7 0 0 0 10 10z";

function Brand() {
  const seed = clock.value?.seed;
  return (
    <a class="brand" href="#/">
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <path d="M3 4h14v13h-4V8H3z M3 13h4v4H3z" fill="currentColor" />
      </svg>
      <span>
        <b>{plan.value ? `${say(plan.value.name)} ${t("도시관제", "Control")}` : "Gwanje"}</b>
        <small>{seed === undefined ? t("현장 기기", "Field devices") : t(`모의 도시 · 시드 ${seed}`, `Simulated city · seed ${seed}`)}</small>
      </span>
    </a>
  );
}

const Person = () => (
  <div class="person" title={me.value ? `${me.value.name} · ${say(roleNames[me.value.role])}` : undefined}>
    <b>{me.value?.name ?? "—"}</b>
    <small>{me.value ? say(roleNames[me.value.role]) : ""}</small>
  </div>
);

function Switches() {
  const night = theme.value === "night";
  const korean = lang.value === "ko";
  return (
    <div class="switches">
      <button
        type="button"
        class="button is-quiet keys-button"
        onClick={() => (keyListOpen.value = true)}
        aria-label={t("단축키 목록", "Keys")}
        title="?"
      >
        ?
      </button>
      <SoundSwitch />
      <button
        type="button"
        class="button is-quiet"
        onClick={() => chooseTheme(night ? "day" : "night")}
        aria-label={night ? t("밝게", "Day theme") : t("어둡게", "Night theme")}
        title="Shift T"
      >
        <Mark service={{ mark: night ? sun : moon }} />
      </button>
      <button
        type="button"
        class="button is-quiet"
        onClick={() => chooseLanguage(korean ? "en" : "ko")}
        title="Shift L"
        lang={korean ? "en" : "ko"}
        aria-label={korean ? "EN, English" : "한국어"}
      >
        {korean ? "EN" : "한"}
      </button>
    </div>
  );
}

export const TopBar = () => (
  <header class="top-bar">
    <Brand />
    <Tabs />
    <ClockFace />
    <HopChain />
    {kiosk ? null : <Person />}
    {kiosk ? null : <Switches />}
  </header>
);
