import type { Alarm } from "../../../../shared/alarm.ts";
import { say, t } from "../../language.ts";
import { clock, zone } from "../../live/state.ts";
import { clockText } from "../../widgets/figures.ts";
import { AlarmBadge } from "./alarm-badge.tsx";
import { Kept, Left } from "./alarm-cells.tsx";
import { deviceName } from "./places.ts";
import { badgeText, wallText } from "./words.ts";

/** Badge, title, state and time left: what is known without asking. */
export function DetailHead({ alarm, size }: { readonly alarm: Alarm; readonly size: number }) {
  const hand = wallText(alarm, clock.value !== undefined);
  const parts = [
    alarm.class === "maintenance" ? t("정비", "Maintenance") : `P${alarm.priority}`,
    say(badgeText(alarm)).split(", ").slice(1).join(", "),
    t(`${clockText(alarm.raisedAt, zone.value)} 발생`, `onset ${clockText(alarm.raisedAt, zone.value)}`),
    ...(hand === undefined ? [] : [say(hand)]),
    ...(alarm.ackedBy === null ? [] : [t(`확인 ${alarm.ackedBy}`, `acked by ${alarm.ackedBy}`)]),
    alarm.owner === null ? t("담당 없음", "no owner") : t(`담당 ${alarm.owner}`, `owner ${alarm.owner}`),
    ...(alarm.inherited ? [t("앞 교대에서 이어짐", "inherited from the previous shift")] : []),
  ];
  return (
    <header class="ad-head">
      <AlarmBadge alarm={alarm} size={size} />
      <div>
        <h2>
          {say(alarm.text)} <span>— {deviceName(alarm.device)}</span>
        </h2>
        <p>{parts.join(" · ")}</p>
        {alarm.shelved !== null || alarm.suppressed !== null || alarm.outOfService !== null ? (
          <p>
            <Kept alarm={alarm} />
          </p>
        ) : null}
      </div>
      <div class="ad-left">
        <small>{t("남은 시간", "Time left")}</small>
        <Left alarm={alarm} />
      </div>
    </header>
  );
}
