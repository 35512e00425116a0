import { useEffect, useState } from "preact/hooks";
import type { ChronicleLine, DeviceRow, Span } from "../../../shared/city-port.ts";
import type { FlagMetric, StateMetric } from "../../../shared/service.ts";
import { beat, epoch, lang, plan, say } from "../live/room.ts";
import { openGap } from "./gaps.ts";
import { SpanPlot } from "./span-plot.tsx";
import { grown, meaning } from "./spans.ts";
import { trendTexts } from "./trend-words.ts";
import { useAnswer } from "./use-answer.ts";
import { clockText, dayClockText, durationText } from "./words.ts";
import "./trend.css";

/** Lane rows of a flag or state: each value with its word. */
function rowsOf(contract: FlagMetric | StateMetric): readonly { readonly value: string | boolean; readonly word: string }[] {
  if (contract.kind === "flag")
    return [
      { value: true, word: say(contract.on) },
      { value: false, word: say(contract.off) },
    ];
  return contract.words.map((word) => ({ value: word, word: say(contract.texts[word] ?? { ko: word, en: word }) }));
}

export interface StateChartProps {
  readonly row: DeviceRow;
  readonly metric: string;
  readonly contract: FlagMetric | StateMetric;
  readonly rangeMs: number;
  /** Time of the device's own timeline. */
  readonly now: () => number;
  /** Up to where its silence can be told. */
  readonly heard: () => number;
  /** The newest reading in the live feed: its time and the code of the value; NaN = never seen. */
  readonly live: () => { readonly t: number; readonly code: number };
  readonly events: readonly ChronicleLine[];
  readonly eventText: (line: ChronicleLine) => string;
  /** Hands out what is drawn, for the export. */
  readonly onSpans?: (spans: readonly Span[]) => void;
}

const hour = 3_600_000;
/** The store is asked again this often, so that what came late or between two looks finds its place. */
const askMs = 20_000;

/** What the store knows, and since then what the live feed has said. */
function useSpans({ row, metric, contract, rangeMs, now, live }: StateChartProps): {
  readonly spans: readonly Span[] | undefined;
  readonly reason: string | undefined;
} {
  const [from, setFrom] = useState(() => Math.round(now() - rangeMs));
  useEffect(() => setFrom(Math.round(now() - rangeMs)), [row.id, metric, rangeMs, epoch.value]);
  const { value, reason } = useAnswer<{ spans: readonly Span[] }>(`/api/v1/devices/${row.id}/spans?metric=${metric}&from=${from}`, askMs);
  const [held, setHeld] = useState<readonly Span[] | undefined>(undefined);
  useEffect(() => setHeld(value?.spans), [value]);
  const { t, code } = live();
  const last = held?.at(-1);
  useEffect(() => {
    const said = Number.isFinite(code) ? meaning(contract, code) : undefined;
    if (held === undefined || said === undefined || (last !== undefined && t <= last.to)) return;
    setHeld(grown(held, t, said, row.stale * 1000));
  }, [t, code, held]);
  return { spans: held, reason };
}

/** States and flags over time: a bar per span in the lane of its value, and how long each held. */
export function StateChart(props: StateChartProps) {
  const { row, contract, rangeMs } = props;
  void beat.value;
  const { spans = [], reason } = useSpans(props);
  useEffect(() => props.onSpans?.(spans), [spans]);
  const now = props.now();
  const zone = plan.value?.zone ?? "UTC";
  const last = spans.at(-1);
  const { t } = props.live();
  const silence = openGap(Number.isFinite(t) ? t : undefined, props.heard(), row.stale * 1000);
  // A value holds until the next one or until silence: the open span is drawn to now, or to the last reading.
  const drawn =
    last === undefined
      ? spans
      : [...spans.slice(0, -1), { ...last, to: silence === undefined ? Math.max(last.to, now) : Math.max(last.from, silence.from) }];
  const rows = rowsOf(contract);
  const word = (value: string | boolean) => rows.find((candidate) => candidate.value === value)?.word ?? String(value);
  const told = (at: number) => (rangeMs > 12 * hour ? dayClockText(at, zone) : clockText(at, zone));
  if (reason !== undefined && spans.length === 0)
    return (
      <p class="s-note" role="alert">
        {say(trendTexts.failed)} <code>{reason}</code>
      </p>
    );
  return (
    <SpanPlot
      spans={drawn}
      rows={rows}
      from={now - rangeMs}
      to={now + rangeMs * 0.015}
      now={now}
      zone={zone}
      stale={row.stale * 1000}
      silence={silence}
      events={props.events.map((line) => ({ t: line.t, text: props.eventText(line) }))}
      words={{
        now: say(trendTexts.now),
        events: say(trendTexts.events),
        gap: (ms) => (lang.value === "ko" ? `${say(durationText(ms))} 비어 있음` : `${say(durationText(ms))} gap`),
        share: (ms, whole) => `${whole === 0 ? 0 : Math.round((ms / whole) * 100)} %`,
        long: (ms) => say(durationText(ms)),
      }}
      label={`${say(contract.label)}: ${last === undefined ? "—" : word(last.value)}`}
      tell={(span) => `${word(span.value)} · ${told(span.from)} · ${say(durationText(span.to - span.from))}`}
    />
  );
}
