import type { Span } from "../../../shared/city-port.ts";
import { timeTicks } from "./axis.ts";
import type { Gap } from "./gaps.ts";

export interface SpanPlotProps {
  readonly spans: readonly Span[];
  /** Rows of the lane from top to bottom: each value with its word. */
  readonly rows: readonly { readonly value: string | boolean; readonly word: string }[];
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly zone: string;
  /** Silence that is still going on. */
  readonly silence: Gap | undefined;
  readonly label: string;
  /** One span in words: value, begin, length. */
  readonly tell: (span: Span) => string;
}

const percent = (part: number) => `${Math.round(part * 10_000) / 100}%`;

/** States and flags are no line: a bar per span in the lane of its value. */
export function SpanPlot({ spans, rows, from, to, now, zone, silence, label, tell }: SpanPlotProps) {
  const place = (t: number) => Math.max(0, Math.min(1, (t - from) / (to - from)));
  const seen = spans.filter((span) => span.to > from && span.from < to);
  return (
    <div class="span-plot" role="img" aria-label={label}>
      {rows.map((row) => (
        <div class="span-row" key={String(row.value)}>
          <span class="span-word">{row.word}</span>
          <span class="span-lane">
            {seen
              .filter((span) => span.value === row.value)
              .map((span) => (
                <i
                  key={span.from}
                  title={tell(span)}
                  style={{ left: percent(place(span.from)), width: percent(Math.max(0.001, place(span.to) - place(span.from))) }}
                />
              ))}
            {silence !== undefined && <em style={{ left: percent(place(silence.from)), width: percent(place(silence.to) - place(silence.from)) }} />}
          </span>
        </div>
      ))}
      <div class="span-row span-axis">
        <span class="span-word" />
        <span class="span-lane">
          {timeTicks(from, to, 700, zone).map((tick) => (
            <small key={tick.t} style={{ left: percent(place(tick.t)) }}>
              {tick.text}
            </small>
          ))}
        </span>
      </div>
      <div class="span-now" style={{ "--at": String(place(now)) }} />
    </div>
  );
}
