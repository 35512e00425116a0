import type { LastAbove, SeriesPoint } from "../../../../../../shared/city-port.ts";
import type { Figure } from "../../../../../../shared/service.ts";

/** Homes count what they hear in windows of ten minutes. */
export const slotMs = 600_000;
export const slotsOfDay = 144;

/** Counts of the day in its 144 slots; undefined = nothing was received. A reading stands at the end of its window. */
export function slots(points: readonly SeriesPoint[], from: number): readonly (number | undefined)[] {
  const day: (number | undefined)[] = new Array<number | undefined>(slotsOfDay).fill(undefined);
  for (const { t, mean, n } of points) {
    const index = Math.floor((t - 1 - from) / slotMs);
    if (index >= 0 && index < day.length) day[index] = (day[index] ?? 0) + mean * n;
  }
  return day;
}

/** Since when a home has been quiet; where nothing moved for all of what was received, it is at least as long as that. */
export const quietSince = ({ last, first }: Pick<LastAbove, "last" | "first">): number => last ?? first;

/** The ridge of an ordinary day: the design profile's middle per hour, on the half hours. It is the mean over all homes, no one home's history. */
export function ridge(figure: Pick<Figure, "usual"> | undefined, isWeekend: boolean): readonly { readonly hour: number; readonly count: number }[] {
  if (figure === undefined) return [];
  const middles = isWeekend ? figure.usual.weekend : figure.usual.weekday;
  const at = (hour: number) => middles[(hour + 24) % 24] ?? 0;
  return [
    { hour: 0, count: (at(23) + at(0)) / 2 },
    ...Array.from({ length: 24 }, (_, hour) => ({ hour: hour + 0.5, count: at(hour) })),
    { hour: 24, count: (at(23) + at(0)) / 2 },
  ];
}

export interface Quiet {
  readonly id: string;
  /** Length of the silence in the home, ms; undefined = not known. */
  readonly ms: number | undefined;
  readonly away: boolean;
  readonly fresh: boolean;
}
/** The longest quiet home first; who is out or not heard stands after those who are at home, unknown ones last. */
export function byQuiet(a: Quiet, b: Quiet): number {
  const group = (quiet: Quiet) => (quiet.ms === undefined ? 3 : !quiet.fresh ? 1 : quiet.away ? 2 : 0);
  return group(a) - group(b) || (b.ms ?? 0) - (a.ms ?? 0) || (a.id < b.id ? -1 : 1);
}
