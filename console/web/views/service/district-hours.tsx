import { useMemo, useState } from "preact/hooks";
import type { AggregateRow } from "../../../../shared/city-port.ts";
import type { Metric, Service } from "../../../../shared/service.ts";
import { now, plan, say } from "../../live/room.ts";
import { clockText } from "../../trend/trend-chart.tsx";
import { useAnswer } from "../../trend/use-answer.ts";
import { figureText, shownAs, unitText } from "../../trend/words.ts";

const hour = 3_600_000;
const hours = 24;

/** How hours of a metric are compared: counts by their sum, worst cases by their greatest, the rest by their mean; flags by share of readings. */
const measured = (row: AggregateRow, metric: Metric): number =>
  metric.kind === "number" && metric.aggregate === "sum" ? row.sum : metric.kind === "number" && metric.aggregate === "max" ? row.max : row.mean;

const isComparable = (metric: Metric | undefined): boolean => metric?.kind === "number" || metric?.kind === "flag";

/** Districts as rows, hours as columns; height of a bar is the value, an hour without readings is hatched. */
export function DistrictHours({ service }: { readonly service: Service }) {
  const names = Object.keys(service.metrics).filter((name) => isComparable(service.metrics[name]));
  const firstFigure = service.panel.figures.find((figure) => figure.id === service.panel.trend)?.metric ?? names[0] ?? "";
  const [metric, setMetric] = useState(names.includes(firstFigure) ? firstFigure : (names[0] ?? ""));
  const end = Math.floor(now.value / hour) * hour + hour;
  const from = end - hours * hour;
  const { value, reason } = useAnswer<{ rows: readonly AggregateRow[] }>(
    `/api/v1/aggregate?service=${service.id}&metric=${metric}&by=hour&from=${from}`,
    30_000,
  );
  const contract = service.metrics[metric];
  const zone = plan.value?.zone ?? "UTC";
  const table = useMemo(() => {
    const rows = value?.rows ?? [];
    const top = contract === undefined ? 1 : Math.max(1e-9, ...rows.map((row) => measured(row, contract)));
    return { top, at: new Map(rows.map((row) => [`${row.district} ${row.t}`, row])) };
  }, [value, contract]);
  if (contract === undefined) return null;
  const { factor, precision } = contract.kind === "number" ? shownAs(contract) : { factor: 100, precision: 0 };
  const unit = contract.kind === "number" ? say(unitText(contract.unit)) : "%";
  const write = (row: AggregateRow) => `${figureText(measured(row, contract) * factor, precision)} ${unit}`;
  const times = Array.from({ length: hours }, (_, index) => from + index * hour);
  return (
    <section class="s-panel s-hours" aria-labelledby="s-hours">
      <header class="s-head">
        <h2 id="s-hours">{say({ ko: "동네별 시간대", en: "Districts by hour" })}</h2>
        <select aria-label={say({ ko: "측정값", en: "Metric" })} value={metric} onChange={(event) => setMetric(event.currentTarget.value)}>
          {names.map((name) => {
            const candidate = service.metrics[name];
            return (
              <option key={name} value={name}>
                {candidate === undefined ? name : say(candidate.label)}
              </option>
            );
          })}
        </select>
        <span>{unit}</span>
      </header>
      {reason !== undefined && (
        <p class="s-note" role="alert">
          {say({ ko: "집계를 읽지 못했습니다.", en: "The aggregate could not be read." })} <code>{reason}</code>
        </p>
      )}
      <table class="s-hours-table">
        <thead>
          <tr>
            <th scope="col">{say({ ko: "동네", en: "District" })}</th>
            {times.map((t, index) => (
              <th key={t} scope="col">
                {index % 3 === 0 ? clockText(t, zone, false).slice(0, 2) : ""}
              </th>
            ))}
            <th scope="col">{say({ ko: "지난 시간", en: "last hour" })}</th>
          </tr>
        </thead>
        <tbody>
          {(plan.value?.districts ?? []).map((district) => {
            const last = table.at.get(`${district.id} ${end - 2 * hour}`);
            return (
              <tr key={district.id}>
                <th scope="row">{say(district.name)}</th>
                {times.map((t) => {
                  const row = table.at.get(`${district.id} ${t}`);
                  return (
                    <td
                      key={t}
                      class={row === undefined ? "is-none" : ""}
                      title={row === undefined ? "" : `${clockText(t, zone, false)}  ${write(row)}`}
                    >
                      {row !== undefined && (
                        <i
                          style={{ height: `${Math.max(0, measured(row, contract) / table.top) * 100}%` }}
                          class={t === end - hour ? "is-open" : ""}
                        />
                      )}
                    </td>
                  );
                })}
                <td class="s-hours-last">{last === undefined ? "—" : write(last)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
