import { useMemo, useState } from "preact/hooks";
import type { ChronicleLine, DeviceRow } from "../../../../shared/city-port.ts";
import type { Service, Text } from "../../../../shared/service.ts";
import { chronicle, say } from "../../live/room.ts";
import type { Limit } from "../../trend/limits.ts";
import { StateChart } from "../../trend/state-chart.tsx";
import { TrendChart } from "../../trend/trend-chart.tsx";
import { useAnswer } from "../../trend/use-answer.ts";
import { durationText, unitText } from "../../trend/words.ts";

const hour = 3_600_000;
const ranges: readonly { readonly ms: number; readonly label: Text }[] = [
  { ms: hour, label: { ko: "1시간", en: "1 h" } },
  { ms: 6 * hour, label: { ko: "6시간", en: "6 h" } },
  { ms: 24 * hour, label: { ko: "24시간", en: "24 h" } },
  { ms: 7 * 24 * hour, label: { ko: "7일", en: "7 d" } },
];
const texts = {
  normal: { ko: "정상", en: "good" },
  est: { ko: "추정", en: "estimated" },
  bad: { ko: "불량", en: "bad" },
  gap: { ko: "비어 있음", en: "gap" },
  silent: { ko: "지연", en: "silent" },
} satisfies Record<string, Text>;

/** An event of the contract in words, or silence and return. */
export function eventWords(line: ChronicleLine, service: Service): string {
  if (line.what === "silent") return say({ ko: "수신 지연", en: "silent" });
  if (line.what === "back") return say({ ko: "다시 받음", en: "back" });
  const event = service.events[line.what];
  return event === undefined ? line.what : say(event.label);
}

interface TrendPanelProps {
  readonly row: DeviceRow;
  readonly service: Service;
  readonly metric: string;
  readonly limits: readonly Limit[];
  readonly now: () => number;
}

const none: readonly ChronicleLine[] = [];

/** What happened to this device: asked once per range, then grown by what comes live. */
function useEvents(row: DeviceRow, from: number): readonly ChronicleLine[] {
  const path = `/api/v1/chronicle?service=${row.service}&from=${from}&limit=2000`;
  const asked = useAnswer<{ lines: readonly ChronicleLine[] }>(path).value?.lines ?? none;
  const live = chronicle.value;
  return useMemo(() => {
    const byNumber = new Map([...asked, ...live].filter((line) => line.device === row.id).map((line) => [line.n, line]));
    return [...byNumber.values()];
  }, [asked, live, row.id]);
}

/** The device's chosen metric over the chosen time. */
export function TrendPanel({ row, service, metric, limits, now }: TrendPanelProps) {
  const [rangeMs, setRange] = useState(6 * hour);
  const opened = useMemo(() => Math.round(now() - rangeMs), [rangeMs, row.id]);
  const events = useEvents(row, opened);
  const words = useMemo(() => (line: ChronicleLine) => eventWords(line, service), [service]);
  const contract = service.metrics[metric];
  if (contract === undefined) return null;
  const unit = contract.kind === "number" ? `${say(unitText(contract.unit))} · ` : "";
  const csv = `/api/v1/devices/${row.id}/series?metric=${metric}&from=${opened}&points=2000&format=csv`;
  return (
    <section class="d-panel d-trend" aria-labelledby="d-trend">
      <header class="d-head">
        <h2 id="d-trend">{"label" in contract ? say(contract.label) : metric}</h2>
        <span>
          {unit}
          {say({ ko: `${say(durationText(row.every * 1000))} 간격`, en: `every ${say(durationText(row.every * 1000))}` })}
        </span>
        <ul class="d-legend" aria-hidden="true">
          <li class="is-normal">{say(texts.normal)}</li>
          <li class="is-est">{say(texts.est)}</li>
          <li class="is-bad">{say(texts.bad)}</li>
          <li class="is-gap">{say(texts.gap)}</li>
          <li class="is-silent">{say(texts.silent)}</li>
        </ul>
        <fieldset class="d-range">
          <legend>{say({ ko: "시간 범위", en: "Time range" })}</legend>
          {ranges.map((range) => (
            <button key={range.ms} type="button" aria-pressed={range.ms === rangeMs} onClick={() => setRange(range.ms)}>
              {say(range.label)}
            </button>
          ))}
        </fieldset>
        {contract.kind === "number" && (
          <a class="d-button" href={csv} download={`${row.id}-${metric}.csv`}>
            CSV
          </a>
        )}
      </header>
      {contract.kind === "number" && (
        <TrendChart row={row} metric={metric} contract={contract} limits={limits} events={events} eventText={words} rangeMs={rangeMs} now={now} />
      )}
      {(contract.kind === "flag" || contract.kind === "state") && (
        <StateChart row={row} metric={metric} contract={contract} rangeMs={rangeMs} now={now()} />
      )}
    </section>
  );
}
