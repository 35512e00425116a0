import type { Alarm } from "../../../../../../shared/alarm.ts";
import type { Limit } from "../../../../trend/limits.ts";
import type { Gauge } from "./gauges.ts";
import { type LevelForecast, passing } from "./level-forecast.ts";

/** Limits that have an alarm; what is of interest only has no column. */
const named = ["caution", "alert", "serious"] as const;
export const shownLimits = (gauges: readonly Gauge[]): readonly Limit[] =>
  named.flatMap((name) => gauges.flatMap(({ limits }) => limits.filter((limit) => limit.name === name)).slice(0, 1));

const minuteMs = 60_000;
/** Two figures of one limit, rounded on the way, m. */
const near = 0.005;

/** What a standing forecast of the alarm rules expects: a level, and when. */
export interface Standing {
  readonly t: number;
  readonly value: number;
}
/** Undefined = none stands. */
export function forecastOf(gauge: string, alarms: readonly Alarm[]): Standing | undefined {
  const found = alarms.find(({ rule, device, active }) => rule === "stream/rising" && device === gauge && active);
  return found?.respondBy == null || typeof found.limit !== "number" ? undefined : { t: found.respondBy, value: found.limit };
}

/** All that says how soon a gauge passes a limit; card, table and chart ask the same. */
export interface Outlook {
  readonly forecast: LevelForecast | undefined;
  readonly standing: Standing | undefined;
  /** Of the gauge's own clock. */
  readonly now: number;
}

/** When the water will be at a limit above it, and who says so: the sooner of both. A rule that expects a higher level by then expects this one, too. */
export function passes(limit: number, { forecast, standing, now }: Outlook): { readonly t: number; readonly by: "rule" | "slope" } | undefined {
  const minutes = forecast === undefined ? undefined : passing(forecast, limit).minutes;
  const newest = forecast?.points[0]?.t;
  const bySlope = newest === undefined || minutes === undefined ? undefined : newest + minutes * minuteMs;
  // A forecast whose time has passed without the water coming says nothing of the present.
  const byRule = standing !== undefined && standing.t > now && standing.value >= limit - near ? standing.t : undefined;
  if (byRule !== undefined && (bySlope === undefined || byRule <= bySlope)) return { t: byRule, by: "rule" };
  // the newest reading is behind the present: what it says should have come by now comes at any moment
  return bySlope === undefined ? undefined : { t: Math.max(bySlope, now), by: "slope" };
}

/** The next limit above the level, how much is missing, and how long that will take, where it will come at all. */
export function nextLimit({ limits, level }: Pick<Gauge, "limits" | "level">, outlook: Outlook) {
  const limit = limits.find((candidate) => candidate.value > level);
  if (limit === undefined || !Number.isFinite(level)) return undefined;
  const found = passes(limit.value, outlook);
  return { limit, missing: limit.value - level, ms: found === undefined ? undefined : found.t - outlook.now };
}

export type LimitTime =
  | { readonly kind: "beyond"; readonly alarm: Alarm | undefined }
  | { readonly kind: "rule" | "slope"; readonly ms: number }
  /** Rising, but not there within the hour that a forecast reaches. */
  | { readonly kind: "later" }
  | { readonly kind: "none" };

/** How a gauge stands to one of its limits. @param alarms of this gauge. */
export function limitTime({ limits, level }: Pick<Gauge, "limits" | "level">, name: string, outlook: Outlook, alarms: readonly Alarm[]): LimitTime {
  const limit = limits.find((one) => one.name === name);
  if (limit === undefined || !Number.isFinite(level)) return { kind: "none" };
  if (level >= limit.value) return { kind: "beyond", alarm: alarms.find(({ rule, active }) => rule === "stream/level" && active) };
  const found = passes(limit.value, outlook);
  if (found !== undefined) return { kind: found.by, ms: found.t - outlook.now };
  return { kind: outlook.forecast?.way === "rising" ? "later" : "none" };
}
