import type { DeviceRow } from "../../../../../../shared/city-port.ts";
import { siteOf } from "../../../device/neighbours.ts";

export const sides = [
  { end: "n", label: { ko: "북측", en: "North" } },
  { end: "e", label: { ko: "동측", en: "East" } },
  { end: "s", label: { ko: "남측", en: "South" } },
  { end: "w", label: { ko: "서측", en: "West" } },
] as const;
export type Side = (typeof sides)[number]["end"];

export interface Crossing {
  readonly id: string;
  readonly district: string;
  readonly approaches: ReadonlyMap<Side, DeviceRow>;
  readonly signal: DeviceRow | undefined;
}

/** An intersection is what its detectors and its controller have in common: the begin of their ids. */
export function crossingsOf(rows: readonly DeviceRow[]): readonly Crossing[] {
  const sites = new Map<string, { district: string; approaches: Map<Side, DeviceRow> }>();
  for (const row of rows) {
    const side = sides.find(({ end }) => row.id.endsWith(`-${end}`));
    if (row.kind !== "approach" || side === undefined) continue;
    const site = sites.get(siteOf(row.id)) ?? { district: row.district, approaches: new Map<Side, DeviceRow>() };
    sites.set(siteOf(row.id), site);
    site.approaches.set(side.end, row);
  }
  const signals = new Map(rows.filter((row) => row.kind === "signal").map((row) => [siteOf(row.id), row]));
  return [...sites].map(([id, site]) => ({ id, ...site, signal: signals.get(id) })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export type CrossingSort = "id" | "district" | "plan" | "worst" | Side;
export interface CrossingFigures {
  /** Queued vehicles per side; absent = no such approach, NaN = not known. */
  readonly queues: ReadonlyMap<Side, number>;
  readonly plan: string;
  readonly district: string;
}

const longest = (figures: CrossingFigures): number => Math.max(-1, ...[...figures.queues.values()].filter((queue) => Number.isFinite(queue)));

/** Order of the list; equal ones stay in the order of their ids, so that nothing jumps. */
export function orderCrossings(
  crossings: readonly Crossing[],
  of: (crossing: Crossing) => CrossingFigures,
  sort: CrossingSort,
  isDown: boolean,
): readonly Crossing[] {
  const key = (crossing: Crossing): number | string => {
    const figures = of(crossing);
    if (sort === "id") return crossing.id;
    if (sort === "district") return figures.district;
    if (sort === "plan") return figures.plan;
    if (sort === "worst") return longest(figures);
    const queue = figures.queues.get(sort);
    return queue === undefined || Number.isNaN(queue) ? -1 : queue;
  };
  const sign = isDown ? -1 : 1;
  const keyed = crossings.map((crossing) => ({ crossing, key: key(crossing) }));
  keyed.sort((a, b) => {
    if (a.key === b.key) return a.crossing.id < b.crossing.id ? -1 : 1;
    return sign * (typeof a.key === "string" && typeof b.key === "string" ? a.key.localeCompare(b.key) : a.key < b.key ? -1 : 1);
  });
  return keyed.map(({ crossing }) => crossing);
}
