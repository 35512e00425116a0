import type { DeviceRow } from "../../../../shared/city-port.ts";
import type { Figure, Service } from "../../../../shared/service.ts";
import { type Range, usualAt } from "../../widgets/figures.ts";

const minuteMs = 60_000;
const stepMs = 10 * minuteMs;
export const aheadMs = 6 * 60 * minuteMs;

/** What the design profile says of one figure for the next hours. It is the contract's profile, no forecast. */
export interface Outlook {
  readonly service: Service;
  readonly figure: Figure;
  readonly points: readonly { readonly at: number; readonly range: Range }[];
  readonly peak: { readonly at: number; readonly value: number };
}

const middle = ({ low, high }: Range): number => (low + high) / 2;

/** One figure per service, the one that its tile draws; figures without a rhythm have nothing to say about what comes. */
export function outlooksOf(services: readonly Service[], rows: readonly DeviceRow[], now: number, zone: string): readonly Outlook[] {
  return services.flatMap((service) => {
    const figure = service.panel.figures.find(({ id }) => id === service.panel.trend);
    if (!figure || new Set([...figure.usual.weekday, ...figure.usual.weekend]).size === 1) return [];
    const points = [];
    const own = rows.filter((row) => row.service === service.id);
    for (let at = now; at <= now + aheadMs; at += stepMs) points.push({ at, range: usualAt(figure, at, zone, own) });
    const first = points[0];
    if (!first || !Number.isFinite(middle(first.range))) return [];
    const highest = points.reduce((best, point) => (middle(point.range) > middle(best.range) ? point : best), first);
    return [{ service, figure, points, peak: { at: highest.at, value: middle(highest.range) } }];
  });
}
