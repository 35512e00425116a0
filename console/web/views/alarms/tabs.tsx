import { computed } from "@preact/signals";
import type { Text } from "../../../../shared/text.ts";
import { addressOf } from "../../app/router.ts";
import { say, t } from "../../language.ts";
import { deskIsKnown } from "../../live/desk.ts";
import { type AlarmTab, alarmTabs } from "./facets.ts";
import "./list.css";
import { counts } from "./present-counts.ts";

export const tabTexts: Readonly<Record<AlarmTab, Text>> = {
  active: { ko: "경보", en: "Active" },
  maintenance: { ko: "정비", en: "Maintenance" },
  shelved: { ko: "보류", en: "Shelved" },
  suppressed: { ko: "억제", en: "Suppressed" },
  "out-of-service": { ko: "점검 중", en: "Out of service" },
  history: { ko: "이력", en: "History" },
  score: { ko: "점수", en: "Score" },
};

const countOf = computed<Readonly<Partial<Record<AlarmTab, number>>>>(() => {
  const { by, maintenance, shelved, suppressed, outOfService } = counts.value;
  return { active: by[1].all + by[2].all + by[3].all + by[4].all, maintenance, shelved, suppressed, "out-of-service": outOfService };
});

/** Lists of the desk; each is a page of its own address. `only`: those that the overview has room for. */
export function Tabs({ tab, only = alarmTabs }: { readonly tab: AlarmTab; readonly only?: readonly AlarmTab[] }) {
  return (
    <nav class="av-tabs" aria-label={t("경보 목록", "Lists of alarms")}>
      {only.map((id) => (
        <a
          key={id}
          href={addressOf(id === "active" ? { view: "alarms" } : { view: "alarms", tab: id })}
          aria-current={id === tab ? "page" : undefined}
        >
          {say(tabTexts[id])} {countOf.value[id] === undefined ? null : <b>{deskIsKnown.value ? countOf.value[id] : "—"}</b>}
        </a>
      ))}
    </nav>
  );
}
