import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ChronicleLine, DeviceRow } from "../../../shared/city-port.ts";
import type { NumberMetric, Text } from "../../../shared/service.ts";
import { type FollowedSeries, followSeries } from "./follow-series.ts";
import "./trend.css";
import { connection, epoch, lang, plan, say, watch } from "../live/room.ts";
import { openGap } from "./gaps.ts";
import type { Limit } from "./limits.ts";
import type { PlotPicture, PlotWords } from "./plot-picture.ts";
import type { TrendColumns } from "./trend-buffer.ts";
import { TrendPlot } from "./trend-plot.tsx";
import { durationText, figureText, shownAs, unitText } from "./words.ts";

export interface TrendChartProps {
  readonly row: DeviceRow;
  readonly metric: string;
  readonly contract: NumberMetric;
  readonly limits: readonly Limit[];
  readonly events: readonly ChronicleLine[];
  readonly eventText: (line: ChronicleLine) => string;
  readonly rangeMs: number;
  /** Time of the device's own timeline. */
  readonly now: () => number;
  readonly lanes?: boolean;
}

const texts = {
  now: { ko: "지금", en: "now" },
  quality: { ko: "품질", en: "quality" },
  events: { ko: "사건", en: "events" },
  loading: { ko: "기록을 불러오는 중", en: "Loading history" },
  empty: { ko: "이 시간대에 받은 값이 없습니다.", en: "No reading in this time." },
  conflated: { ko: "빠른 시간: 화면에 일부만 그림", en: "Fast time: not every point is drawn" },
  failed: { ko: "기록을 읽지 못했습니다.", en: "History could not be read." },
} satisfies Record<string, Text>;

export const qualityTexts: Readonly<Record<string, Text>> = {
  good: { ko: "정상", en: "good" },
  est: { ko: "추정", en: "estimated" },
  bad: { ko: "불량", en: "bad" },
  sat: { ko: "포화", en: "saturated" },
  stale: { ko: "지연", en: "stale" },
  man: { ko: "수동", en: "manual" },
};

/** The clock of the city in words, to the second. */
export function clockText(t: number, zone: string, seconds = true): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
    hourCycle: "h23",
  }).format(t);
}

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

/** Looks once per animation frame whether anything would look different, and only then draws. */
function useFrames(series: FollowedSeries | undefined, now: () => number, rangeMs: number): number {
  const [frame, setFrame] = useState(0);
  useEffect(() => {
    let drawn = { version: -1, state: "", now: 0 };
    let next = 0;
    const look = () => {
      next = requestAnimationFrame(look);
      const here = { version: series?.buffer.version() ?? -1, state: JSON.stringify(series?.state()), now: now() };
      const moved = Math.abs(here.now - drawn.now) > rangeMs / 1600;
      if (!moved && here.version === drawn.version && here.state === drawn.state) return;
      drawn = here;
      setFrame((count) => count + 1);
    };
    look();
    return () => cancelAnimationFrame(next);
  }, [series, rangeMs]);
  return frame;
}

function wordsOf(props: TrendChartProps, precision: number, zone: string): PlotWords {
  const unit = say(unitText(props.contract.unit));
  return {
    gap: (ms) => say(durationText(ms)),
    event: props.eventText,
    limit: (limit) => `${say(limit.label)} ${figureText(limit.value, 2)} ${unit}`,
    now: say(texts.now),
    quality: say(texts.quality),
    events: say(texts.events),
    usual: (band) => `${figureText(band.low, precision)}–${figureText(band.high, precision)}`,
    last: (value, age) => [
      lang.value === "ko" ? `마지막 값 ${figureText(value, precision)}` : `last value ${figureText(value, precision)}`,
      lang.value === "ko"
        ? `${say(durationText(age))} 전 · ${clockText(props.now() - age, zone, false)}`
        : `${say(durationText(age))} ago · ${clockText(props.now() - age, zone, false)}`,
    ],
  };
}

/** The live trend of one number of one device: history and live tail as one line. */
export function TrendChart(props: TrendChartProps) {
  const { row, contract, rangeMs, now } = props;
  const series = useSeries(props);
  const frame = useFrames(series, now, rangeMs);
  const zone = plan.value?.zone ?? "UTC";
  const { factor, precision } = shownAs(contract);
  const words = useMemo(() => wordsOf(props, precision, zone), [props.metric, lang.value, zone, props.eventText]);
  const picture = useMemo<PlotPicture | undefined>(() => {
    if (series === undefined) return undefined;
    const at = now();
    return {
      from: at - rangeMs,
      to: at + rangeMs * 0.015,
      now: at,
      zone,
      columns: scaled(series.buffer.columns, factor),
      gaps: series.buffer.gaps(),
      silence: openGap(series.buffer.last(), at, row.stale * 1000),
      limits: props.limits,
      band: [],
      events: props.events,
      reachMs: row.every * 1000,
      unit: say(unitText(contract.unit)),
      precision,
      range: [contract.min * factor, contract.max * factor],
      lanes: props.lanes ?? true,
    };
  }, [series, frame, props.events, props.limits, zone]);
  if (picture === undefined || series === undefined) return <p class="trend-note">{say(texts.loading)}</p>;
  const state = series.state();
  const last = picture.columns.mean.at(-1);
  const name = `${say(contract.label)}, ${say(row.name)}`;
  return (
    <div class="trend-chart">
      <TrendPlot
        picture={picture}
        words={words}
        label={last === undefined ? name : `${name}: ${figureText(last, precision)} ${picture.unit}`}
        tell={(t, value, q) =>
          `${clockText(t, zone)}  ${figureText(value, precision)} ${picture.unit}${q === undefined || q === "good" ? "" : ` · ${say(qualityTexts[q] ?? { ko: q, en: q })}`}`
        }
      />
      {state === "loading" && last === undefined && <p class="trend-note">{say(texts.loading)}</p>}
      {state === "ready" && last === undefined && <p class="trend-note">{say(texts.empty)}</p>}
      {typeof state === "object" && (
        <p class="trend-note" role="alert">
          {say(texts.failed)} <code>{state.reason}</code>
        </p>
      )}
      {series.skipped() > 0 && <p class="trend-aside">{say(texts.conflated)}</p>}
    </div>
  );
}
