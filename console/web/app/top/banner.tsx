import { computed } from "@preact/signals";
import { t } from "../language.ts";
import { beat, deviceRows, epoch, isStale, link, status } from "../live/state.ts";
import { StaleRing } from "../widgets/mark.tsx";

const silent = computed(() => {
  void beat.value;
  let count = 0;
  for (const row of deviceRows.value) if (isStale(row)) count++;
  return count;
});

/** The alarms' place. Until their service is there it says what is known without it, and that it is not there. */
export function Banner() {
  const refused = status.value?.quarantine;
  const known = epoch.value !== "" && link.value.state === "live";
  return (
    <section class="banner" aria-label={t("상태", "State")}>
      <a class="banner-count" href="#/quality">
        {known && silent.value === 0 ? <i class="fresh-square" aria-hidden="true" /> : <StaleRing />}
        {t("수신 없는 기기", "Silent devices")} <b>{known ? silent.value.toLocaleString("en-US") : "—"}</b>
      </a>
      <a class="banner-count" href="#/quality">
        {t("거부된 메시지", "Refused messages")} <b>{refused === undefined ? "—" : refused.toLocaleString("en-US")}</b>
      </a>
      <p>
        {t(
          "경보는 아직 없습니다. 경보 서비스가 들어오면 이 줄이 우선순위별로 셉니다.",
          "There are no alarms yet: this line will count them by priority once the alarm service is in.",
        )}
      </p>
    </section>
  );
}
