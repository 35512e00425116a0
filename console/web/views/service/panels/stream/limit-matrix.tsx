import { alarms } from "../../../../live/desk.ts";
import { say } from "../../../../live/room.ts";
import { zone } from "../../../../live/state.ts";
import { durationText } from "../../../../trend/words.ts";
import { minuteText } from "../../../../widgets/figures.ts";
import { AlarmBadge } from "../../../alarms/alarm-badge.tsx";
import { handOf } from "../../../device/readings.ts";
import type { Gauge } from "./gauges.ts";
import type { LevelForecast } from "./level-forecast.ts";
import { forecastOf, type LimitTime, limitTime, shownLimits } from "./limit-time.ts";

const minute = 60_000;

function Cell({ time }: { readonly time: LimitTime }) {
  if (time.kind === "beyond")
    return (
      <span class="g-since">
        {time.alarm === undefined ? null : <AlarmBadge alarm={time.alarm} size={18} />}
        {time.alarm === undefined
          ? say({ ko: "넘음", en: "beyond" })
          : say({ ko: `${minuteText(time.alarm.raisedAt, zone.value)}부터`, en: `since ${minuteText(time.alarm.raisedAt, zone.value)}` })}
      </span>
    );
  if (time.kind === "none") return <span>—</span>;
  if (time.kind === "later") return <small>{say({ ko: "1시간 넘음", en: "over 1 h" })}</small>;
  const left = say(durationText(Math.max(minute, time.ms)));
  return (
    <>
      <b>{left}</b>
      <small>{time.kind === "rule" ? say({ ko: "경보 규칙", en: "alarm rule" }) : say({ ko: "기울기", en: "slope" })}</small>
    </>
  );
}

interface LimitMatrixProps {
  readonly gauges: readonly Gauge[];
  readonly forecasts: ReadonlyMap<string, LevelForecast>;
}

/** How long until each limit: by the forecast of the alarm rules where one stands, and by the slope that the chart draws; the sooner of both. */
export function LimitMatrix({ gauges, forecasts }: LimitMatrixProps) {
  const limits = shownLimits(gauges);
  return (
    <section class="s-panel g-matrix" aria-labelledby="g-matrix">
      <header class="s-head">
        <h2 id="g-matrix">{say({ ko: "기준까지 남은 시간", en: "Minutes to each limit" })}</h2>
        <span class="s-end">{say({ ko: "경보 규칙과 지금 기울기 가운데 이른 것", en: "by alarm rule or present slope, the sooner" })}</span>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{say({ ko: "수위계", en: "gauge" })}</th>
            {limits.map((limit) => (
              <th key={limit.name} scope="col">
                {say(limit.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {gauges.map((gauge) => {
            const own = [...alarms.value.values()].filter((alarm) => alarm.device === gauge.row.id);
            const outlook = { forecast: forecasts.get(gauge.row.id), standing: forecastOf(gauge.row.id, own), now: handOf(gauge.row) };
            return (
              <tr key={gauge.row.id}>
                <th scope="row">
                  <a href={`#/device/${gauge.row.id}`}>{say(gauge.row.name)}</a>
                </th>
                {limits.map(({ name }) => (
                  <td key={name}>
                    {gauge.fresh === "fresh" ? (
                      <Cell time={limitTime(gauge, name, outlook, own)} />
                    ) : (
                      <em>{say({ ko: "수신 지연", en: "not fresh" })}</em>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
