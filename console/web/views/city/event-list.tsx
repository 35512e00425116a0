import { computed } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ChronicleLine, DeviceRow } from "../../../../shared/city-port.ts";
import { offerKeys } from "../../app/keys/keyboard.ts";
import { kiosk, shownRows } from "../../app/kiosk.ts";
import { addressOf } from "../../app/router.ts";
import { say, t } from "../../language.ts";
import { catalogue, chronicle, now, plan, second, zone } from "../../live/state.ts";
import { chooseDistrict, chosenDistrict } from "../../map/chosen.ts";
import { clockText } from "../../widgets/figures.ts";
import { Mark } from "../../widgets/mark.tsx";
import { Panel } from "../../widgets/panel.tsx";
import { detailOf, nameOfEvent } from "./chronicle-words.ts";
import { type Frequent, type LatestEvents, latestEvents } from "./latest-events.ts";

/** As the style sheet says for a desk, a wall and a finger. */
const rowHeight = (): number => (kiosk ? 40 : matchMedia("(max-width: 767px)").matches ? 44 : 28);
const rowsById = computed(() => new Map(shownRows.value.map((row) => [row.id, row])));
const districtNames = computed(() => new Map((plan.value?.districts ?? []).map((district) => [district.id, district.name])));

/** Once a second, and of the chosen district alone. */
const latest = computed<LatestEvents>(() => {
  void second.value;
  const at = rowsById.value;
  const district = chosenDistrict.value;
  const lines = chronicle.peek().filter((line) => {
    const row = at.get(line.device);
    return row !== undefined && (district === undefined || row.district === district);
  });
  return latestEvents(
    lines,
    now.peek(),
    catalogue.value.map((service) => service.id),
  );
});

/** Nothing moves under a pointer or the focus: the list waits, and says what is new. */
function useHeldList() {
  const [held, setHeld] = useState<LatestEvents>();
  const present = latest.value;
  const newest = held?.single[0]?.n ?? Number.NEGATIVE_INFINITY;
  const fresh = held ? present.single.filter((line) => line.n > newest).length : 0;
  const hold = () => setHeld((known) => known ?? latest.peek());
  const free = () => setHeld(undefined);
  useLayoutEffect(
    () =>
      offerKeys([
        {
          code: "KeyN",
          shift: true,
          sign: "Shift N",
          does: { ko: "새 사건 보기", en: "Show new events" },
          act: () => setHeld((known) => known && latest.peek()),
        },
      ]),
    [],
  );
  return { shown: held ?? present, fresh, hold, free, showNew: () => setHeld(latest.peek()) };
}

function useRows() {
  const place = useRef<HTMLDivElement>(null);
  const [rows, setRows] = useState(0);
  useEffect(() => {
    const at = place.current;
    if (!at) return;
    const seen = new ResizeObserver(() => setRows(Math.max(0, Math.floor(at.clientHeight / rowHeight()))));
    seen.observe(at);
    return () => seen.disconnect();
  }, []);
  return { place, rows };
}

const serviceOf = (id: string) => catalogue.value.find((service) => service.id === id);

function Place({ row }: { readonly row: DeviceRow | undefined }) {
  const district = row && districtNames.value.get(row.district);
  return (
    <span class="event-place">
      {row ? say(row.name) : ""}
      {district ? <small class="event-district">{say(district)}</small> : null}
    </span>
  );
}

function EventRow({ line }: { readonly line: ChronicleLine }) {
  const service = serviceOf(line.service);
  const row = rowsById.value.get(line.device);
  const silent = line.what === "silent";
  return (
    <li>
      <a class={`event-row${silent ? " is-silent" : ""}`} href={addressOf({ view: "device", id: line.device })}>
        <time>{clockText(line.t, zone.value)}</time>
        {service ? <Mark service={service} /> : <i />}
        <span class="event-what">
          <b class="event-name">{nameOfEvent(service, line.what)}</b> {detailOf(line, catalogue.value)}
        </span>
        <Place row={row} />
      </a>
    </li>
  );
}

function FrequentRow({ kind }: { readonly kind: Frequent }) {
  const service = serviceOf(kind.service);
  const count = kind.count.toLocaleString("en-US");
  return (
    <li
      class="event-row is-count"
      title={t("잦아서 세어 보입니다. 시각과 곳은 마지막 것.", "Frequent, so counted. Time and place are those of the last one.")}
    >
      <time>{clockText(kind.last.t, zone.value)}</time>
      {service ? <Mark service={service} /> : <i />}
      <span class="event-what">
        <b class="event-name">{nameOfEvent(service, kind.what)}</b> {t(`60분에 ${count}번`, `${count} in 60 min`)}
      </span>
      <Place row={rowsById.value.get(kind.last.device)} />
    </li>
  );
}

function EndOfHead({ fresh, showNew }: { readonly fresh: number; readonly showNew: () => void }) {
  const district = chosenDistrict.value;
  const name = district === undefined ? undefined : districtNames.value.get(district);
  if (fresh > 0)
    return (
      <button type="button" class="button" onClick={showNew}>
        {t(`새 사건 ${fresh}건 보기`, `Show ${fresh} new`)} <kbd>Shift N</kbd>
      </button>
    );
  if (name)
    return (
      <button type="button" class="button" onClick={() => chooseDistrict(undefined)}>
        {t(`${say(name)}만`, `${say(name)} only`)} ✕
      </button>
    );
  return <>{t("최근 60분 · 새것이 위", "last 60 min · newest on top")}</>;
}

/** What happened last, newest on top. As many rows as there is room for: the overview never scrolls. */
export function EventList() {
  const { shown, fresh, hold, free, showNew } = useHeldList();
  const { place, rows } = useRows();
  const places = Math.max(0, rows - shown.frequent.length);
  const single = shown.single.slice(0, places);
  return (
    <Panel name="event-list" title={t("최근 사건", "Latest events")} end={<EndOfHead fresh={fresh} showNew={showNew} />}>
      <div
        class="event-rows"
        ref={place}
        onPointerEnter={hold}
        onPointerLeave={free}
        onFocusCapture={hold}
        onBlurCapture={(blur) => {
          if (!(blur.relatedTarget instanceof Node && blur.currentTarget.contains(blur.relatedTarget))) free();
        }}
      >
        {shown.single.length === 0 && shown.frequent.length === 0 ? (
          <p class="panel-note">{t("최근 60분에 알려진 사건이 없습니다.", "No event was told in the last 60 min.")}</p>
        ) : (
          <>
            <ol>
              {single.map((line) => (
                <EventRow key={line.n} line={line} />
              ))}
            </ol>
            <ul class="event-counts">
              {shown.frequent.map((kind) => (
                <FrequentRow key={`${kind.service}/${kind.what}`} kind={kind} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}
