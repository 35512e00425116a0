import type { Figure } from "../../../shared/service.ts";
import { dayStart, zoneOffset } from "./axis.ts";
import type { BandPoint } from "./plot-picture.ts";

const hour = 3_600_000;

/** Design band of a figure at one time: the middle of the hour holds at its half, straight lines between halves; weekends have their own. */
export function usualAt(figure: Figure, t: number, zone: string, devices: number): BandPoint {
  const at = t - hour / 2;
  const before = Math.floor((t + zoneOffset(t, zone) - hour / 2) / hour) * hour;
  const share = (at + zoneOffset(t, zone) - before) / hour;
  const middle = (1 - share) * middleOf(figure, before) + share * middleOf(figure, before + hour);
  const scale = figure.perDevice === true ? devices : 1;
  return { t, low: Math.max(0, middle * (1 - figure.usual.spread)) * scale, high: middle * (1 + figure.usual.spread) * scale };
}

/** `local` is zone time as if it were UTC. */
function middleOf({ usual }: Figure, local: number): number {
  const date = new Date(local);
  const day = date.getUTCDay() % 6 === 0 ? usual.weekend : usual.weekday;
  return day[date.getUTCHours()] ?? 0;
}

/** The band over a time, one point per half hour. */
export function usualBand(
  figure: Figure,
  span: { readonly from: number; readonly to: number; readonly zone: string; readonly devices: number },
): readonly BandPoint[] {
  const points: BandPoint[] = [usualAt(figure, span.from, span.zone, span.devices)];
  for (let t = dayStart(span.from, span.zone); t < span.to; t += hour / 2)
    if (t > span.from) points.push(usualAt(figure, t, span.zone, span.devices));
  return [...points, usualAt(figure, span.to, span.zone, span.devices)];
}
