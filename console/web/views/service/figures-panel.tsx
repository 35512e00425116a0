import { useMemo } from "preact/hooks";
import type { DeviceRow, FigureSeries } from "../../../../shared/city-port.ts";
import type { Figure, Service } from "../../../../shared/service.ts";
import { beat, cell, connection, deviceRows, epoch, fetchJson, figureCell, lang, link, now, plan, say } from "../../live/room.ts";
import { clock } from "../../live/state.ts";
import { openGap } from "../../trend/gaps.ts";
import type { BandPoint, PlotPicture, PlotWords } from "../../trend/plot-picture.ts";
import { TrendPlot } from "../../trend/trend-plot.tsx";
import { trendTexts } from "../../trend/trend-words.ts";
import { usePace } from "../../trend/use-pace.ts";
import { usualAt, usualBand } from "../../trend/usual.ts";
import { dayClockText, durationText, figureText, unitText } from "../../trend/words.ts";
import { columnsOf, type FigureColumn, holesOf, useFigureDay } from "./figure-day.ts";
import "./figures.css";

const day = 86_400_000;
const minute = 60_000;
const now24 = () => now.peek();
/** Up to where minutes are complete: in fast time the hand is ahead of them. */
const markNow = () => Math.min(now.peek(), clock.peek()?.mark ?? Number.POSITIVE_INFINITY);

const wordsOf = (): PlotWords => ({
  gap: (ms) => say(durationText(ms)),
  event: () => "",
  limit: () => "",
  now: say(trendTexts.now),
  quality: "",
  events: "",
  usual: () => ["", ""],
  present: () => "",
  last: () => ["", ""],
});

interface BarProps {
  readonly value: number;
  readonly scale: readonly [number, number];
  readonly usual: BandPoint;
}
/** Where the value stands between the ends of the figure's scale, over its usual range. */
function FigureBar({ value, scale, usual }: BarProps) {
  const share = (at: number) => Math.max(0, Math.min(1, (at - scale[0]) / (scale[1] - scale[0] || 1))) * 100;
  return (
    <div class="s-figure-bar" aria-hidden="true">
      <u style={{ left: `${share(usual.low)}%`, right: `${100 - share(usual.high)}%` }} />
      {Number.isFinite(value) && <i style={{ left: `${share(value)}%` }} />}
    </div>
  );
}

interface FigureCardProps {
  readonly figure: Figure;
  readonly service: Service;
  readonly day: FigureColumn | undefined;
  readonly rows: readonly DeviceRow[];
}

function FigureCard({ figure, service, day: column, rows }: FigureCardProps) {
  void beat.value;
  const live = cell(figureCell(service.id, figure.id));
  const time = usePace(now24, minute, 2000);
  const zone = plan.value?.zone ?? "UTC";
  const devices = rows.filter((row) => row.kind === figure.kind).length;
  // Homes are hidden from most roles, so their number is not known here: then a per-device band cannot be drawn.
  const hasBand = figure.perDevice !== true || devices > 0;
  const unit = say(unitText(figure.unit));
  const usual = hasBand ? usualAt(figure, time, zone, devices) : undefined;
  const count = figure.perDevice === true ? devices : 1;
  const scale = [figure.scale[0] * count, figure.scale[1] * count] as const;
  const picture = useMemo<PlotPicture>(() => {
    const mark = markNow();
    const columns = columnsOf(column, live, Math.min(time, mark));
    const span = { from: time - day, to: time + day * 0.01 };
    return {
      ...span,
      now: time,
      zone,
      columns,
      // The tail since the last asking is not known minute by minute yet: no hole.
      gaps: holesOf(column?.t ?? []),
      silence: openGap(columns.t.at(-1), mark, 3 * minute),
      newest: columns.mean.at(-1),
      limits: [],
      band: hasBand ? usualBand(figure, { ...span, zone, devices }) : [],
      events: [],
      reachMs: minute,
      unit,
      precision: figure.precision,
      range: [Math.min(0, scale[0]), Math.max(scale[1], Number.EPSILON)],
      lanes: false,
      gutter: false,
      hanging: [],
    };
  }, [column, time, zone, devices, figure, lang.value]);
  const words = useMemo(wordsOf, [lang.value]);
  const shown = Number.isFinite(live) ? figureText(live, figure.precision) : "—";
  return (
    <article class="s-figure">
      <div class="s-figure-head">
        <h3>{say(figure.label)}</h3>
        <p class={`s-figure-value${link.value.state === "live" ? "" : " is-stale"}`}>
          <b>{shown}</b>
          <small>{unit}</small>
        </p>
        {usual !== undefined && <FigureBar value={live} scale={scale} usual={usual} />}
        <p class="s-figure-usual">
          {usual === undefined
            ? say({ ko: "평소 범위는 집 수를 아는 사람에게만", en: "usual range: only for who may see the homes" })
            : `${say({ ko: "설계 프로필", en: "design profile" })} ${figureText(usual.low, figure.precision)}–${figureText(usual.high, figure.precision)}`}
        </p>
      </div>
      <div class="s-figure-plot">
        <TrendPlot
          picture={picture}
          words={words}
          label={`${say(figure.label)}: ${shown} ${unit}, 24 h`}
          tell={(t, value) => `${dayClockText(t, zone)}  ${figureText(value, figure.precision)} ${unit}`}
        />
      </div>
    </article>
  );
}

/** The service's three figures: now, against their usual range, and over 24 hours. */
export function FiguresPanel({ service }: { readonly service: Service }) {
  const { columns, reason } = useFigureDay({
    service: service.id,
    rangeMs: day,
    now: now24,
    turn: `${epoch.value} ${connection.value}`,
    ask: (path) => fetchJson<{ figures: readonly FigureSeries[] }>(path),
  });
  const rows = deviceRows.value.filter((row) => row.service === service.id);
  return (
    <section class="s-panel s-figures" aria-labelledby="s-figures">
      <header class="s-head">
        <h2 id="s-figures">{say({ ko: "지표", en: "Figures" })}</h2>
        <span>{say({ ko: "지금 값 · 띠 = 설계 프로필 · 24시간", en: "now · band = design profile · 24 h" })}</span>
      </header>
      {reason !== undefined && (
        <p class="s-note" role="alert">
          {say(trendTexts.failed)} <code>{reason}</code>
        </p>
      )}
      {service.panel.figures.map((figure) => (
        <FigureCard key={figure.id} figure={figure} service={service} day={columns.get(figure.id)} rows={rows} />
      ))}
    </section>
  );
}
