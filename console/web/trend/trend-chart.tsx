import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ChronicleLine, DeviceRow } from "../../../shared/city-port.ts";
import type { Figure, NumberMetric } from "../../../shared/service.ts";
import { connection, epoch, lang, plan, say, watch } from "../live/room.ts";
import { clock } from "../live/state.ts";
import { type FollowedSeries, followSeries } from "./follow-series.ts";
import { gapsSince, openGap } from "./gaps.ts";
import type { Limit } from "./limits.ts";
import { type Ahead, aheadEnd, type Hanging, type PlotPicture } from "./plot-picture.ts";
import type { TrendColumns } from "./trend-buffer.ts";
import { TrendPlot } from "./trend-plot.tsx";
import { qualityTexts, skippedText, trendTexts, trendWords } from "./trend-words.ts";
import "./trend.css";
import { deviceBand } from "./usual.ts";
import { clockText, dayClockText, figureText, shownAs, unitText } from "./words.ts";

export interface TrendChartProps {
  readonly row: DeviceRow;
  readonly metric: string;
  readonly contract: NumberMetric;
  readonly limits: readonly Limit[];
  /** Whose usual range lies under the line; undefined = there is none for a single device. */
  readonly usual?: Figure | undefined;
  readonly events: readonly ChronicleLine[];
  readonly eventText: (line: ChronicleLine) => string;
  readonly rangeMs: number;
  /** Time of the device's own timeline. */
  readonly now: () => number;
  /** Up to where its silence can be told. */
  readonly heard: () => number;
  /** The newest reading in the live feed: its time and its value; NaN = never seen. */
  readonly live: () => { readonly t: number; readonly code: number };
  readonly lanes?: boolean;
  /** Words right of the plot, where it is wide enough. */
  readonly gutter?: boolean;
  readonly hanging?: readonly Hanging[];
  readonly ahead?: Ahead | undefined;
}

const nothing: readonly Hanging[] = [];
const hour = 3_600_000;
/** Seven drawings a second are as many as an eye follows on a trend; points come at most twenty times a second. */
const frameMs = 150;

/** Fractions are drawn in percent; everything else as it is. */
function scaled(columns: TrendColumns, factor: number): TrendColumns {
  if (factor === 1) return columns;
  const times = (column: readonly number[]) => column.map((value) => value * factor);
  return { ...columns, mean: times(columns.mean), min: times(columns.min), max: times(columns.max) };
}

/** Follows one series for as long as device, metric, range and run stay the same; a connection that comes back goes on. */
function useSeries({ row, metric, rangeMs, now }: TrendChartProps): FollowedSeries | undefined {
  const [series, setSeries] = useState<FollowedSeries | undefined>(undefined);
  const run = epoch.value;
  const link = connection.value;
  const known = useRef(link);
  useEffect(() => {
    const followed = followSeries({ watch }, { device: row.id, metric, rangeMs, staleMs: row.stale * 1000, now });
    known.current = connection.peek();
    setSeries(followed);
    return () => followed.stop();
  }, [row.id, metric, rangeMs, run]);
  useEffect(() => {
    if (known.current === link) return;
    known.current = link;
    series?.resume();
  }, [link, series]);
  return series;
}

/** Looks whether anything would look different, and only then draws. */
function useFrames(series: FollowedSeries | undefined, now: () => number, rangeMs: number): number {
  const [frame, setFrame] = useState(0);
  useEffect(() => {
    let drawn = { version: -1, state: "", now: 0 };
    const look = () => {
      series?.mend(performance.now());
      const state = series?.state();
      const here = { version: series?.buffer.version() ?? -1, state: typeof state === "object" ? state.reason : `${state}`, now: now() };
      const moved = Math.abs(here.now - drawn.now) > rangeMs / 1600;
      if (!moved && here.version === drawn.version && here.state === drawn.state) return;
      drawn = here;
      setFrame((count) => count + 1);
    };
    look();
    const timer = setInterval(look, frameMs);
    return () => clearInterval(timer);
  }, [series, rangeMs]);
  return frame;
}

/** When the last reading was: the last bucket may hold several, and the feed knows the newest of them. */
function lastHeard({ columns }: FollowedSeries["buffer"], seen: number): number | undefined {
  const last = columns.t.at(-1);
  if (last === undefined || !Number.isFinite(seen)) return last;
  return Math.max(last, Math.min(seen, last + (columns.width.at(-1) ?? 0)));
}

function pictureOf(props: TrendChartProps, series: FollowedSeries, zone: string): PlotPicture {
  const { row, contract, rangeMs } = props;
  const { factor, precision } = shownAs(contract);
  const now = props.now();
  const { t: seen, code } = props.live();
  const begin = row.timeline === "city" ? (clock.peek()?.start ?? 0) : 0;
  const [from, to] = [now - rangeMs, Math.max(now + rangeMs * 0.015, props.ahead === undefined ? 0 : aheadEnd(props.ahead))];
  return {
    from,
    to,
    now,
    zone,
    columns: scaled(series.buffer.columns, factor),
    gaps: gapsSince(series.buffer.gaps(), begin, row.stale * 1000),
    silence: openGap(lastHeard(series.buffer, seen), props.heard(), row.stale * 1000),
    newest: Number.isFinite(code) ? code * factor : undefined,
    limits: props.limits,
    band: deviceBand(props.usual, { from, to, zone }, factor),
    events: props.events,
    reachMs: row.every * 1000,
    unit: say(unitText(contract.unit)),
    precision,
    range: [contract.min * factor, contract.max * factor],
    lanes: props.lanes ?? true,
    gutter: props.gutter ?? true,
    hanging: props.hanging ?? nothing,
    ahead: props.ahead,
  };
}

/** The live trend of one number of one device: history and live tail as one line. */
export function TrendChart(props: TrendChartProps) {
  const { row, contract, rangeMs, now } = props;
  const series = useSeries(props);
  const frame = useFrames(series, now, rangeMs);
  const zone = plan.value?.zone ?? "UTC";
  const { precision } = shownAs(contract);
  const words = useMemo(
    () => trendWords({ contract, precision, zone, now, eventText: props.eventText }),
    [props.metric, lang.value, zone, props.eventText],
  );
  const picture = useMemo(
    () => (series === undefined ? undefined : pictureOf(props, series, zone)),
    [series, frame, props.events, props.limits, props.usual, props.hanging, props.ahead, zone],
  );
  if (picture === undefined || series === undefined) return <p class="trend-note">{say(trendTexts.loading)}</p>;
  const state = series.state();
  const last = picture.columns.mean.at(-1);
  const name = `${say(contract.label)}, ${say(row.name)}`;
  const told = (t: number) => (rangeMs > 12 * hour ? dayClockText(t, zone) : clockText(t, zone));
  return (
    <div class="trend-chart">
      <TrendPlot
        picture={picture}
        words={words}
        label={last === undefined ? name : `${name}: ${figureText(last, precision)} ${picture.unit}`}
        tell={(t, value, q) =>
          `${told(t)}  ${figureText(value, precision)} ${picture.unit}${q === undefined || q === "good" ? "" : ` · ${say(qualityTexts[q] ?? { ko: q, en: q })}`}`
        }
      />
      {state === "loading" && last === undefined && <p class="trend-note">{say(trendTexts.loading)}</p>}
      {state === "ready" && last === undefined && <p class="trend-note">{say(trendTexts.empty)}</p>}
      {typeof state === "object" && (
        <p class="trend-note" role="alert">
          {say(trendTexts.failed)} <code>{state.reason}</code>
        </p>
      )}
      {series.skipped() > 0 && <p class="trend-aside">{skippedText(series.skipped())}</p>}
    </div>
  );
}
