import { useEffect, useMemo } from "preact/hooks";
import type { Alarm } from "../../../../shared/alarm.ts";
import { kiosk } from "../../app/kiosk.ts";
import { addressOf, become, go, type Route, route } from "../../app/router.ts";
import { say, t } from "../../language.ts";
import { alarms, deskIsKnown } from "../../live/desk.ts";
import { isPhone } from "../service/columns.tsx";
import { ActionBar } from "./action-bar.tsx";
import { AlarmDetail } from "./alarm-detail.tsx";
import { AlarmList } from "./alarm-list.tsx";
import "./alarms.css";
import { changeLook, chosen, look } from "./chosen.ts";
import { FacetPanel } from "./facet-panel.tsx";
import { type AlarmTab, alarmTabs, isListTab, isNarrowed } from "./facets.ts";
import { HistoryView } from "./history-view.tsx";
import { HoldPlace } from "./hold-place.tsx";
import { mostUrgent } from "./order.ts";
import { ScoreShort, ScoreView } from "./score-view.tsx";
import { Tabs, tabTexts } from "./tabs.tsx";
import { useActs } from "./use-acts.ts";
import { type DeskList, useDeskList } from "./use-list.ts";

const tabOf = (to: Route): AlarmTab => (to.view === "alarms" && alarmTabs.find((tab) => tab === to.tab)) || "active";
const idOf = (to: Route): string | undefined => (to.view === "alarms" ? to.id : undefined);

/** Says what is new without moving anything; N brings it in. */
function NewBar({ list }: { readonly list: DeskList }) {
  if (list.fresh === 0) return null;
  return (
    <button type="button" class="av-new" onClick={list.showNew}>
      <span>
        ↑ <b>{t(`새 경보 ${list.fresh}건`, `${list.fresh} new`)}</b> —{" "}
        {t("보는 동안 목록은 움직이지 않습니다", "the list stands still while you look")}
      </span>
      <span>
        {t("보기", "Show")} <kbd>N</kbd>
      </span>
    </button>
  );
}

const emptyTexts: Readonly<Partial<Record<AlarmTab, { readonly ko: string; readonly en: string }>>> = {
  active: { ko: "조치할 경보가 없습니다.", en: "Nothing needs action." },
  maintenance: { ko: "정비 경보가 없습니다.", en: "No sensor is in trouble." },
  shelved: { ko: "보류된 경보가 없습니다.", en: "Nothing is shelved." },
  suppressed: { ko: "억제된 경보가 없습니다.", en: "Nothing is suppressed." },
  "out-of-service": { ko: "점검 중인 경보가 없습니다.", en: "Nothing is out of service." },
};

const unknown = { ko: "아직 모릅니다.", en: "Not known yet." };

function Grouping({ list, tab }: { readonly list: DeskList; readonly tab: AlarmTab }) {
  const { grouped } = look.value;
  return (
    <>
      <fieldset class="buttons" aria-label={t("목록 모양", "How the list stands")}>
        <button type="button" class="button" aria-pressed={grouped} onClick={() => changeLook({ grouped: true })}>
          {t("원인별 묶음", "By cause")}
        </button>
        <button type="button" class="button" aria-pressed={!grouped} onClick={() => changeLook({ grouped: false })}>
          {t("낱개", "Single")}
        </button>
      </fieldset>
      <span class="unseen" role="status">
        {deskIsKnown.value ? t(`${say(tabTexts[tab])} ${list.all.length}건`, `${say(tabTexts[tab])}: ${list.all.length}`) : say(unknown)}
      </span>
    </>
  );
}

interface DeskProps {
  readonly tab: AlarmTab;
  readonly list: DeskList;
  readonly alarm: Alarm | undefined;
}

function Ledger({ tab, list, alarm }: DeskProps) {
  const visible = useMemo(() => list.lines.flatMap((line) => (line.kind === "alarm" ? [line.alarm] : [])), [list.lines]);
  // What has become normal while the list is held has left the desk, and is still chosen.
  const meant = alarm ?? visible.find(({ id }) => id === chosen.value);
  const acts = useActs(meant, visible);
  const open = (id: string) => {
    const device = alarms.peek().get(id)?.device;
    if (isPhone.peek()) go({ view: "alarms", id, ...(tab === "active" ? {} : { tab }) });
    else if (device !== undefined) go({ view: "device", id: device });
  };
  return (
    <HoldPlace list={list}>
      <NewBar list={list} />
      <div class="av-list">
        <AlarmList
          list={list}
          rowHeight={isPhone.value ? 85 : kiosk ? 40 : 34}
          kept={tab === "shelved" || tab === "suppressed" || tab === "out-of-service"}
          label={say(tabTexts[tab])}
          onOpen={open}
        />
        {list.lines.length === 0 ? (
          <p class="av-empty">
            {!deskIsKnown.value
              ? say(unknown)
              : isNarrowed(look.value.facets) && list.all.length > 0
                ? t("거르기에 맞는 경보가 없습니다.", "No alarm matches the filter.")
                : say(emptyTexts[tab] ?? { ko: "", en: "" })}
          </p>
        ) : null}
      </div>
      {isPhone.value ? null : <ActionBar acts={acts} alarm={meant} />}
    </HoldPlace>
  );
}

/** The phone shows one alarm at a time, with what a phone may do. */
function PhoneDetail({ alarm }: { readonly alarm: Alarm }) {
  const acts = useActs(alarm, [alarm]);
  return (
    <main class="av-page is-phone" aria-label={t("경보", "Alarms")}>
      <h1 class="unseen">{t("경보 상세", "Alarm in detail")}</h1>
      <a class="button av-back" href={addressOf({ view: "alarms" })}>
        ‹ {t("목록", "List")}
      </a>
      <section class="panel">
        <AlarmDetail alarm={alarm} />
        <ActionBar acts={acts} alarm={alarm} />
      </section>
    </main>
  );
}

/** The desk: what is wrong, what is kept from the list, what was done, and how good the alarms themselves are. */
export function AlarmsView(_props: { readonly id: string }) {
  const to = route.value;
  const tab = tabOf(to);
  const list = useDeskList(tab);
  const asked = idOf(to);
  useEffect(() => {
    if (asked !== undefined) chosen.value = asked;
  }, [asked]);
  // While it is held, the lines may still be those of the list before.
  const first = list.lines.find((line) => line.kind === "alarm" && list.all.some(({ id }) => id === line.id))?.id;
  const isThere = chosen.value !== undefined && (alarms.value.has(chosen.value) || list.lines.some(({ id }) => id === chosen.value));
  const start = tab === "active" ? (mostUrgent(list.all)?.id ?? first) : first;
  useEffect(() => {
    if (!isThere && asked === undefined) chosen.value = start;
  }, [isThere, start, asked]);
  // Another list: what it does not hold does not stand beside it.
  useEffect(() => {
    if (asked === undefined && isListTab(tab) && !list.all.some(({ id }) => id === chosen.peek())) chosen.value = start;
  }, [tab]);
  // A link that is copied, or a page that is loaded again, shows the alarm that stands here.
  useEffect(() => {
    const id = chosen.peek();
    if (asked !== undefined && id !== undefined && id !== asked && to.view === "alarms") become({ ...to, id });
  }, [chosen.value]);
  const alarm = chosen.value === undefined ? undefined : alarms.value.get(chosen.value);
  if (isPhone.value && asked !== undefined && alarm !== undefined) return <PhoneDetail alarm={alarm} />;
  const isList = isListTab(tab);
  return (
    <main class={`av-page${isList ? "" : " is-whole"}`} aria-label={t("경보", "Alarms")}>
      <h1 class="unseen">{t("경보", "Alarms")}</h1>
      {isList && !isPhone.value ? (
        <div class="av-facets">
          <FacetPanel all={list.all} tab={tab} />
          <ScoreShort />
        </div>
      ) : null}
      <section class="panel av-main" aria-label={say(tabTexts[tab])}>
        <div class="av-bar">
          <Tabs tab={tab} />
          <span class="av-end">{isList ? <Grouping list={list} tab={tab} /> : null}</span>
        </div>
        {isList ? <Ledger key={tab} tab={tab} list={list} alarm={alarm} /> : tab === "history" ? <HistoryView /> : <ScoreView />}
      </section>
      {isList && !isPhone.value ? (
        <section class="panel av-detail" aria-label={t("경보 상세", "Alarm in detail")}>
          {alarm === undefined ? (
            <p class="av-empty">{t("목록에서 경보를 고르면 여기에 자세히 섭니다.", "Choose an alarm in the list; it stands here in detail.")}</p>
          ) : (
            <AlarmDetail alarm={alarm} />
          )}
        </section>
      ) : null}
    </main>
  );
}
