import type { Series } from "../../../../../../shared/city-port.ts";
import { alarmsByDevice } from "../../../../live/desk.ts";
import { say } from "../../../../live/room.ts";
import { crossed } from "../../../../trend/limits.ts";
import { durationText, figureText } from "../../../../trend/words.ts";
import { AlarmBadge } from "../../../alarms/alarm-badge.tsx";
import { mostUrgent } from "../../../alarms/order.ts";
import { ageOf, handOf } from "../../../device/readings.ts";
import type { Gauge } from "./gauges.ts";
import type { LevelForecast } from "./level-forecast.ts";
import { forecastOf, nextLimit } from "./limit-time.ts";
import { tendency } from "./tendency.ts";

const minute = 60_000;
const arrow = (rise: number): string => (rise > 0.005 ? "↑" : rise < -0.005 ? "↓" : "→");

function Missing({ gauge, forecast }: { readonly gauge: Gauge; readonly forecast: LevelForecast | undefined }) {
  const { row } = gauge;
  const next = nextLimit(gauge, { forecast, standing: forecastOf(row.id, alarmsByDevice.value.get(row.id) ?? []), now: handOf(row) });
  if (next === undefined) {
    const isOver = Number.isFinite(gauge.level) && crossed(gauge.limits, gauge.level) !== undefined;
    return <span class="g-low">{isOver ? <b>{say({ ko: "모든 기준 넘음", en: "above every limit" })}</b> : ""}</span>;
  }
  return (
    <span class="g-low">
      <span>{say({ ko: `${next.limit.label.ko}까지`, en: `to ${next.limit.label.en}` })}</span>
      <b>{next.ms === undefined ? `${figureText(next.missing, 2)} m` : say(durationText(Math.max(minute, next.ms)))}</b>
    </span>
  );
}

interface GaugeCardProps {
  readonly gauge: Gauge;
  readonly series: Series | undefined;
  readonly forecast: LevelForecast | undefined;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** One gauge: level, where it goes, and what is missing to its next limit. Chooses the gauge below. */
export function GaugeCard({ gauge, series, forecast, chosen, onChoose }: GaugeCardProps) {
  const { row, level, flow, fresh } = gauge;
  const rise = tendency(series?.points ?? []);
  const worst = mostUrgent(alarmsByDevice.value.get(row.id) ?? []);
  return (
    <button type="button" class={`g-card is-${fresh}`} aria-pressed={chosen} title={`${figureText(gauge.at, 1)} km`} onClick={onChoose}>
      <span class="g-top">
        {worst === undefined ? null : <AlarmBadge alarm={worst} size={18} />}
        <b>{say(row.name)}</b>
      </span>
      <span class="g-mid">
        <span class="g-level">
          <strong>{Number.isFinite(level) ? figureText(level, 2) : "—"}</strong>
          <small>m</small>
        </span>
        <span class="g-side">
          <small>{rise === undefined ? "" : `${arrow(rise)} ${figureText(Math.abs(rise), 2)} m`}</small>
          <small>{Number.isFinite(flow) ? `Q ${figureText(flow, flow < 100 ? 1 : 0)} m³/s` : ""}</small>
        </span>
      </span>
      {fresh === "fresh" ? (
        <Missing gauge={gauge} forecast={forecast} />
      ) : (
        <span class="g-low">
          {fresh === "never"
            ? say({ ko: "받은 적 없음", en: "never heard" })
            : say({ ko: `수신 지연 ${durationText(ageOf(row)).ko}`, en: `silent ${durationText(ageOf(row)).en}` })}
        </span>
      )}
    </button>
  );
}
