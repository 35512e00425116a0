/** Writes instants as ISO 8601 with the zone's offset at that instant, e.g. `2026-11-24T18:00:00+09:00`; whole seconds. */
export function isoIn(timeZone: string): (t: number) => string {
  const fields = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", timeZoneName: "longOffset", ...fields });
  return (t) => {
    const parts = Object.fromEntries(format.formatToParts(t).map(({ type, value }) => [type, value]));
    const { year, month, day, hour, minute, second, timeZoneName = "" } = parts;
    const offset = timeZoneName.slice("GMT".length) || "+00:00";
    return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
  };
}
