import { untracked } from "@preact/signals";
import type { Alarm } from "../../../../shared/alarm.ts";
import { say, t } from "../../language.ts";
import { timeOf } from "../../live/desk.ts";
import { second } from "../../live/state.ts";
import { durationText } from "../../trend/words.ts";
import { leftText, soonMs } from "./left.ts";
import { deviceName, serviceOf } from "./places.ts";
import { WallClock } from "./wall-clock.tsx";
import { valueAndLimit } from "./words.ts";

/** Time of the alarm's own timeline, looked at once a second. */
function handOf(alarm: Alarm): number {
  void second.value;
  return untracked(() => timeOf(alarm));
}

/** Time left to act; bold when it is short. Nothing when the rule knows none, or nobody has to act any more. */
export function Left({ alarm }: { readonly alarm: Alarm }) {
  const { respondBy, active } = alarm;
  if (respondBy === null || !active) return <span class="al-left">—</span>;
  const left = respondBy - handOf(alarm);
  return <span class={`al-left${left < soonMs ? " is-soon" : ""}`}>{say(leftText(left))}</span>;
}

export const Age = ({ alarm }: { readonly alarm: Alarm }) => <span class="al-age">{say(durationText(handOf(alarm) - alarm.raisedAt))}</span>;

/** What is kept from the desk says until when, or by what. */
export function Kept({ alarm }: { readonly alarm: Alarm }) {
  if (alarm.outOfService !== null) return <>{alarm.outOfService.order}</>;
  if (alarm.suppressed !== null) return <>{alarm.suppressed.by}</>;
  if (alarm.shelved === null) return null;
  const left = say(leftText(alarm.shelved.until - handOf(alarm)));
  return (
    <>
      {left} · {alarm.shelved.by} · {alarm.shelved.reason}
    </>
  );
}

export function What({ alarm, under }: { readonly alarm: Alarm; readonly under: number }) {
  const more = Math.max(under, alarm.consequences);
  return (
    <>
      {alarm.first && more > 0 ? <em class="al-first">{t("최초", "FIRST")}</em> : null}
      <b class="al-text">{say(alarm.text)}</b> <span class="al-where">{deviceName(alarm.device)}</span>
      {more > 0 ? (
        <b class="al-more" title={t(`결과 ${more}건`, `${more} consequences`)}>
          +{more} {t("결과", "")}
          <span class="unseen">{t("", "consequences")}</span>
        </b>
      ) : null}
      {alarm.chattering ? <em class="al-first">{t("빈발", "CHATTER")}</em> : null}
      {alarm.timeline === "field" ? (
        <em class="field-badge">
          {t("현장", "field")}
          <WallClock alarm={alarm} />
        </em>
      ) : null}
    </>
  );
}

export function Value({ alarm }: { readonly alarm: Alarm }) {
  const words = valueAndLimit(alarm, serviceOf(alarm.service));
  if (words === undefined) return null;
  return (
    <>
      <b>{say(words.value)}</b>
      {words.limit ? <> → {say(words.limit)}</> : null}
      {words.unit ? ` ${say(words.unit)}` : ""}
      {words.arrow === "" ? "" : ` ${words.arrow}`}
    </>
  );
}
