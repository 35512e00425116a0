import { priorities } from "../../../../shared/alarm-rule.ts";
import { say, t } from "../../language.ts";
import { catalogue, rights } from "../../live/state.ts";
import type { AlarmCounts } from "../../views/alarms/counts.ts";
import { counts, countsByService } from "../../views/alarms/present-counts.ts";
import { Badge } from "../../widgets/badge.tsx";
import { Mark } from "../../widgets/mark.tsx";
import { kiosk } from "../kiosk.ts";
import { addressOf, addressOfPart, part, type Route, route } from "../router.ts";

const cityMark = "M4 20V9h6v11M10 20V4h10v16M2 20h20M13 8h4M13 12h4M13 16h4";
const qualityMark = "M4 5h16M4 12h16M4 19h9M16 18l2 2 4-4";
const alarmsMark = "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4";
const eventsMark = "M4 6h2M4 12h2M4 18h2M9 6h11M9 12h11M9 18h11";
const testMark = "M9 3h6M10 3v6l-5 9a2 2 0 0 0 2 3h10a2 2 0 0 0 2-3l-5-9V3M7.5 15h9";
const mapMark = "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14";
const servicesMark = "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z";

interface TabProps {
  readonly to: Route;
  readonly mark: string;
  readonly name: string;
  readonly digit: string;
  /** Alarms behind it: the gravest stands on its mark, over it, so that nothing moves. */
  readonly counts?: AlarmCounts | undefined;
}
const isHere = (to: Route): boolean =>
  to.view === "alarms" || to.view === "tester" ? route.value.view === to.view : addressOf(route.value) === addressOf(to);

function TabBadge({ counts }: { readonly counts: AlarmCounts | undefined }) {
  const rank = counts && priorities.find((priority) => counts.by[priority].all > 0);
  if (counts === undefined || rank === undefined) return null;
  const { all, calling } = counts.by[rank];
  return (
    <i class="tab-badge">
      <Badge
        rank={rank}
        look={calling > 0 ? "unacknowledged" : "filled"}
        size={11}
        label={t(`우선순위 ${rank} ${all}건`, `priority ${rank}: ${all}`)}
      />
    </i>
  );
}

function Tab({ to, mark, name, digit, counts }: TabProps) {
  return (
    <a class="tab" href={addressOf(to)} aria-current={isHere(to) ? "page" : undefined} title={digit === "" ? name : `${name} — ${digit}`}>
      <span class="tab-mark">
        <Mark service={{ mark }} />
        <TabBadge counts={counts} />
      </span>
      <span>{name}</span>
      {digit === "" ? null : <small>{digit}</small>}
    </a>
  );
}

export const Tabs = () => (
  <nav class="tabs" aria-label={t("화면", "Views")}>
    <Tab to={{ view: "city" }} mark={cityMark} name={t("도시", "City")} digit="0" />
    {catalogue.value.map((service, index) => (
      <Tab
        key={service.id}
        to={{ view: "service", id: service.id }}
        mark={service.mark}
        name={say(service.title)}
        digit={index < 9 ? String(index + 1) : ""}
        counts={countsByService.value.get(service.id)}
      />
    ))}
    <Tab to={{ view: "alarms" }} mark={alarmsMark} name={t("경보", "Alarms")} digit="A" counts={counts.value} />
    <Tab to={{ view: "quality" }} mark={qualityMark} name={t("품질", "Data")} digit="D" />
    {kiosk ? null : <Tab to={{ view: "tester" }} mark={testMark} name={t("시험", "Test")} digit="T" />}
  </nav>
);

/** On a phone: what happens, where, and of what; deeper pages lie behind the services. */
export function PhoneTabs() {
  const at = route.value;
  const here = at.view === "quality" || at.view === "alarms" || at.view === "tester" ? at.view : at.view === "city" ? part.value : "services";
  const tabs = [
    { id: "alarms", href: "#/alarms", mark: alarmsMark, name: t("경보", "Alarms") },
    { id: "events", href: addressOfPart("events"), mark: eventsMark, name: t("상황", "Events") },
    { id: "map", href: addressOfPart("map"), mark: mapMark, name: t("지도", "Map") },
    { id: "services", href: addressOfPart("services"), mark: servicesMark, name: t("서비스", "Services") },
    { id: "quality", href: "#/quality", mark: qualityMark, name: t("품질", "Quality") },
    ...(rights.value.includes("clock") ? [{ id: "tester", href: "#/tester", mark: testMark, name: t("시험", "Test") }] : []),
  ];
  return (
    <nav class="phone-tabs" aria-label={t("화면", "Views")}>
      {tabs.map(({ id, href, mark, name }) => (
        <a key={id} href={href} aria-current={here === id ? "page" : undefined}>
          <Mark service={{ mark }} />
          {name}
        </a>
      ))}
    </nav>
  );
}
