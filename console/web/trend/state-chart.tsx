import { useEffect, useState } from "preact/hooks";
import type { DeviceRow, Span } from "../../../shared/city-port.ts";
import type { FlagMetric, StateMetric } from "../../../shared/service.ts";
import "./trend.css";
import { connection, epoch, fetchJson, plan, say, watch } from "../live/room.ts";
import { openGap } from "./gaps.ts";
import { SpanPlot } from "./span-plot.tsx";
import { clockText } from "./trend-chart.tsx";
import { durationText } from "./words.ts";

/** Lane rows of a flag or state: each value with its word. */
export function rowsOf(contract: FlagMetric | StateMetric): readonly { readonly value: string | boolean; readonly word: string }[] {
  if (contract.kind === "flag")
    return [
      { value: true, word: say(contract.on) },
      { value: false, word: say(contract.off) },
    ];
  return contract.words.map((word) => ({ value: word, word: say(contract.texts[word] ?? { ko: word, en: word }) }));
}

/** What a live point says: the code is 0 or 1 for flags, the index of the word for states. */
const meaning = (contract: FlagMetric | StateMetric, code: number): string | boolean | undefined =>
  contract.kind === "flag" ? code === 1 : contract.words[code];

/** Adds one live value at the end: the open span grows, another value opens a new one; what is late waits for the next load. */
export function grown(spans: readonly Span[], t: number, value: string | boolean, staleMs: number): readonly Span[] {
  const last = spans.at(-1);
  if (last === undefined) return [{ from: t, to: t, value }];
  if (t < last.to) return spans;
  const joined = t - last.to <= staleMs;
  const before = joined ? [...spans.slice(0, -1), { ...last, to: t }] : spans;
  return last.value === value && joined ? before : [...before, { from: t, to: t, value }];
}

export interface StateChartProps {
  readonly row: DeviceRow;
  readonly metric: string;
  readonly contract: FlagMetric | StateMetric;
  readonly rangeMs: number;
  readonly now: number;
}

/** States and flags over time, loaded once and grown by live points. */
export function StateChart({ row, metric, contract, rangeMs, now }: StateChartProps) {
  const [spans, setSpans] = useState<readonly Span[]>([]);
  const run = epoch.value;
  const link = connection.value;
  useEffect(() => {
    let open = true;
    const from = Math.round(now - rangeMs);
    void fetchJson<{ spans: readonly Span[] }>(`/api/v1/devices/${row.id}/spans?metric=${metric}&from=${from}`).then((answer) => {
      if (open && answer.ok) setSpans(answer.value.spans);
    });
    const stop = watch(
      { device: row.id, metric, from: Math.round(now), points: 10 },
      {
        started: () => undefined,
        points(points) {
          setSpans((held) =>
            points.reduce((list, { t, v }) => {
              const value = v === null ? undefined : meaning(contract, v);
              return value === undefined ? list : grown(list, t, value, row.stale * 1000);
            }, held),
          );
        },
      },
    );
    return () => {
      open = false;
      stop();
    };
  }, [row.id, metric, rangeMs, run, link]);
  const zone = plan.value?.zone ?? "UTC";
  const last = spans.at(-1);
  const silence = openGap(last?.to, now, row.stale * 1000);
  // A value holds until the next one or until silence: the open span is drawn to now.
  const drawn = last === undefined || silence !== undefined ? spans : [...spans.slice(0, -1), { ...last, to: Math.max(last.to, now) }];
  const rows = rowsOf(contract);
  const word = (value: string | boolean) => rows.find((candidate) => candidate.value === value)?.word ?? String(value);
  return (
    <SpanPlot
      spans={drawn}
      rows={rows}
      from={now - rangeMs}
      to={now + rangeMs * 0.015}
      now={now}
      zone={zone}
      silence={silence}
      label={`${say(contract.label)}: ${last === undefined ? "—" : word(last.value)}`}
      tell={(span) => `${word(span.value)} · ${clockText(span.from, zone)} · ${say(durationText(span.to - span.from))}`}
    />
  );
}
