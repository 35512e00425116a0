import { useMemo, useRef, useState } from "preact/hooks";
import type { ChronicleLine, DeviceRow, Span } from "../../../../shared/city-port.ts";
import type { Service, Text } from "../../../../shared/service.ts";
import { cell, chronicle, say } from "../../live/room.ts";
import type { Limit } from "../../trend/limits.ts";
import { spansCsv } from "../../trend/spans.ts";
import { StateChart } from "../../trend/state-chart.tsx";
import { TrendChart } from "../../trend/trend-chart.tsx";
import { useAnswer } from "../../trend/use-answer.ts";
import { meanFigure } from "../../trend/usual.ts";
import { durationText, unitText } from "../../trend/words.ts";
import { eventWords } from "./event-words.ts";
import { numberOf } from "./readings.ts";

const hour = 3_600_000;
const ranges: readonly { readonly ms: number; readonly label: Text }[] = [
  { ms: hour, label: { ko: "1시간", en: "1 h" } },
  { ms: 6 * hour, label: { ko: "6시간", en: "6 h" } },
  { ms: 24 * hour, label: { ko: "24시간", en: "24 h" } },
  { ms: 7 * 24 * hour, label: { ko: "7일", en: "7 d" } },
];
const marks = [
  { look: "good", text: { ko: "정상", en: "good" } },
  { look: "est", text: { ko: "추정", en: "estimated" } },
  { look: "bad", text: { ko: "불량", en: "bad" } },
  { look: "gap", text: { ko: "비어 있음", en: "gap" } },
  { look: "silent", text: { ko: "지연", en: "silent" } },
] satisfies readonly { look: string; text: Text }[];

const none: readonly ChronicleLine[] = [];

/** What happened to this device: asked once per range, then grown by what comes live. */
function useEvents(row: DeviceRow, from: number, to: number): readonly ChronicleLine[] {
  // `to` is said: without it the server takes the city's now, which for a real device may lie before `from`.
  const span = `from=${from}&to=${to}`;
  const asked = useAnswer<{ lines: readonly ChronicleLine[] }>(`/api/v1/chronicle?device=${row.id}&${span}&limit=2000`).value?.lines ?? none;
  const live = chronicle.value;
  return useMemo(() => {
    const byNumber = new Map([...asked, ...live].filter((line) => line.device === row.id).map((line) => [line.n, line]));
    return [...byNumber.values()];
  }, [asked, live, row.id]);
}

/** Gives a table that was made in the page to the reader as a file. */
function saveAs(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

interface TrendPanelProps {
  readonly row: DeviceRow;
  readonly service: Service;
  readonly metric: string;
  readonly limits: readonly Limit[];
  readonly now: () => number;
  readonly heard: () => number;
}

/** The device's chosen metric over the chosen time. */
export function TrendPanel({ row, service, metric, limits, now, heard }: TrendPanelProps) {
  const [rangeMs, setRange] = useState(6 * hour);
  const opened = useMemo(() => Math.round(now() - rangeMs), [rangeMs, row.id]);
  const events = useEvents(row, opened, opened + rangeMs);
  const words = useMemo(() => (line: ChronicleLine) => eventWords(line, service), [service]);
  const spans = useRef<readonly Span[]>([]);
  const contract = service.metrics[metric];
  const usual = meanFigure(service.panel.figures, row.kind, metric);
  if (contract === undefined) return null;
  const live = () => ({ t: cell(row.cell), code: numberOf(row, service, metric) });
  const kind = service.kinds[row.kind];
  const shared = { row, metric, rangeMs, now, heard, live, events, eventText: words } as const;
  return (
    <section class="s-panel d-trend" aria-labelledby="d-trend">
      <header class="s-head">
        <h2 id="d-trend">{say(contract.label)}</h2>
        <span>
          {contract.kind === "number" ? `${say(unitText(contract.unit))} · ` : ""}
          {say({ ko: `${say(durationText(row.every * 1000))} 간격`, en: `every ${say(durationText(row.every * 1000))}` })}
          {usual !== undefined &&
            kind !== undefined &&
            say({ ko: ` · 띠 = 설계 프로필, ${kind.label.ko} 평균`, en: ` · band = design profile, mean ${kind.label.en.toLowerCase()}` })}
        </span>
        <div class="s-end">
          <ul class="d-legend" aria-hidden="true">
            {marks
              .filter(({ look }) => contract.kind === "number" || look === "gap" || look === "silent")
              .map(({ look, text }) => (
                <li key={look} class={`is-${look}`}>
                  {say(text)}
                </li>
              ))}
          </ul>
          <fieldset class="s-choices">
            <legend class="unseen">{say({ ko: "시간 범위", en: "Time range" })}</legend>
            {ranges.map((range) => (
              <button key={range.ms} type="button" class="s-button" aria-pressed={range.ms === rangeMs} onClick={() => setRange(range.ms)}>
                {say(range.label)}
              </button>
            ))}
          </fieldset>
          {contract.kind === "position" ? null : contract.kind === "number" ? (
            <a
              class="s-button"
              href={`/api/v1/devices/${row.id}/series?metric=${metric}&from=${opened}&points=2000&format=csv`}
              download={`${row.id}-${metric}.csv`}
            >
              CSV
            </a>
          ) : (
            <button type="button" class="s-button" onClick={() => saveAs(`${row.id}-${metric}.csv`, spansCsv(spans.current))}>
              CSV
            </button>
          )}
        </div>
      </header>
      {contract.kind === "number" && <TrendChart {...shared} contract={contract} limits={limits} usual={usual} />}
      {contract.kind === "position" && (
        <p class="s-note">
          {say({ ko: "위치는 추세가 없습니다. 지도에 지금 있는 곳이 보입니다.", en: "A position has no trend. The map shows where it is now." })}
        </p>
      )}
      {(contract.kind === "flag" || contract.kind === "state") && (
        <StateChart
          key={metric}
          {...shared}
          contract={contract}
          onSpans={(drawn) => {
            spans.current = drawn;
          }}
        />
      )}
    </section>
  );
}
