import type { Figure, Service } from "../../shared/service.ts";
import type { Entry } from "../devices/registry.ts";
import type { RowPlan } from "./row-plan.ts";

/** A figure of a service's tile, by its place in the catalogue: the order of the live feed's figure cells. */
export interface FigureSlot {
  readonly service: string;
  readonly figure: Figure;
  readonly counts: (value: number) => boolean;
}

export const figureSlots = (services: readonly Service[]): readonly FigureSlot[] =>
  services.flatMap((service) => service.panel.figures.map((figure) => ({ service: service.id, figure, counts: countsOf(figure, service) })));

/** What `count` and `share` count: numbers at or above a limit, states among words, flags that are on. Values are as in the live feed. */
function countsOf(figure: Figure, { metrics }: Service): (value: number) => boolean {
  const metric = metrics[figure.metric];
  if (metric?.kind !== "state") return (value) => value >= (figure.atLeast ?? 1);
  const codes = new Set((figure.words ?? []).map((word) => metric.words.indexOf(word)));
  return (value) => codes.has(value);
}

interface Contributor {
  readonly slot: number;
  /** Of the metric among the device's cells. */
  readonly offset: number;
  readonly counts: (value: number) => boolean;
}

/** Figures that a device of this kind has a part in, looked up by the plan of its kind. */
export function createContributors(slots: readonly FigureSlot[]): (entry: Entry) => readonly Contributor[] {
  const known = new Map<RowPlan, readonly Contributor[]>();
  return (entry) => {
    const made = known.get(entry.plan);
    if (made !== undefined) return made;
    const contributors = slots.flatMap(({ service, figure, counts }, slot): Contributor[] => {
      const place = entry.plan.metrics.get(figure.metric);
      return service !== entry.service || figure.kind !== entry.kind || place === undefined ? [] : [{ slot, offset: place.offset, counts }];
    });
    known.set(entry.plan, contributors);
    return contributors;
  };
}

/** What the devices that were fresh in one minute add up to. */
export interface Sums {
  n: number;
  sum: number;
  hits: number;
  min: number;
  max: number;
}
/** One number over all devices that were fresh; null when none was. Rounded, so that the order of adding does not show. */
export function reduced({ reduce, factor = 1 }: Figure, { n, sum: added, hits, min, max }: Sums): number | null {
  if (n === 0) return null;
  const sum = Math.round(added * 1e6) / 1e6;
  const result = { mean: sum / n, sum, max, min, count: hits, share: hits / n }[reduce] * factor;
  return Math.round(result * 10_000) / 10_000;
}
