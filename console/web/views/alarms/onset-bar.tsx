import { untracked } from "@preact/signals";
import type { Alarm } from "../../../../shared/alarm.ts";
import { t } from "../../language.ts";
import { timeOf } from "../../live/desk.ts";
import { second, zone } from "../../live/state.ts";
import { clockText } from "../../widgets/figures.ts";
import { WallClock } from "./wall-clock.tsx";

/** From the onset to the consequence: how much of the time to act has gone. Where the rule knows no time, only the onset is told. */
export function OnsetBar({ alarm }: { readonly alarm: Alarm }) {
  void second.value;
  const now = untracked(() => timeOf(alarm));
  const { raisedAt, respondBy, clearedAt } = alarm;
  const begin = `${clockText(raisedAt, zone.value)} ${t("발생", "onset")}`;
  const end = clearedAt === null ? undefined : `${clockText(clearedAt, zone.value)} ${t("해제", "cleared")}`;
  if (respondBy === null)
    return (
      <p class="ad-times">
        <span>
          {begin}
          <WallClock alarm={alarm} />
        </span>
        {end === undefined ? null : <span>{end}</span>}
      </p>
    );
  const share = Math.max(0, Math.min(1, ((clearedAt ?? now) - raisedAt) / Math.max(1, respondBy - raisedAt)));
  return (
    <div class="ad-onset">
      <div class={`ad-bar is-p${alarm.priority}`} aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
        <b style={{ left: `${share * 100}%` }} />
      </div>
      <p class="ad-times">
        <span>
          {begin}
          <WallClock alarm={alarm} />
        </span>
        <span>{end ?? ""}</span>
        <span>{t(`${clockText(respondBy, zone.value)}까지`, `by ${clockText(respondBy, zone.value)}`)}</span>
      </p>
    </div>
  );
}
