import { computed } from "@preact/signals";
import { memo } from "preact/compat";
import { useMemo } from "preact/hooks";
import { priorities } from "../../../../shared/alarm-rule.ts";
import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Figure, Service } from "../../../../shared/service.ts";
import { kiosk } from "../../app/kiosk.ts";
import { lang, say, t } from "../../language.ts";
import { deviceRows, figureCell, figureHours, figureKey, heard, isNow, link, liveCell, minute, zone } from "../../live/state.ts";
import { figureText, shownAs } from "../../trend/words.ts";
import { Badge, MaintenanceMark } from "../../widgets/badge.tsx";
import { scaleOf, usualAt } from "../../widgets/figures.ts";
import { Mark, StaleRing } from "../../widgets/mark.tsx";
import { Sparkline } from "../../widgets/sparkline.tsx";
import { ValueRow } from "../../widgets/value-row.tsx";
import { countsByService } from "../alarms/present-counts.ts";
import { figureWords } from "./figure-words.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;
const none: readonly DeviceRow[] = [];

/** Sorted once for all tiles, when the fleet changes. */
const rowsOf = computed(() => {
  const sorted = new Map<string, DeviceRow[]>();
  for (const row of deviceRows.value) {
    const own = sorted.get(row.service);
    if (own) own.push(row);
    else sorted.set(row.service, [row]);
  }
  return sorted;
});

interface FigureProps {
  readonly service: Service;
  readonly rows: readonly DeviceRow[];
  readonly figure: Figure;
}

function FigureRow({ service, figure, rows }: FigureProps) {
  const at = figureCell(service.id, figure.id);
  const value = Number.isFinite(at) ? liveCell(at).value : Number.NaN;
  const { text, unit } = figureWords(figure, value);
  const now = minute.value;
  // Hours of day come from a calendar and cost more than all the rest of the row.
  const usual = useMemo(() => usualAt(figure, now, zone.value, rows), [figure, now, zone.value, rows]);
  const scale = useMemo(() => scaleOf(figure, rows), [figure, rows]);
  return (
    <ValueRow
      label={say(figure.label)}
      text={text}
      unit={unit}
      none={t("값 없음", "no value")}
      value={value}
      scale={scale}
      usual={usual}
      stale={!isNow.value}
    />
  );
}

/** Of the figure's scale: so much is the least that a trend shows as a movement. */
const leastShare = 0.02;

const Trend = memo(function Trend({ service, figure, rows }: FigureProps) {
  const hour = figureHours.value[figureKey(service.id, figure.id)] ?? { t: [], v: [] };
  // At high rates the minutes come in bundles, and the picture ends where they end.
  const now = link.value.state === "live" ? (hour.t.at(-1) ?? minute.value) : minute.value;
  const present = useMemo(() => usualAt(figure, now, zone.value, rows), [figure, now, zone.value, rows]);
  const scale = useMemo(() => scaleOf(figure, rows), [figure, rows]);
  const { factor, precision } = shownAs(figure);
  const edge = (value: number) => figureText(Math.max(0, value) * factor, precision);
  const last = hour.v.at(-1);
  const range = Number.isFinite(present.high) ? `${edge(present.low)}–${edge(present.high)}` : t("없음", "none");
  void lang.value;
  return (
    <div class="tile-trend">
      <p>
        <span>{say(figure.label)}</span>
        <span>{t("60분", "60 min")}</span>
      </p>
      <Sparkline
        t={hour.t}
        v={hour.v}
        from={now - hourMs}
        to={now + minuteMs}
        usual={(at) => usualAt(figure, at, zone.value, rows)}
        least={leastShare * (scale.high - scale.low)}
        stale={!isNow.value}
      />
      <p title={t("지금 시각의 설계 범위 · 지금 값", "Design range at this hour · value now")}>
        <span>{t(`설계 범위 ${range}`, `Design ${range}`)}</span>
        <b class="tile-last">{typeof last === "number" ? figureWords(figure, last).text : "—"}</b>
      </p>
    </div>
  );
});

function Fresh({ rows, service }: { readonly service: Service; readonly rows: readonly DeviceRow[] }) {
  const count = heard.value.get(service.id);
  if (!count || (kiosk && service.sensitive))
    return (
      <span class="tile-fresh" title={t("기기는 돌봄 담당만 봅니다", "Only the care desk sees devices")}>
        {service.sensitive ? t("구역 집계만", "District figures only") : t("기기 없음", "No devices")}
      </span>
    );
  const field = rows.filter((row) => row.timeline === "field").length;
  const fresh = count.all - count.silent;
  return (
    <span class="tile-fresh" title={t("제때 들어오는 기기 / 모든 기기", "Fresh devices / all devices")}>
      {field > 0 ? <em class="field-badge">{t(`현장 ${field}`, `${field} field`)}</em> : null}
      {count.silent === 0 ? <i class="fresh-square" aria-hidden="true" /> : <StaleRing />}
      <span class={count.silent === 0 ? "" : "is-short"}>
        <b>{fresh.toLocaleString("en-US")}</b>
        <span class="is-all">/{count.all.toLocaleString("en-US")}</span>
      </span>
    </span>
  );
}

/** Its alarms by priority, and its sensors in trouble; only what there is. */
function TileAlarms({ service }: { readonly service: string }) {
  const counts = countsByService.value.get(service);
  if (counts === undefined) return null;
  return (
    <span class="tile-alarms">
      {priorities.map((rank) => {
        const { all, unacknowledged, calling } = counts.by[rank];
        if (all === 0) return null;
        const words = t(`우선순위 ${rank} ${all}건, 미확인 ${unacknowledged}`, `Priority ${rank}: ${all}, ${unacknowledged} unacknowledged`);
        return (
          <span key={rank} title={words}>
            <Badge rank={rank} look={calling > 0 ? "unacknowledged" : "filled"} size={16} label={words} flashes={calling > 0} /> {all}
          </span>
        );
      })}
      {counts.maintenance > 0 ? (
        <span class="is-aside" title={t(`정비 경보 ${counts.maintenance}건`, `${counts.maintenance} maintenance alarms`)}>
          <MaintenanceMark look="filled" size={15} label={t("정비 경보", "Maintenance alarms")} /> {counts.maintenance}
        </span>
      ) : null}
    </span>
  );
}

function populationOf(service: Service, rows: readonly DeviceRow[]): string {
  return Object.entries(service.kinds)
    .map(([kind, { label }]) => ({ label: say(label), count: rows.filter((row) => row.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => `${label} ${count.toLocaleString("en-US")}`)
    .join(" · ");
}

/** One service: what it is, three figures in their usual range, the last hour of one of them, how much of it is heard. */
export function ServiceTile({ service }: { readonly service: Service }) {
  const rows = rowsOf.value.get(service.id) ?? none;
  const trend = service.panel.figures.find((figure) => figure.id === service.panel.trend);
  const population = useMemo(() => populationOf(service, rows), [service, rows, lang.value]);
  return (
    <section class="tile" aria-label={say(service.title)}>
      <header>
        <a href={`#/service/${service.id}`}>
          <Mark service={service} />
          <h2>{say(service.title)}</h2>
        </a>
        <span class="tile-population">{kiosk && service.sensitive ? "" : population}</span>
        <TileAlarms service={service.id} />
        <Fresh service={service} rows={rows} />
      </header>
      <div class="tile-rows">
        {service.panel.figures.slice(0, 3).map((figure) => (
          <FigureRow key={figure.id} service={service} rows={rows} figure={figure} />
        ))}
      </div>
      {trend ? <Trend service={service} rows={rows} figure={trend} /> : null}
    </section>
  );
}
