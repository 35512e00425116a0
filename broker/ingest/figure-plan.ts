import type { Figure, Service } from "../../shared/service.ts";
import type { Entry } from "../devices/registry.ts";
import { planOf } from "./row-plan.ts";

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

const known = new WeakMap<readonly FigureSlot[], Map<string, readonly Contributor[]>>();

/** Figures that a device of this kind has a part in. */
export function contributorsOf(entry: Entry, slots: readonly FigureSlot[]): readonly Contributor[] {
  const byKind = known.get(slots) ?? new Map<string, readonly Contributor[]>();
  known.set(slots, byKind);
  const key = `${entry.service}/${entry.kind}`;
  const made = byKind.get(key);
  if (made !== undefined) return made;
  const { metrics } = planOf(entry);
  const contributors = slots.flatMap(({ service, figure, counts }, slot): Contributor[] => {
    const place = metrics.get(figure.metric);
    return service !== entry.service || figure.kind !== entry.kind || place === undefined ? [] : [{ slot, offset: place.offset, counts }];
  });
  byKind.set(key, contributors);
  return contributors;
}

export interface Sums {
  readonly n: number;
  readonly sum: number;
  readonly hits: number;
  readonly min: number;
  readonly max: number;
}
/** One number over all devices that were fresh; null when none was. Rounded, so that the order of adding does not show. */
export function valueOf({ reduce, factor = 1 }: Figure, { n, sum, hits, min, max }: Sums): number | null {
  if (n === 0) return null;
  const result = { mean: sum / n, sum, max, min, count: hits, share: hits / n }[reduce] * factor;
  return Math.round(result * 10_000) / 10_000;
}
