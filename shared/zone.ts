/** The city's. */
export const zone = "Asia/Seoul";

/** Local time minus UTC, ms. Korea has no summer time, so one look at the zone database holds for every instant that anybody speaks of. */
export const zoneOffsetMs: number = offsetOf(zone);

function offsetOf(timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(Date.UTC(2026, 0, 1));
  const [, sign = "+", hours = "0", minutes = "0"] =
    /GMT([+-])(\d+):(\d+)/.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** ISO 8601 of the city's own day and hour, without an offset. */
export const localIso = (t: number): string => new Date(t + zoneOffsetMs).toISOString().slice(0, -1);
