/** The city's zone has no summer time: KST is UTC+9 all year. */
const offset = "+09:00";

/** The instant of a local time like `2026-07-14T18:00`; undefined when the calendar has no such day or hour. */
export function startOf(local: string): number | undefined {
  const t = Date.parse(`${local}:00${offset}`);
  if (Number.isNaN(t)) return undefined;
  return localOf(t) === local ? t : undefined;
}
/** The other way round, to the minute. */
export const localOf = (t: number): string => new Date(t + 9 * 3_600_000).toISOString().slice(0, 16);
