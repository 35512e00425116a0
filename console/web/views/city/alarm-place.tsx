import { t } from "../../language.ts";
import { Panel } from "../../widgets/panel.tsx";

/** The alarm list keeps its place; it counts nothing that nobody has counted. */
export const AlarmPlace = () => (
  <Panel name="alarm-place" title={t("경보", "Alarms")} end={t("아직 없는 서비스", "not in service yet")}>
    <div class="ruled">
      <p>
        <b>{t("경보를 판단하는 서비스가 아직 없습니다.", "Nothing judges alarms yet.")}</b>{" "}
        {t("비어 있어도 이상이 없다는 뜻은 아닙니다.", "Empty does not mean that all is well.")}
      </p>
      <p>{t("지금은 값을 설계 범위와 견주고, 아래 사건을 읽으십시오.", "Until then, compare values with their design range and read the events.")}</p>
    </div>
  </Panel>
);
