import type { ChronicleLine } from "../../../shared/city-port.ts";
import { extent, type ValueAxis, valueAxis } from "./axis.ts";
import { breaksOf, type Gap } from "./gaps.ts";
import { crossed, type Limit } from "./limits.ts";
import type { TrendColumns } from "./trend-buffer.ts";

/** The usual middle and its spread at one time; straight lines between. */
export interface BandPoint {
  readonly t: number;
  readonly low: number;
  readonly high: number;
}

export interface Hanging {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** Everything that is to be seen in one plot, ready to be drawn. */
export interface PlotPicture {
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly zone: string;
  readonly columns: TrendColumns;
  readonly gaps: readonly Gap[];
  /** Silence that is still going on: last value as an open circle, dotted to now. */
  readonly silence: Gap | undefined;
  /** The newest value itself: at the end of the line a bucket may stand for several. */
  readonly newest: number | undefined;
  readonly limits: readonly Limit[];
  readonly band: readonly BandPoint[];
  readonly events: readonly ChronicleLine[];
  /** Longest time that one reading's quality is drawn for, ms. */
  readonly reachMs: number;
  readonly unit: string;
  readonly precision: number;
  readonly range: readonly [number, number];
  /** Room for the quality and the event lane under the plot. */
  readonly lanes: boolean;
  /** Room for words right of the plot, where it is wide enough. */
  readonly gutter: boolean;
  /** Amounts that hang from the top on a scale of their own, as rain does over a level. */
  readonly hanging: readonly Hanging[];
  /** What is expected; the axes reach so far. */
  readonly ahead?: Ahead | undefined;
}

/** The course that is expected, from the newest value on; `low` and `high` where its spread is known. */
interface AheadPoint {
  readonly t: number;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}
/** A limit that is expected to be passed. */
export interface AheadMark {
  readonly t: number;
  readonly value: number;
  readonly title: string;
  readonly lines: readonly string[];
}
export interface Ahead {
  readonly course: readonly AheadPoint[];
  readonly mark: AheadMark | undefined;
}
/** Last instant that is drawn of it. */
export const aheadEnd = ({ course, mark }: Ahead): number => Math.max(course.at(-1)?.t ?? 0, mark?.t ?? 0);

/** What the plot says in words, in the language of the reader. */
export interface PlotWords {
  readonly gap: (ms: number) => string;
  readonly event: (line: ChronicleLine) => string;
  readonly limit: (limit: Limit) => string;
  readonly now: string;
  readonly quality: string;
  readonly events: string;
  /** Two lines in the gutter beside the band. */
  readonly usual: (band: BandPoint) => readonly [string, string];
  /** The newest value, while it is fresh. */
  readonly present: (value: number) => string;
  readonly last: (value: number, ageMs: number) => readonly [string, string];
}

/** One point for the line; NaN breaks it. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
}

/** The line: a bucket stands in its middle, but never behind the next point; every gap breaks it. */
export function linePoints(picture: Pick<PlotPicture, "columns" | "gaps" | "now">): LinePoint[] {
  const { t, mean, width } = picture.columns;
  const breaks = breaksOf(t, picture.gaps);
  const points: LinePoint[] = [];
  for (let at = 0; at < t.length; at++) {
    const here = t[at] ?? 0;
    const x = Math.max(here, Math.min(here + (width[at] ?? 0) / 2, t[at + 1] ?? picture.now));
    if (breaks.has(at)) points.push({ x: here, y: Number.NaN });
    points.push({ x, y: mean[at] ?? Number.NaN });
  }
  return points;
}

/** The axis holds the data, the usual band and the limits up to the next one that is not reached yet. */
export function axisOf(picture: PlotPicture): ValueAxis {
  const { columns, range, precision } = picture;
  let [low, high] = extent(columns.t, columns.min, columns.max, picture.from, picture.to);
  for (const band of picture.band) {
    low = Math.min(low, band.low);
    high = Math.max(high, band.high);
  }
  if (!Number.isFinite(high) && picture.limits.length > 0) {
    // Nothing was received: the limits are all that is known of where values lie.
    low = Math.max(0, range[0]);
    high = Math.max(...picture.limits.map((limit) => limit.value));
  }
  const next = picture.limits.find((limit) => limit.value > high) ?? crossed(picture.limits, high);
  if (next !== undefined && Number.isFinite(high)) high = Math.max(high, next.value);
  if (picture.ahead !== undefined && Number.isFinite(high)) {
    const { course, mark } = picture.ahead;
    high = Math.max(high, mark?.value ?? high, ...course.map((point) => point.high ?? point.value));
    low = Math.min(low, ...course.map((point) => point.low ?? point.value));
  }
  return valueAxis(low, high, 20 * 10 ** -precision, range);
}

/** Index of the point nearest to `t`; -1 = there is none. */
export function nearest(times: readonly number[], t: number): number {
  let best = -1;
  for (let at = 0; at < times.length; at++) {
    const distance = Math.abs((times[at] ?? 0) - t);
    if (best < 0 || distance < Math.abs((times[best] ?? 0) - t)) best = at;
  }
  return best;
}
