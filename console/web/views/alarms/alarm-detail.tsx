import type { Alarm, AlarmDetail as Detail } from "../../../../shared/alarm.ts";
import { kiosk } from "../../app/kiosk.ts";
import { addressOf } from "../../app/router.ts";
import { CommandLinks } from "../../command/command-links.tsx";
import { say, t } from "../../language.ts";
import { Loading } from "../../widgets/panel.tsx";
import { isPhone } from "../service/columns.tsx";
import { Value } from "./alarm-cells.tsx";
import { AlarmJournal } from "./alarm-journal.tsx";
import { AlarmTrend } from "./alarm-trend.tsx";
import { DetailHead } from "./detail-head.tsx";
import "./detail.css";
import { HandOffs } from "./hand-offs.tsx";
import { OnsetBar } from "./onset-bar.tsx";
import { districtName, ruleOf } from "./places.ts";
import { useDetail, useSettled } from "./use-detail.ts";
import { Why } from "./why.tsx";

/** Cause, consequence, response: from the answer, or at once from the contract. */
function Rationale({ alarm, detail }: { readonly alarm: Alarm; readonly detail: Detail | undefined }) {
  const rule = ruleOf(alarm);
  const why = detail?.why ?? rule;
  if (why === undefined) return <Loading />;
  return (
    <dl class="ad-facts">
      <div>
        <dt>{t("원인", "Cause")}</dt>
        <dd>{say(why.cause)}</dd>
      </div>
      <div>
        <dt>{t("결과", "Consequence")}</dt>
        <dd>{say(why.consequence)}</dd>
      </div>
      <div>
        <dt>{t("조치", "Response")}</dt>
        <dd>
          <ol class="ad-steps">
            {why.response.map((step, index) => (
              <li key={step.en}>
                <b>{index + 1}</b> {say(step)}
              </li>
            ))}
          </ol>
          <CommandLinks alarm={alarm} />
        </dd>
      </div>
      <div>
        <dt>{t("값 · 곳", "Value, place")}</dt>
        <dd class="ad-place">
          <span>
            <Value alarm={alarm} />
          </span>
          <span>{districtName(alarm.district)}</span>
          {kiosk ? null : <a href={addressOf({ view: "device", id: alarm.device })}>{t("기기 열기", "Open device")} →</a>}
        </dd>
      </div>
    </dl>
  );
}

/** Everything about one alarm: what it is, how long there is, what to do, why it was raised, what was done. */
export function AlarmDetail({ alarm }: { readonly alarm: Alarm }) {
  const isSettled = useSettled(alarm.id);
  const { value: detail, reason, again } = useDetail(alarm, isSettled);
  return (
    <div class="ad-body">
      <DetailHead alarm={alarm} size={isPhone.value ? 44 : 34} />
      <OnsetBar alarm={alarm} />
      <Rationale alarm={alarm} detail={detail} />
      {isSettled ? <AlarmTrend key={`${alarm.device} ${alarm.metric}`} alarm={alarm} /> : null}
      {isPhone.value ? (
        <p class="ad-note">
          {t(
            "명령은 관제실에서만 보냅니다. 여기서는 확인과 메모를 할 수 있습니다.",
            "Commands are sent from the control room only. Here you can acknowledge and note.",
          )}
        </p>
      ) : null}
      {detail === undefined && reason !== undefined ? (
        <p class="ad-note" role="alert">
          {t("근거와 일지를 읽지 못했습니다.", "Evidence and journal could not be read.")} <code>{reason}</code>{" "}
          <button type="button" class="button" onClick={again}>
            {t("다시", "Retry")}
          </button>
        </p>
      ) : null}
      {detail === undefined && reason === undefined ? <Loading /> : null}
      {detail === undefined ? null : (
        <>
          <section class="ad-section" aria-label={t("왜?", "Why?")}>
            <h3>{t("왜?", "Why?")}</h3>
            <Why detail={detail} />
          </section>
          <AlarmJournal detail={detail} />
        </>
      )}
      <HandOffs alarm={alarm} />
    </div>
  );
}
