import { useMemo } from "preact/hooks";
import type { FigureSeries } from "../../../../shared/city-port.ts";
import type { Figure, Service } from "../../../../shared/service.ts";
import { beat, cell, deviceRows, figureCell, lang, now, plan, say } from "../../live/room.ts";
import { openGap } from "../../trend/gaps.ts";
import type { PlotPicture, PlotWords } from "../../trend/plot-picture.ts";
import type { TrendColumns } from "../../trend/trend-buffer.ts";
import { clockText } from "../../trend/trend-chart.tsx";
import { TrendPlot } from "../../trend/trend-plot.tsx";
import { useAnswer } from "../../trend/use-answer.ts";
import { usualAt, usualBand } from "../../trend/usual.ts";
import { durationText, figureText, unitText } from "../../trend/words.ts";

const day = 86_400_000;
const minute = 60_000;

/** Minutes without a fresh device are no points: the line breaks there. */
function columnsOf(series: FigureSeries | undefined, live: number, time: number): TrendColumns {
  const t: number[] = [];
  const mean: number[] = [];
  series?.t.forEach((at, index) => {
    const value = series.v[index];
    if (value === null || value === undefined) return;
    t.push(at);
    mean.push(value);
  });
  if (Number.isFinite(live) && time > (t.at(-1) ?? 0)) {
    t.push(time);
    mean.push(live);
  }
  return { t, mean, min: mean, max: mean, width: t.map(() => 0), q: t.map(() => undefined) };
}

const holes = (t: readonly number[]) => t.slice(1).flatMap((to, at) => (to - (t[at] ?? to) > 3 * minute ? [{ from: t[at] ?? to, to }] : []));

interface FigureCardProps {
  readonly figure: Figure;
  readonly service: Service;
  readonly series: FigureSeries | undefined;
}

function FigureCard({ figure, service, series }: FigureCardProps) {
  void beat.value;
  const live = cell(figureCell(service.id, figure.id));
  const time = Math.floor(now.value / minute) * minute;
  const zone = plan.value?.zone ?? "UTC";
  const devices = deviceRows.value.filter((row) => row.service === service.id && row.kind === figure.kind).length;
  // Homes are hidden from most roles, so their number is not known here: then a per-device band cannot be drawn.
  const hasBand = figure.perDevice !== true || devices > 0;
  const unit = say(unitText(figure.unit));
  const usual = hasBand ? usualAt(figure, time, zone, devices) : undefined;
  const scale = figure.perDevice === true ? devices : 1;
  const picture = useMemo<PlotPicture>(() => {
    const columns = columnsOf(series, Number.isFinite(live) ? live : Number.NaN, time);
    const top = figure.scale[1] * scale;
    return {
      from: time - day,
      to: time + day * 0.01,
      now: time,
      zone,
      columns,
      gaps: holes(columns.t),
      silence: openGap(columns.t.at(-1), time, 3 * minute),
      limits: [],
      band: hasBand ? usualBand(figure, { from: time - day, to: time + day * 0.01, zone, devices }) : [],
      events: [],
      reachMs: minute,
      unit,
      precision: figure.precision,
      range: [Math.min(0, figure.scale[0] * scale), Math.max(top, Number.EPSILON)],
      lanes: false,
    };
  }, [series, time, zone, devices, figure, lang.value]);
  const words = useMemo<PlotWords>(
    () => ({
      gap: (ms) => say(durationText(ms)),
      event: () => "",
      limit: () => "",
      now: say({ ko: "지금", en: "now" }),
      quality: "",
      events: "",
      usual: () => "",
      last: () => ["", ""],
    }),
    [lang.value],
  );
  const place = (value: number) =>
    `${Math.max(0, Math.min(1, (value - figure.scale[0] * scale) / ((figure.scale[1] - figure.scale[0]) * scale || 1))) * 100}%`;
  const shown = Number.isFinite(live) ? figureText(live, figure.precision) : "—";
  return (
    <article class="s-figure">
      <div class="s-figure-head">
        <h3>{say(figure.label)}</h3>
        <p class="s-figure-value">
          <b>{shown}</b> <small>{unit}</small>
        </p>
        {hasBand && (
          <div class="s-figure-bar" aria-hidden="true">
            {usual !== undefined && <u style={{ left: place(usual.low), right: `calc(100% - ${place(usual.high)})` }} />}
            {Number.isFinite(live) && <i style={{ left: place(live) }} />}
          </div>
        )}
        <p class="s-figure-usual">
          {usual === undefined
            ? say({ ko: "평소 범위는 기기 수를 아는 사람에게만", en: "usual range: only for who may see the homes" })
            : `${say({ ko: "평소", en: "usual" })} ${figureText(usual.low, figure.precision)}–${figureText(usual.high, figure.precision)}`}
        </p>
      </div>
      <div class="s-figure-plot">
        <TrendPlot
          picture={picture}
          words={words}
          label={`${say(figure.label)}: ${shown} ${unit}, 24 h`}
          tell={(t, value) => `${clockText(t, zone, false)}  ${figureText(value, figure.precision)} ${unit}`}
        />
      </div>
    </article>
  );
}

/** The service's three figures: now, against their usual range, and over 24 hours. */
export function FiguresPanel({ service }: { readonly service: Service }) {
  const hour = Math.floor(now.value / 3_600_000);
  const from = useMemo(() => Math.round(now.peek() - day), [service.id, hour]);
  const { value } = useAnswer<{ figures: readonly FigureSeries[] }>(`/api/v1/figures?service=${service.id}&from=${from}`, 15_000);
  return (
    <section class="s-panel s-figures" aria-labelledby="s-figures">
      <header class="s-head">
        <h2 id="s-figures">{say({ ko: "지표", en: "Figures" })}</h2>
        <span>{say({ ko: "지금 값 · 평소 범위 · 24시간", en: "now · usual range · 24 h" })}</span>
      </header>
      {service.panel.figures.map((figure) => (
        <FigureCard key={figure.id} figure={figure} service={service} series={value?.figures.find((series) => series.id === figure.id)} />
      ))}
    </section>
  );
}
