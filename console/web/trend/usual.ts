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

/**
 * The figure whose usual range says something about a single device: a mean over all devices of its kind. Sums and worst cases say nothing
 * about one of them. It is the design profile of the mean, no history of this device.
 */
export const meanFigure = (figures: readonly Figure[], kind: string, metric: string): Figure | undefined =>
  figures.find((figure) => figure.kind === kind && figure.metric === metric && figure.reduce === "mean" && figure.perDevice !== true);

/** The band of such a figure in the metric's own unit, times what the screen shows it by. */
export function deviceBand(
  figure: Figure | undefined,
  span: { readonly from: number; readonly to: number; readonly zone: string },
  factor: number,
): readonly BandPoint[] {
  if (figure === undefined) return [];
  const scale = factor / (figure.factor ?? 1);
  return usualBand(figure, { ...span, devices: 1 }).map(({ t, low, high }) => ({ t, low: low * scale, high: high * scale }));
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
