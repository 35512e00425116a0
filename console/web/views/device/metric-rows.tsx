import type { DeviceRow, Series } from "../../../../shared/city-port.ts";
import type { NumberMetric, Service } from "../../../../shared/service.ts";
import { say } from "../../live/room.ts";
import { crossed, type Limit } from "../../trend/limits.ts";
import { useAnswer } from "../../trend/use-answer.ts";
import { usePace } from "../../trend/use-pace.ts";
import { clockText, durationText } from "../../trend/words.ts";
import { HourLine } from "./hour-line.tsx";
import { ageOf, eachSecond, type Freshness, numberOf, seenAt, shownValue } from "./readings.ts";
import { valueScale } from "./value-scale.ts";

const minute = 60_000;
const hour = 3_600_000;

interface MetricRowProps {
  readonly row: DeviceRow;
  readonly service: Service;
  readonly name: string;
  readonly limits: readonly Limit[];
  readonly chosen: boolean;
  readonly fresh: Freshness;
  /** Whole minute up to which the hour is drawn. */
  readonly until: number;
  readonly zone: string;
  readonly onChoose: () => void;
}

type RangeBarProps = Pick<MetricRowProps, "row" | "service" | "name" | "limits" | "fresh" | "until" | "zone"> & {
  readonly value: number;
  readonly contract: NumberMetric;
};

/** Where the value stands on its scale, in its usual range and among its limits. */
function RangeBar({ value, contract, row, service, name, limits, fresh, until, zone }: RangeBarProps) {
  if (!Number.isFinite(value)) return <span class="d-bar is-empty" />;
  const { low, high, usual } = valueScale(service, { kind: row.kind, metric: name }, contract, { limits, time: until, zone });
  const share = (at: number) => Math.max(0, Math.min(1, (at - low) / (high - low))) * 100;
  const over = crossed(limits, value);
  return (
    <span class="d-bar" aria-hidden="true">
      {usual !== undefined && <s style={{ left: `${share(usual.low)}%`, right: `${100 - share(usual.high)}%` }} />}
      {limits.map((limit) => (
        <u key={limit.name} class={`is-rank${limit.rank}`} style={{ left: `${share(limit.value)}%` }} />
      ))}
      <svg
        viewBox="0 0 12 11"
        class={fresh === "fresh" ? `is-over${over?.rank ?? 0}` : "is-stale"}
        style={{ left: `${share(value)}%` }}
        role="presentation"
      >
        <path d="M1.5 1h9L6 9.5z" />
      </svg>
    </span>
  );
}

function MetricRow(props: MetricRowProps) {
  void eachSecond.value;
  const { row, service, name, chosen, fresh, until, zone, onChoose } = props;
  const contract = service.metrics[name];
  const isNumber = contract?.kind === "number";
  const path = `/api/v1/devices/${row.id}/series?metric=${name}&from=${until - hour}&to=${until + minute}&points=66`;
  const series = useAnswer<Series>(isNumber ? path : undefined, 0, true).value;
  if (contract === undefined) return null;
  const value = numberOf(row, service, name);
  const shown = shownValue(row, service, name);
  const seen = seenAt(row);
  return (
    <button type="button" class={`d-metric is-${fresh}`} aria-pressed={chosen} onClick={onChoose}>
      <span class="d-metric-name">{say(contract.label)}</span>
      <span class="d-metric-value">
        {shown === undefined ? (
          <em>{fresh === "never" ? say({ ko: "받은 적 없음", en: "never received" }) : say({ ko: "값 없음", en: "no value" })}</em>
        ) : (
          <>
            <b>{shown.text}</b>
            <small>{shown.unit}</small>
          </>
        )}
      </span>
      {contract.kind === "number" ? <RangeBar {...props} value={value} contract={contract} /> : <span />}
      {contract.kind === "number" ? (
        <HourLine series={series} from={until - hour} to={until + minute} stale={fresh !== "fresh"} least={20 * 10 ** -contract.precision} />
      ) : (
        <span />
      )}
      <span class="d-metric-age" title={seen === 0 ? "" : clockText(seen, zone)}>
        {seen === 0 ? "—" : say(durationText(ageOf(row)))}
      </span>
    </button>
  );
}

export interface MetricRowsProps extends Omit<MetricRowProps, "name" | "chosen" | "onChoose" | "until"> {
  readonly metric: string;
  readonly main: string;
  readonly onMetric: (name: string) => void;
  readonly now: () => number;
}

/** Every metric of the device as a row that chooses the trend's metric. */
export function MetricRows({ metric, main, onMetric, now, ...rest }: MetricRowsProps) {
  const until = usePace(now, minute, 4000);
  const names = rest.service.kinds[rest.row.kind]?.metrics ?? [];
  return (
    <section class="s-panel" aria-labelledby="d-metrics">
      <header class="s-head">
        <h2 id="d-metrics">{say({ ko: "측정값", en: "Readings" })}</h2>
        <span>{say({ ko: "값 · 범위 속 위치 · 60분 · 경과", en: "value · place in range · 60 min · age" })}</span>
      </header>
      {names.map((name) => (
        <MetricRow
          key={name}
          {...rest}
          until={until}
          name={name}
          chosen={name === metric}
          limits={name === main ? rest.limits : []}
          onChoose={() => onMetric(name)}
        />
      ))}
    </section>
  );
}
