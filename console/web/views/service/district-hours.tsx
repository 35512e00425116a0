import { useMemo, useState } from "preact/hooks";
import type { AggregateRow } from "../../../../shared/city-port.ts";
import type { Metric, Service } from "../../../../shared/service.ts";
import { deviceRows, now, plan, say } from "../../live/room.ts";
import { useAnswer } from "../../trend/use-answer.ts";
import { usePace } from "../../trend/use-pace.ts";
import { clockText, figureText, shownAs, unitText } from "../../trend/words.ts";
import { cellText, type HeatScale, heatDigits, heatScale, heatSteps, measured } from "./heat.ts";
import "./hours.css";

const hour = 3_600_000;
const hours = 24;
const hand = () => now.peek();

const isComparable = (metric: Metric | undefined): boolean => metric?.kind === "number" || metric?.kind === "flag";
const ways = {
  sum: { ko: "한 시간 합계", en: "sum of the hour" },
  max: { ko: "한 시간 최대", en: "greatest of the hour" },
  mean: { ko: "한 시간 평균", en: "mean of the hour" },
  share: { ko: "켜진 비율", en: "share of readings that are on" },
};
/** How the metric's hours are made, in words. */
const wayOf = (metric: Metric) =>
  metric.kind === "flag"
    ? ways.share
    : metric.kind === "number" && (metric.aggregate === "sum" || metric.aggregate === "max")
      ? ways[metric.aggregate]
      : ways.mean;

interface HeatTable {
  readonly times: readonly number[];
  readonly at: ReadonlyMap<string, AggregateRow>;
  readonly scale: HeatScale | undefined;
  readonly reason: string | undefined;
  readonly isLoading: boolean;
}

/** A day of hours by district; the running hour stands last. */
function useHeat(service: Service, metric: string, contract: Metric): HeatTable {
  const end = usePace(hand, hour, 1000) + hour;
  const from = end - hours * hour;
  const path = `/api/v1/aggregate?service=${service.id}&metric=${metric}&by=hour&from=${from}`;
  const { value, reason } = useAnswer<{ rows: readonly AggregateRow[] }>(path, 20_000, true);
  return useMemo(() => {
    const rows = value?.rows ?? [];
    const running = end - hour;
    const whole = rows.filter((row) => row.t >= from && row.t < running);
    const least = contract.kind === "number" ? 20 * 10 ** -contract.precision : 0.02;
    return {
      times: Array.from({ length: hours }, (_, index) => from + index * hour),
      at: new Map(rows.map((row) => [`${row.district} ${row.t}`, row])),
      scale: heatScale(
        whole.map((row) => measured(row, contract)),
        least,
      ),
      reason,
      isLoading: value === undefined,
    };
  }, [end, contract, reason, value]);
}

interface CellProps {
  readonly value: number | undefined;
  /** What decides over its shade. */
  readonly look: string | undefined;
  readonly scale: HeatScale | undefined;
  readonly factor: number;
  readonly digits: number;
  readonly tell: (value: number) => string;
}
/** One hour of one district: its number on its shade, or a hatch when nothing was received. */
function Cell({ value, look, scale, factor, digits, tell }: CellProps) {
  if (value === undefined) return <td class={look === "" ? "" : "s-hatch"} />;
  return (
    <td class={look ?? `h-${scale?.shade(value) ?? 0}`} title={tell(value)}>
      {cellText(value * factor, digits)}
    </td>
  );
}

export interface DistrictHeatProps {
  readonly service: Service;
  readonly metric: string;
  readonly contract: Metric;
}

/** Districts as rows, hours as columns; the shade is the value against the other hours, an hour without readings is hatched. */
export function DistrictHeat({ service, metric, contract }: DistrictHeatProps) {
  const { times, at, scale, reason, isLoading } = useHeat(service, metric, contract);
  const zone = plan.value?.zone ?? "UTC";
  const { factor, precision } = contract.kind === "number" ? shownAs(contract) : { factor: 100, precision: 0 };
  const unit = contract.kind === "number" ? say(unitText(contract.unit)) : "%";
  const digits = scale === undefined ? precision : heatDigits((scale.high - scale.low) * factor, precision);
  const rows = deviceRows.value.filter((row) => row.service === service.id);
  const homes = new Set(rows.filter((row) => service.kinds[row.kind]?.metrics.includes(metric)).map((row) => row.district));
  const running = times.at(-1) ?? 0;
  if (reason !== undefined && isLoading)
    return (
      <p class="s-note" role="alert">
        {say({ ko: "집계를 읽지 못했습니다.", en: "The aggregate could not be read." })} <code>{reason}</code>
      </p>
    );
  return (
    <>
      <table class="h-table">
        <caption class="unseen">{say(contract.label)}</caption>
        <thead>
          <tr>
            <th scope="col" class="h-district">
              {say({ ko: "동네", en: "District" })}
            </th>
            {times.map((t) => (
              <th key={t} scope="col">
                {clockText(t, zone, false).slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(plan.value?.districts ?? []).map((district) => (
            <tr key={district.id}>
              <th scope="row" class="h-district">
                {say(district.name)}
              </th>
              {rows.length > 0 && !homes.has(district.id) ? (
                <td colSpan={hours} class="h-empty">
                  {say({ ko: "이 동네에는 기기가 없음", en: "no device in this district" })}
                </td>
              ) : (
                times.map((t) => {
                  const row = at.get(`${district.id} ${t}`);
                  return (
                    <Cell
                      key={t}
                      value={row === undefined ? undefined : measured(row, contract)}
                      look={isLoading ? "" : t === running ? "h-open" : undefined}
                      {...{ scale, factor, digits }}
                      tell={(value) => `${clockText(t, zone, false)}  ${figureText(value * factor, digits)} ${unit}`}
                    />
                  );
                })
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="h-legend">
        <span>
          {unit} · {say(wayOf(contract))}
        </span>
        {scale?.edges.map((edge, index) => (
          <span key={`${index}-${edge}`}>
            <i class={`h-${index}`} aria-hidden="true" /> {index === heatSteps - 1 ? "≥ " : ""}
            {cellText(edge * factor, digits)}
          </span>
        ))}
        <span>
          <i class="h-open" aria-hidden="true" /> {say({ ko: "진행 중인 시간", en: "hour under way" })}
        </span>
        <span>
          <i class="s-hatch" aria-hidden="true" /> {say({ ko: "받은 값 없음", en: "no reading" })}
        </span>
      </p>
    </>
  );
}

/** Districts by hour of one metric that the reader chooses. */
export function DistrictHours({ service, start }: { readonly service: Service; readonly start?: string | undefined }) {
  const names = Object.keys(service.metrics).filter((name) => isComparable(service.metrics[name]));
  const firstFigure = start ?? service.panel.figures.find((figure) => figure.id === service.panel.trend)?.metric ?? names[0] ?? "";
  const [metric, setMetric] = useState(names.includes(firstFigure) ? firstFigure : (names[0] ?? ""));
  const contract = service.metrics[metric];
  if (contract === undefined) return null;
  return (
    <section class="s-panel s-hours" aria-labelledby="s-hours">
      <header class="s-head">
        <h2 id="s-hours">{say({ ko: "동네별 시간대", en: "Districts by hour" })}</h2>
        <select
          class="s-field"
          aria-label={say({ ko: "측정값", en: "Metric" })}
          value={metric}
          onChange={(event) => setMetric(event.currentTarget.value)}
        >
          {names.map((name) => {
            const candidate = service.metrics[name];
            return (
              <option key={name} value={name}>
                {candidate === undefined ? name : say(candidate.label)}
              </option>
            );
          })}
        </select>
        <span>{say({ ko: "24시간 · 바탕이 셀수록 큼", en: "24 h · the stronger the shade, the more" })}</span>
      </header>
      <DistrictHeat key={metric} service={service} metric={metric} contract={contract} />
    </section>
  );
}
