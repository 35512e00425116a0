import { useLayoutEffect } from "preact/hooks";
import { priorities } from "../../../../shared/alarm-rule.ts";
import { counting } from "../../command/present-counting.ts";
import { say, t } from "../../language.ts";
import { deskIsKnown, flood } from "../../live/desk.ts";
import { now, second, zone } from "../../live/state.ts";
import { durationText } from "../../trend/words.ts";
import { AlarmBadge } from "../../views/alarms/alarm-badge.tsx";
import { chosen } from "../../views/alarms/chosen.ts";
import { deviceName } from "../../views/alarms/places.ts";
import { counts, newest, urgent } from "../../views/alarms/present-counts.ts";
import { WallClock } from "../../views/alarms/wall-clock.tsx";
import { Badge, MaintenanceMark } from "../../widgets/badge.tsx";
import { clockText, minuteText } from "../../widgets/figures.ts";
import { offerKeys } from "../keys/keyboard.ts";
import { kiosk } from "../kiosk.ts";
import { addressOf, go } from "../router.ts";
import { SilenceButton } from "../sound/sound-buttons.tsx";
import "./banner.css";
import { aborted } from "../../command/aborted.ts";
import { AbortedLine, CountingChip, CountingLine, goesFirst, useAbortKey } from "./counting-line.tsx";
import "./counting-line.css";
import { notice } from "./notice.ts";

/** Four counts; a place each, whatever the figure. */
function Ranks() {
  const known = deskIsKnown.value;
  return (
    <ul class="banner-ranks">
      {priorities.map((rank) => {
        const { all, unacknowledged, calling } = counts.value.by[rank];
        const words = t(`우선순위 ${rank}: ${all}건, 미확인 ${unacknowledged}`, `Priority ${rank}: ${all}, ${unacknowledged} unacknowledged`);
        return (
          <li key={rank} class={known && all > 0 ? "is-some" : ""}>
            <Badge rank={rank} look={!known || all === 0 ? "zero" : calling > 0 ? "unacknowledged" : "filled"} flashes={known && calling > 0} />
            <span aria-hidden="true">{known ? all : "—"}</span>
            <span class="unseen">{known ? words : t(`우선순위 ${rank}: 아직 모름`, `Priority ${rank}: not known yet`)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** What stands beside the four: not seen yet, kept from the list, and the sensors' own trouble. */
function Asides() {
  const { unacknowledged, shelved, suppressed, outOfService, maintenance } = counts.value;
  const known = deskIsKnown.value;
  const asides = [
    { name: t("미확인", "Unacked"), count: unacknowledged, to: addressOf({ view: "alarms" }) },
    { name: t("보류", "Shelved"), count: shelved, to: addressOf({ view: "alarms", tab: "shelved" }) },
    { name: t("억제", "Suppr."), count: suppressed, to: addressOf({ view: "alarms", tab: "suppressed" }), full: t("억제", "Suppressed") },
    {
      name: t("점검 중", "OOS"),
      count: outOfService,
      to: addressOf({ view: "alarms", tab: "out-of-service" }),
      full: t("점검 중", "Out of service"),
    },
  ];
  return (
    <>
      {asides.map(({ name, count, to, full }) => (
        <a key={to} class="banner-count" href={to} title={full}>
          {name} <b class="banner-figure">{known ? count : "—"}</b>
        </a>
      ))}
      <a
        class="banner-count is-maintenance"
        href={addressOf({ view: "alarms", tab: "maintenance" })}
        title={t("센서의 고장은 따로 셉니다", "Trouble of sensors is counted apart")}
      >
        <MaintenanceMark look={maintenance > 0 ? "filled" : "zero"} size={16} /> {t("정비", "Maint.")}{" "}
        <b class="banner-figure">{known ? maintenance : "—"}</b>
      </a>
    </>
  );
}

/** Stands first, in ink, for as long as the rule says that the room is flooded. */
function FloodChip() {
  const { since } = flood.value;
  void second.value;
  if (since === null) return null;
  const long = say(durationText(now.peek() - since));
  return (
    <a class="banner-flood" href={addressOf({ view: "alarms" })}>
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
        <path d="M3 7c3-3 6 3 9 0s6 3 9 0M3 13c3-3 6 3 9 0s6 3 9 0M3 19c3-3 6 3 9 0s6 3 9 0" />
      </svg>
      {t(`경보 폭주 ${minuteText(since, zone.value)}부터`, `Flood since ${minuteText(since, zone.value)}`)} <span>· {long}</span>
    </a>
  );
}

/** What is about to happen by itself; else the newest that nobody has acknowledged; else what the city is doing. */
function Line() {
  const alarm = newest.value;
  const { text, isNow, done } = notice.value;
  const next = counting.value[0];
  if (next !== undefined && isNow && (alarm === undefined || goesFirst(next))) return <CountingLine />;
  if (aborted.value !== undefined) return <AbortedLine />;
  if (alarm !== undefined && isNow)
    return (
      <>
        <p class="banner-line">
          <AlarmBadge alarm={alarm} silent />
          <span>
            <a href={addressOf({ view: "alarms", id: alarm.id })}>
              <b>{say(alarm.text)}</b> — {deviceName(alarm.device)}
            </a>{" "}
            <time>{clockText(alarm.raisedAt, zone.value)}</time>
            <WallClock alarm={alarm} />
          </span>
          <CountingChip />
        </p>
        <CountingLine isBeside />
      </>
    );
  return (
    <p class={`banner-line${isNow ? "" : " is-not-now"}`} role="status">
      {done === undefined ? null : (
        <progress max={1} value={done} aria-label={t("진행", "Progress")}>
          {Math.round(done * 100)} %
        </progress>
      )}
      <span>{say(text)}</span>
    </p>
  );
}

function openUrgent(): void {
  const alarm = urgent.peek();
  if (alarm === undefined) return;
  chosen.value = alarm.id;
  go({ view: "alarms", id: alarm.id });
}

/** The alarms' line, the same on every page. Nothing in it moves when a count changes. */
export function Banner() {
  const some = urgent.value !== undefined;
  useAbortKey();
  useLayoutEffect(
    () =>
      kiosk
        ? undefined
        : offerKeys([{ code: "KeyU", sign: "U", does: { ko: "가장 급한 경보 열기", en: "Open the most urgent alarm" }, act: openUrgent }]),
    [],
  );
  return (
    <section class="banner" aria-label={t("경보 현황", "Alarm counts")}>
      <FloodChip />
      <Ranks />
      <Asides />
      <Line />
      {kiosk ? null : (
        <div class="banner-buttons">
          <SilenceButton />
          <button type="button" class={`button${some ? " is-main" : ""}`} aria-disabled={!some} onClick={openUrgent}>
            {t("가장 급한 경보", "Most urgent")} <kbd>U</kbd>
          </button>
        </div>
      )}
    </section>
  );
}
