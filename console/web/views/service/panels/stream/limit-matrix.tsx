import type { Series } from "../../../../../../shared/city-port.ts";
import { alarms } from "../../../../live/desk.ts";
import { now, say } from "../../../../live/room.ts";
import { zone } from "../../../../live/state.ts";
import { durationText } from "../../../../trend/words.ts";
import { minuteText } from "../../../../widgets/figures.ts";
import { AlarmBadge } from "../../../alarms/alarm-badge.tsx";
import type { Gauge } from "./gauges.ts";
import { type LimitTime, limitTime, shownLimits } from "./limit-time.ts";
import { tendency } from "./tendency.ts";

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
  const left = say(durationText(time.ms));
  return (
    <>
      <b>{left}</b>
      <small>{time.kind === "forecast" ? say({ ko: "예측", en: "forecast" }) : say({ ko: "추세", en: "rate" })}</small>
    </>
  );
}

/** How long until each limit: by the forecast of the alarm rules where one stands, else at the present rate, the sooner of both. */
export function LimitMatrix({ gauges, series }: { readonly gauges: readonly Gauge[]; readonly series: ReadonlyMap<string, Series> }) {
  const limits = shownLimits(gauges);
  return (
    <section class="s-panel g-matrix" aria-labelledby="g-matrix">
      <header class="s-head">
        <h2 id="g-matrix">{say({ ko: "기준까지 남은 시간", en: "Minutes to each limit" })}</h2>
        <span class="s-end">{say({ ko: "지금 추세와 예측 가운데 이른 것", en: "at present rate and forecast, the sooner" })}</span>
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
            const rise = tendency(series.get(gauge.row.id)?.points ?? []);
            const own = [...alarms.value.values()].filter((alarm) => alarm.device === gauge.row.id);
            return (
              <tr key={gauge.row.id}>
                <th scope="row">
                  <a href={`#/device/${gauge.row.id}`}>{say(gauge.row.name)}</a>
                </th>
                {limits.map(({ name }) => (
                  <td key={name}>
                    {gauge.fresh === "fresh" ? (
                      <Cell time={limitTime(gauge, name, { rise, alarms: own, now: now.peek() })} />
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
