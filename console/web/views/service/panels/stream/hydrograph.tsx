import { useMemo } from "preact/hooks";
import type { ChronicleLine, Series } from "../../../../../../shared/city-port.ts";
import type { Service } from "../../../../../../shared/service.ts";
import { alarms } from "../../../../live/desk.ts";
import { cell, lang, say } from "../../../../live/room.ts";
import { zone } from "../../../../live/state.ts";
import { TrendChart } from "../../../../trend/trend-chart.tsx";
import { figureText } from "../../../../trend/words.ts";
import { handOf, heardUpTo } from "../../../device/readings.ts";
import { aheadOf, fanLegend } from "./forecast-words.ts";
import type { Gauge } from "./gauges.ts";
import type { LevelForecast } from "./level-forecast.ts";
import { forecastOf } from "./limit-time.ts";

const minute = 60_000;
const hour = 60 * minute;
const shownMs = 4 * hour;
const none: readonly ChronicleLine[] = [];

/** What is drawn right of now. */
function useAhead({ row, level, limits }: Gauge, forecast: LevelForecast | undefined) {
  const standing = forecastOf(row.id, [...alarms.value.values()]);
  const own = handOf(row);
  return useMemo(
    () => aheadOf({ forecast, standing, now: own }, { limits, zone: zone.value, say }),
    // Times in the mark are told to the minute.
    [forecast, standing?.t, standing?.value, Math.floor(own / minute), lang.value, level],
  );
}

interface HydrographProps {
  readonly gauge: Gauge;
  readonly service: Service;
  readonly rain: Series | undefined;
  readonly forecast: LevelForecast | undefined;
}

/** Level and rain of one gauge over some hours, and what is expected of the next one. */
export function Hydrograph({ gauge, service, rain, forecast }: HydrographProps) {
  const { row, limits } = gauge;
  const contract = service.metrics.level;
  const ahead = useAhead(gauge, forecast);
  const clocks = useMemo(() => ({ now: () => handOf(row), heard: () => heardUpTo(row) }), [row.id, row.timeline]);
  const words = useMemo(() => () => "", []);
  const hanging = useMemo(
    () => (rain?.points ?? []).map((point) => ({ from: point.t, to: point.t + (rain?.step ?? minute), value: point.mean })),
    [rain],
  );
  if (contract?.kind !== "number") return null;
  return (
    <section class="g-hydro" aria-labelledby="g-hydro">
      <header class="s-head">
        <h2 id="g-hydro">
          <a href={`#/device/${row.id}`}>{say(row.name)}</a>
        </h2>
        <span>
          {say({
            ko: `수위 m, 위에서 비 mm/h · 영점 EL ${figureText(gauge.datum, 2)} m · 4시간과 앞으로 1시간`,
            en: `level m, rain mm/h from above · zero EL ${figureText(gauge.datum, 2)} m · 4 h and the next one`,
          })}
        </span>
        <span class="s-end">
          {Number.isFinite(gauge.rain) ? say({ ko: `비 ${figureText(gauge.rain, 1)} mm/h`, en: `rain ${figureText(gauge.rain, 1)} mm/h` }) : ""}
        </span>
      </header>
      <TrendChart
        key={row.id}
        row={row}
        metric="level"
        contract={contract}
        limits={limits}
        events={none}
        eventText={words}
        rangeMs={shownMs}
        now={clocks.now}
        heard={clocks.heard}
        live={() => ({ t: cell(row.cell), code: gauge.level })}
        lanes={false}
        gutter={false}
        hanging={hanging}
        ahead={ahead}
      />
      <p class="g-fan">
        {forecast === undefined
          ? say({ ko: "예측 없음: 최근 12분의 수위가 모자랍니다.", en: "No forecast: too few levels within the last 12 min." })
          : say(fanLegend(forecast))}
        {ahead?.mark === undefined ? null : <span class="unseen"> {[ahead.mark.title, ...ahead.mark.lines].join(" · ")}</span>}
      </p>
    </section>
  );
}
