import { t } from "../../language.ts";
import { flood } from "../../live/desk.ts";
import { epoch } from "../../live/state.ts";
import { figureText } from "../../trend/words.ts";
import { useScore } from "../../views/alarms/use-score.ts";

/** How many alarms ten minutes bring: now, and never a mean without its peak. */
export function AlarmRate() {
  const { value: score } = useScore(24);
  const known = epoch.value !== "";
  const mean = score === undefined ? "—" : figureText(score.perTenMinutes.mean, 1);
  const peak = score === undefined ? "—" : String(score.perTenMinutes.peak);
  return (
    <a class="alarm-rate" href="#/alarms?tab=score">
      <small>{t("10분당 경보", "Alarms / 10 min")}</small>
      <span>
        <b>{known ? flood.value.lastTenMinutes : "—"}</b> {t("목표 1–2", "target 1–2")}
      </span>
      <small>{t(`평균 ${mean} · 최대 ${peak}`, `mean ${mean}, peak ${peak}`)}</small>
    </a>
  );
}
