import type { FigureSeries } from "../../../shared/city-port.ts";

const minuteMs = 60_000;
/** 60 minutes and the one that is under way. */
const kept = 61;

/** One figure's last hour, a value per city minute; `null` = no fresh device in that minute. */
export interface FigureHour {
  readonly t: readonly number[];
  readonly v: readonly (number | null)[];
}

export const hourOf = (series: FigureSeries): FigureHour => ({ t: series.t.slice(-kept), v: series.v.slice(-kept) });

/** The last minute of which any of them tells; none tells of any: long ago. */
export const newestMinute = (hours: readonly FigureHour[]): number =>
  Math.max(Number.NEGATIVE_INFINITY, ...hours.map(({ t }) => t.at(-1) ?? Number.NEGATIVE_INFINITY));

/** Takes the present value into its minute; a minute that nobody told about stays a hole. */
export function withPresent(hour: FigureHour, now: number, value: number): FigureHour {
  const minute = Math.floor(now / minuteMs) * minuteMs;
  const last = hour.t.at(-1);
  const present = Number.isFinite(value) ? value : null;
  if (last !== undefined && minute < last) return hour;
  if (last === minute) return hour.v.at(-1) === present ? hour : { t: hour.t, v: [...hour.v.slice(0, -1), present] };
  return { t: [...hour.t, minute].slice(-kept), v: [...hour.v, present].slice(-kept) };
}
