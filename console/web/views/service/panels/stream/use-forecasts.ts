import { useMemo } from "preact/hooks";
import type { Series } from "../../../../../../shared/city-port.ts";
import { now } from "../../../../live/room.ts";
import { usePace } from "../../../../trend/use-pace.ts";
import { useSeries } from "../use-series.ts";
import type { Gauge } from "./gauges.ts";
import { checkedMs, type LevelForecast, levelForecast, samplesOf } from "./level-forecast.ts";

const minute = 60_000;
const hand = () => now.peek();

/** The last hours at every gauge, a point a minute as they report, and the next hour of those that are fresh: made anew with every minute. */
export function useForecasts(gauges: readonly Gauge[]): {
  readonly span: { readonly from: number; readonly to: number };
  readonly levels: ReadonlyMap<string, Series>;
  readonly forecasts: ReadonlyMap<string, LevelForecast>;
} {
  const to = usePace(hand, minute, 5000) + minute;
  const span = { from: to - checkedMs, to };
  const ids = gauges.map(({ row }) => row.id);
  const levels = useSeries(ids, { ...span, metric: "level", points: checkedMs / minute });
  const fresh = gauges.filter((gauge) => gauge.fresh === "fresh").map(({ row }) => row.id);
  const forecasts = useMemo(
    () =>
      new Map(
        fresh.flatMap((id) => {
          const forecast = levelForecast(samplesOf(levels.get(id)));
          return forecast === undefined ? [] : [[id, forecast] as const];
        }),
      ),
    [levels, fresh.join(" ")],
  );
  return { span, levels, forecasts };
}
