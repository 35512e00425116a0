import type { DeviceRow, Series } from "../../../../shared/city-port.ts";
import type { NumberMetric, Service } from "../../../../shared/service.ts";
import { beat, now as cityNow, say } from "../../live/room.ts";
import { crossed, type Limit } from "../../trend/limits.ts";
import { clockText } from "../../trend/trend-chart.tsx";
import { useAnswer } from "../../trend/use-answer.ts";
import { durationText } from "../../trend/words.ts";
import { type Freshness, numberOf, seenAt, valueText } from "./readings.ts";
import { HourLine } from "./sparkline.tsx";

interface MetricRowProps {
  readonly row: DeviceRow;
  readonly service: Service;
  readonly name: string;
  readonly limits: readonly Limit[];
  readonly chosen: boolean;
  readonly fresh: Freshness;
  readonly now: number;
  readonly zone: string;
  readonly onChoose: () => void;
}

/** Where the value stands between the ends of what the contract allows, or of its limits when the device has them. */
function RangeBar({ value, contract, limits, fresh }: { value: number; contract: NumberMetric; limits: readonly Limit[]; fresh: Freshness }) {
  const top = limits.at(-1);
  const [low, high] = top === undefined ? [contract.min, contract.max] : [Math.max(0, contract.min), top.value * 1.15];
  const place = (at: number) => `${Math.max(0, Math.min(1, (at - low) / (high - low))) * 100}%`;
  if (!Number.isFinite(value)) return <span class="d-bar is-empty" />;
  const over = crossed(limits, value);
  return (
    <span class="d-bar" aria-hidden="true">
      {limits.map((limit) => (
        <u key={limit.name} class={`is-rank${limit.rank}`} style={{ left: place(limit.value) }} />
      ))}
      <svg
        viewBox="0 0 12 11"
        class={fresh === "fresh" ? `is-over${over?.rank ?? 0}` : "is-stale"}
        style={{ left: place(value) }}
        role="presentation"
      >
        <path d="M1.5 1h9L6 9.5z" />
      </svg>
    </span>
  );
}

function MetricRow({ row, service, name, limits, chosen, fresh, now, zone, onChoose }: MetricRowProps) {
  const contract = service.metrics[name];
  const minute = Math.floor(now / 60_000) * 60_000;
  const isNumber = contract?.kind === "number";
  const path = `/api/v1/devices/${row.id}/series?metric=${name}&from=${minute - 3_600_000}&to=${minute + 60_000}&points=66`;
  const series = useAnswer<Series>(isNumber ? path : undefined).value;
  if (contract === undefined) return null;
  const value = numberOf(row, service, name);
  const shown = valueText(value, contract);
  const age = now - seenAt(row);
  return (
    <button type="button" class={`d-metric is-${fresh}`} aria-pressed={chosen} onClick={onChoose}>
      <span class="d-metric-name">{say(contract.label)}</span>
      <span class="d-metric-value">
        {shown === undefined ? (
          <em>{fresh === "never" ? say({ ko: "받은 적 없음", en: "never received" }) : say({ ko: "값 없음", en: "no value" })}</em>
        ) : (
          <>
            <b>{shown.text}</b> <small>{shown.unit}</small>
          </>
        )}
      </span>
      {contract.kind === "number" ? <RangeBar value={value} contract={contract} limits={limits} fresh={fresh} /> : <span />}
      {isNumber ? <HourLine series={series} from={minute - 3_600_000} to={minute + 60_000} stale={fresh !== "fresh"} /> : <span />}
      <span class="d-metric-age" title={seenAt(row) === 0 ? "" : clockText(seenAt(row), zone)}>
        {seenAt(row) === 0 ? "—" : say(durationText(age))}
      </span>
    </button>
  );
}

export interface MetricRowsProps extends Omit<MetricRowProps, "name" | "chosen" | "onChoose" | "now"> {
  readonly metric: string;
  readonly main: string;
  readonly onMetric: (name: string) => void;
  readonly now: () => number;
}

/** Every metric of the device as a row that chooses the trend's metric. */
export function MetricRows({ metric, main, onMetric, now, ...rest }: MetricRowsProps) {
  void beat.value;
  void cityNow.value;
  const names = rest.service.kinds[rest.row.kind]?.metrics ?? [];
  return (
    <section class="d-panel d-metrics" aria-labelledby="d-metrics">
      <header class="d-head">
        <h2 id="d-metrics">{say({ ko: "측정값", en: "Readings" })}</h2>
        <span>{say({ ko: "값 · 범위 속 위치 · 60분 · 나이", en: "value · place in range · 60 min · age" })}</span>
      </header>
      {names.map((name) => (
        <MetricRow
          key={name}
          {...rest}
          now={now()}
          name={name}
          chosen={name === metric}
          limits={name === main ? rest.limits : []}
          onChoose={() => onMetric(name)}
        />
      ))}
    </section>
  );
}
