import type { Alarm } from "../../../../../../shared/alarm.ts";
import type { Limit } from "../../../../trend/limits.ts";
import type { Gauge } from "./gauges.ts";

/** Limits that have an alarm; what is of interest only has no column. */
const named = ["caution", "alert", "serious"] as const;
export const shownLimits = (gauges: readonly Gauge[]): readonly Limit[] =>
  named.flatMap((name) => gauges.flatMap(({ limits }) => limits.filter((limit) => limit.name === name)).slice(0, 1));

export type LimitTime =
  | { readonly kind: "beyond"; readonly alarm: Alarm | undefined }
  | { readonly kind: "forecast" | "rate"; readonly ms: number }
  | { readonly kind: "none" };

/** Slower than this is the noise of a radar, no rise: metres in ten minutes. */
const leastRise = 0.02;
/** A straight line says nothing about longer than this. */
const longestMs = 3 * 3_600_000;
const tenMinutes = 600_000;

export interface LimitAsk {
  /** Metres in ten minutes. */
  readonly rise: number | undefined;
  /** Of this gauge. */
  readonly alarms: readonly Alarm[];
  readonly now: number;
}

/** Which level a standing forecast expects at a gauge, and when; undefined = none stands. */
export function forecastOf(gauge: string, alarms: readonly Alarm[]): { readonly t: number; readonly value: number } | undefined {
  const found = alarms.find(({ rule, device, active }) => rule === "stream/rising" && device === gauge && active);
  return found?.respondBy == null || typeof found.limit !== "number" ? undefined : { t: found.respondBy, value: found.limit };
}

/** How a gauge stands to one of its limits. A forecast that stands (`rising`) says when its own limit will be passed, and only that one. */
export function limitTime({ limits, level }: Pick<Gauge, "limits" | "level">, name: string, { rise, alarms, now }: LimitAsk): LimitTime {
  const limit = limits.find((one) => one.name === name);
  if (limit === undefined || !Number.isFinite(level)) return { kind: "none" };
  if (level >= limit.value) return { kind: "beyond", alarm: alarms.find(({ rule, active }) => rule === "stream/level" && active) };
  const forecast = alarms.find(
    ({ rule, active, limit: of }) => rule === "stream/rising" && active && typeof of === "number" && Math.abs(of - limit.value) < 0.005,
  );
  // A forecast whose time has passed without the water coming says nothing of the present.
  const byForecast = forecast?.respondBy == null || forecast.respondBy <= now ? undefined : forecast.respondBy - now;
  const byRate = rise === undefined || rise < leastRise ? undefined : ((limit.value - level) / rise) * tenMinutes;
  if (byForecast !== undefined && (byRate === undefined || byForecast <= byRate)) return { kind: "forecast", ms: byForecast };
  return byRate === undefined || byRate > longestMs ? { kind: "none" } : { kind: "rate", ms: byRate };
}
