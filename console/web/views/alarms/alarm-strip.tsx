import type { Alarm } from "../../../../shared/alarm.ts";
import { kiosk } from "../../app/kiosk.ts";
import { addressOf } from "../../app/router.ts";
import { say, t } from "../../language.ts";
import { DetailHead } from "./detail-head.tsx";
import "./detail.css";
import { OnsetBar } from "./onset-bar.tsx";
import { ruleOf } from "./places.ts";

/** The chosen alarm where there is little room: what it is, why, what to do, how long there is. All else is a press away. */
export function AlarmStrip({ alarm }: { readonly alarm: Alarm }) {
  const rule = ruleOf(alarm);
  return (
    <div class="ad-strip">
      <DetailHead alarm={alarm} size={26} />
      {alarm.respondBy === null ? null : <OnsetBar alarm={alarm} />}
      {rule === undefined ? null : (
        <dl class="ad-facts">
          <div>
            <dt>{t("원인", "Cause")}</dt>
            <dd>{say(rule.cause)}</dd>
          </div>
          <div>
            <dt>{t("결과", "Consequence")}</dt>
            <dd>{say(rule.consequence)}</dd>
          </div>
          <div>
            <dt>{t("조치", "Response")}</dt>
            <dd>{rule.response.map((step, index) => `${index + 1} ${say(step)}`).join("   ")}</dd>
          </div>
        </dl>
      )}
      {kiosk ? null : (
        <p class="ad-more">
          <a href={addressOf({ view: "alarms", id: alarm.id })}>{t("왜? · 자세히", "Why? In detail")} →</a>
          <a href={addressOf({ view: "device", id: alarm.device })}>{t("기기 열기", "Open device")} →</a>
        </p>
      )}
    </div>
  );
}
