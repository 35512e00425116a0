import { localIso, zoneOffsetMs } from "../../shared/zone.ts";

/** The instant of a local time like `2026-07-14T18:00`; undefined when the calendar has no such day or hour. */
export function startOf(local: string): number | undefined {
  const t = Date.parse(`${local}:00Z`) - zoneOffsetMs;
  if (Number.isNaN(t)) return undefined;
  return localOf(t) === local ? t : undefined;
}
/** The other way round, to the minute. */
export const localOf = (t: number): string => localIso(t).slice(0, 16);
