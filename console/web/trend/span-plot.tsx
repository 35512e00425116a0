import type { Span } from "../../../shared/city-port.ts";
import { timeTicks } from "./axis.ts";
import type { Gap } from "./gaps.ts";
import { shares, spanGaps } from "./spans.ts";
import { useSize } from "./use-size.ts";

export interface SpanPlotProps {
  readonly spans: readonly Span[];
  /** Rows of the lane from top to bottom: each value with its word. */
  readonly rows: readonly { readonly value: string | boolean; readonly word: string }[];
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly zone: string;
  /** Silence longer than this is a gap, ms. */
  readonly stale: number;
  /** Silence that is still going on. */
  readonly silence: Gap | undefined;
  readonly events: readonly { readonly t: number; readonly text: string }[];
  readonly words: {
    readonly now: string;
    readonly events: string;
    readonly gap: (ms: number) => string;
    readonly share: (ms: number, whole: number) => string;
    readonly long: (ms: number) => string;
  };
  readonly label: string;
  /** One span in words: value, begin, length. */
  readonly tell: (span: Span) => string;
}

const percent = (part: number) => `${Math.round(part * 10_000) / 100}%`;

/** States and flags are no line: a bar per span in the lane of its value; beside it, how much of the time it held. */
export function SpanPlot({ spans, rows, from, to, now, zone, stale, silence, events, words, label, tell }: SpanPlotProps) {
  const { place, size } = useSize<HTMLSpanElement>();
  const at = (t: number) => Math.max(0, Math.min(1, (t - from) / (to - from)));
  const wide = (span: Gap) => percent(Math.max(0.0005, at(span.to) - at(span.from)));
  const seen = spans.filter((span) => span.to > from && span.from < to);
  const gaps = spanGaps(seen, stale);
  const { of, whole } = shares(seen, from, now);
  const ticks = timeTicks(from, to, size.width, zone);
  return (
    <div class="span-plot" role="img" aria-label={label}>
      {rows.map((row) => {
        const held = of.get(row.value) ?? 0;
        return (
          <div class={`span-row${held === 0 ? " is-idle" : ""}`} key={String(row.value)}>
            <span class="span-word">{row.word}</span>
            <span class="span-lane">
              {ticks.map((tick) => (
                <s key={tick.t} style={{ left: percent(at(tick.t)) }} />
              ))}
              {seen
                .filter((span) => span.value === row.value)
                .map((span) => (
                  <i key={span.from} title={tell(span)} style={{ left: percent(at(span.from)), width: wide(span) }} />
                ))}
              {gaps.map((gap) => (
                <em key={gap.from} class="is-gap" title={words.gap(gap.to - gap.from)} style={{ left: percent(at(gap.from)), width: wide(gap) }} />
              ))}
              {silence !== undefined && <em style={{ left: percent(at(silence.from)), width: wide(silence) }} />}
              <b style={{ left: percent(at(now)) }} />
            </span>
            <span class="span-share">{held === 0 ? "—" : `${words.share(held, whole)} · ${words.long(held)}`}</span>
          </div>
        );
      })}
      <div class="span-row span-events">
        <span class="span-word">{words.events}</span>
        <span class="span-lane">
          {events
            .filter((event) => event.t >= from && event.t <= to)
            .map((event) => (
              <u key={event.t} title={event.text} style={{ left: percent(at(event.t)) }} />
            ))}
          <b style={{ left: percent(at(now)) }} />
        </span>
        <span class="span-share" />
      </div>
      <div class="span-row span-axis">
        <span class="span-word" />
        <span class="span-lane" ref={place}>
          {ticks.map(
            (tick) =>
              (at(now) - at(tick.t)) * size.width > 34 && (
                <small key={tick.t} style={{ left: percent(at(tick.t)) }}>
                  {tick.text}
                </small>
              ),
          )}
          <small class="is-now" style={{ left: percent(at(now)) }}>
            {words.now}
          </small>
        </span>
        <span class="span-share" />
      </div>
    </div>
  );
}
