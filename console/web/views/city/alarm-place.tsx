import { useEffect, useMemo } from "preact/hooks";
import { kiosk } from "../../app/kiosk.ts";
import { addressOf, go } from "../../app/router.ts";
import { t } from "../../language.ts";
import { alarms, deskIsKnown, flood } from "../../live/desk.ts";
import { ActionBar } from "../alarms/action-bar.tsx";
import { AlarmList } from "../alarms/alarm-list.tsx";
import { AlarmStrip } from "../alarms/alarm-strip.tsx";
import { chosen, look } from "../alarms/chosen.ts";
import { isNarrowed } from "../alarms/facets.ts";
import { HoldPlace } from "../alarms/hold-place.tsx";
import { counts, urgent } from "../alarms/present-counts.ts";
import { Tabs } from "../alarms/tabs.tsx";
import { useActs } from "../alarms/use-acts.ts";
import { useDeskList } from "../alarms/use-list.ts";
import { isPhone } from "../service/columns.tsx";
import "./alarm-place.css";

const lists = ["active", "maintenance", "shelved", "suppressed", "out-of-service", "history"] as const;

/** How the list stands, or what is new behind it. */
function End({ fresh, showNew }: { readonly fresh: number; readonly showNew: () => void }) {
  if (fresh > 0)
    return (
      <button type="button" class="button is-main" onClick={showNew}>
        {t(`새 경보 ${fresh}건`, `${fresh} new`)} <kbd>N</kbd>
      </button>
    );
  const how = look.value.grouped ? t("원인별 묶음", "by cause") : t("낱개", "single");
  return (
    <span>
      {how}
      {flood.value.since === null ? "" : t(" · 폭주 중", " · flood")}
      {isNarrowed(look.value.facets) ? t(" · 걸러 봄", " · filtered") : ""}
    </span>
  );
}

/** The short list of the overview, and under it the one alarm that is chosen. Empty rows stay ruled: they show what the list will hold. */
export function AlarmPlace() {
  const list = useDeskList("active");
  const visible = useMemo(() => list.lines.flatMap((line) => (line.kind === "alarm" ? [line.alarm] : [])), [list.lines]);
  const worst = urgent.value?.id;
  const isThere = chosen.value !== undefined && alarms.value.has(chosen.value);
  // A wall has nobody who chooses: it shows the worst that nobody has acknowledged.
  useEffect(() => {
    if (kiosk || !isThere) chosen.value = worst;
  }, [worst, isThere]);
  const alarm = chosen.value === undefined ? undefined : alarms.value.get(chosen.value);
  const shown = alarm !== undefined && (kiosk || visible.some(({ id }) => id === alarm.id)) ? alarm : undefined;
  const acts = useActs(shown, visible);
  const { maintenance } = counts.value;
  return (
    <section class="panel alarm-place" aria-label={t("경보", "Alarms")}>
      <header class="alarm-tabs">
        <h2 class="unseen">{t("경보", "Alarms")}</h2>
        <Tabs tab="active" only={lists} />
        <span class="end">
          <End fresh={list.fresh} showNew={list.showNew} />
        </span>
      </header>
      <HoldPlace list={list}>
        <div class="av-list">
          <AlarmList
            list={list}
            rowHeight={isPhone.value ? 85 : kiosk ? 40 : 32}
            compact
            label={t("경보", "Alarms")}
            onOpen={(id) => go({ view: "alarms", id })}
          />
          {list.lines.length === 0 ? (
            <p class="alarm-none">
              {deskIsKnown.value ? t("조치할 경보가 없습니다.", "Nothing needs action.") : t("아직 모릅니다.", "Not known yet.")}{" "}
              {maintenance > 0 ? (
                <a href={addressOf({ view: "alarms", tab: "maintenance" })}>
                  {t(`정비 경보 ${maintenance}건은 따로 셉니다.`, `${maintenance} maintenance alarms are counted apart.`)}
                </a>
              ) : null}
            </p>
          ) : null}
        </div>
        {shown === undefined ? null : (
          <>
            <AlarmStrip key={shown.id} alarm={shown} />
            <ActionBar acts={acts} alarm={shown} compact />
          </>
        )}
      </HoldPlace>
    </section>
  );
}
