import { memo } from "preact/compat";
import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Figure, Service } from "../../../../shared/service.ts";
import { say, t } from "../../language.ts";
import { beat, figureCell, figureHours, figureKey, isStale, link, liveCell, now, plan } from "../../live/state.ts";
import { figureText, shownAs, unitText } from "../../trend/words.ts";
import { scaleOf, usualAt } from "../../widgets/figures.ts";
import { Mark, StaleRing } from "../../widgets/mark.tsx";
import { Sparkline } from "../../widgets/sparkline.tsx";
import { ValueRow } from "../../widgets/value-row.tsx";

const hourMs = 3_600_000;
const minuteMs = 60_000;

interface TileProps {
  readonly service: Service;
  readonly rows: readonly DeviceRow[];
}

export function figureWords(figure: Figure, value: number): { readonly text: string; readonly unit: string } {
  const { factor, precision } = shownAs(figure);
  return { text: figureText(value * factor, precision), unit: figure.unit === "" ? "" : say(unitText(figure.unit)) };
}

function FigureRow({ service, figure, rows, minute }: TileProps & { readonly figure: Figure; readonly minute: number }) {
  const at = figureCell(service.id, figure.id);
  const value = Number.isFinite(at) ? liveCell(at).value : Number.NaN;
  const { text, unit } = figureWords(figure, value);
  const zone = plan.value?.zone ?? "UTC";
  return (
    <ValueRow
      label={say(figure.label)}
      text={text}
      unit={unit}
      none={t("값 없음", "no value")}
      value={value}
      scale={scaleOf(figure, rows)}
      usual={usualAt(figure, minute, zone, rows)}
      stale={link.value.state !== "live"}
    />
  );
}

const Trend = memo(function Trend({ service, figure, rows, minute }: TileProps & { readonly figure: Figure; readonly minute: number }) {
  const hour = figureHours.value[figureKey(service.id, figure.id)] ?? { t: [], v: [] };
  const zone = plan.value?.zone ?? "UTC";
  const present = usualAt(figure, minute, zone, rows);
  const { factor, precision } = shownAs(figure);
  const edge = (value: number) => figureText(Math.max(0, value) * factor, precision);
  const last = hour.v.at(-1);
  const unit = figureWords(figure, 0).unit;
  return (
    <div class="tile-trend">
      <p>
        <span>
          {say(figure.label)} {unit}
        </span>
        <span>{t("60분", "60 min")}</span>
      </p>
      <Sparkline
        t={hour.t}
        v={hour.v}
        from={minute - hourMs}
        to={minute + minuteMs}
        usual={(at) => usualAt(figure, at, zone, rows)}
        stale={link.value.state !== "live"}
      />
      <p>
        <span>
          {Number.isFinite(present.high)
            ? t(`설계 범위 ${edge(present.low)}–${edge(present.high)}`, `Design range ${edge(present.low)}–${edge(present.high)}`)
            : t("설계 범위 없음", "No design range")}
        </span>
        <b>{typeof last === "number" ? figureWords(figure, last).text : "—"}</b>
      </p>
    </div>
  );
});

function Fresh({ rows, service }: TileProps) {
  void beat.value;
  if (rows.length === 0)
    return (
      <span class="tile-fresh" title={t("기기는 돌봄 담당만 봅니다", "Only the care desk sees devices")}>
        {service.sensitive ? t("구역 집계만", "Figures only") : t("기기 없음", "No devices")}
      </span>
    );
  const fresh = rows.reduce((count, row) => (isStale(row) ? count : count + 1), 0);
  const field = rows.filter((row) => row.timeline === "field").length;
  return (
    <span class="tile-fresh" title={t("제때 들어오는 기기 / 모든 기기", "Fresh devices / all devices")}>
      {field > 0 ? <em class="field-badge">{t(`현장 ${field}`, `${field} field`)}</em> : null}
      {fresh === rows.length ? <i class="fresh-square" aria-hidden="true" /> : <StaleRing />}
      <b>{fresh.toLocaleString("en-US")}</b>/{rows.length.toLocaleString("en-US")}
    </span>
  );
}

/** One service: what it is, three figures in their usual range, the last hour of one of them, how much of it is heard. */
export function ServiceTile({ service, rows }: TileProps) {
  const minute = Math.floor(now.value / minuteMs) * minuteMs;
  const trend = service.panel.figures.find((figure) => figure.id === service.panel.trend);
  const population = Object.entries(service.kinds)
    .map(([kind, { label }]) => ({ label: say(label), count: rows.filter((row) => row.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => `${label} ${count.toLocaleString("en-US")}`)
    .join(" · ");
  return (
    <section class="tile" aria-label={say(service.title)}>
      <header>
        <a href={`#/service/${service.id}`}>
          <Mark service={service} />
          <h2>{say(service.title)}</h2>
        </a>
        <span class="tile-population">{population}</span>
        <Fresh service={service} rows={rows} />
      </header>
      <div class="tile-rows">
        {service.panel.figures.slice(0, 3).map((figure) => (
          <FigureRow key={figure.id} service={service} rows={rows} figure={figure} minute={minute} />
        ))}
      </div>
      {trend ? <Trend service={service} rows={rows} figure={trend} minute={minute} /> : null}
    </section>
  );
}
