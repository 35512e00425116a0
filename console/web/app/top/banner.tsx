import { computed } from "@preact/signals";
import { say, t } from "../../language.ts";
import { epoch, heard, link, status } from "../../live/state.ts";
import { Badge } from "../../widgets/badge.tsx";
import { StaleRing } from "../../widgets/mark.tsx";
import "./banner.css";
import { notice } from "./notice.ts";

const silent = computed(() => [...heard.value.values()].reduce((sum, count) => sum + count.silent, 0));
const ranks = [1, 2, 3, 4] as const;

/** Places of the four counts; nothing has counted yet, so there is no number. */
const AlarmCounts = () => (
  <ul class="banner-ranks" title={t("경보 서비스가 아직 없어 세지 않습니다", "Not counted: there is no alarm service yet")}>
    {ranks.map((rank) => (
      <li key={rank}>
        <Badge rank={rank} look="zero" />
        <span aria-hidden="true">—</span>
        <span class="unseen">{t(`우선순위 ${rank}: 아직 세지 않음`, `Priority ${rank}: not counted yet`)}</span>
      </li>
    ))}
  </ul>
);

/** The alarms' line. Until their service is there it says what is known without it: what is silent, what was refused, what the city is doing. */
export function Banner() {
  const refused = status.value?.quarantine;
  const known = epoch.value !== "" && link.value.state === "live";
  const { text, isNow, done } = notice.value;
  return (
    <section class="banner" aria-label={t("상태", "State")}>
      <AlarmCounts />
      <a class="banner-count" href="#/quality">
        {known && silent.value === 0 ? <i class="fresh-square" aria-hidden="true" /> : <StaleRing />}
        {t("수신 지연", "Silent")} <b class="banner-figure">{known ? silent.value.toLocaleString("en-US") : "—"}</b>
      </a>
      <a class="banner-count" href="#/quality">
        {t("거부", "Refused")} <b class="banner-figure">{refused === undefined ? "—" : refused.toLocaleString("en-US")}</b>
      </a>
      <p class={isNow ? "" : "is-not-now"} role="status">
        {done === undefined ? null : (
          <progress max={1} value={done} aria-label={t("진행", "Progress")}>
            {Math.round(done * 100)} %
          </progress>
        )}
        <span>{say(text)}</span>
      </p>
    </section>
  );
}
