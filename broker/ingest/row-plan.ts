import { derive } from "../../shared/derive.ts";
import type { Value } from "../../shared/reading.ts";
import type { Service } from "../../shared/service.ts";
import { columnsOf } from "../store/columns-of.ts";

/** Where each metric of a kind goes: its store column, its live cell (offset from the device's first), its quality bits. */
export interface MetricPlace {
  readonly column: number;
  readonly offset: number;
  readonly bit: number;
  readonly codes: ReadonlyMap<string, number> | undefined;
  readonly min: number;
  readonly max: number;
  /** Decimals. */
  readonly precision: number;
}
export interface RowPlan {
  readonly metrics: ReadonlyMap<string, MetricPlace>;
  readonly derived: Service["derived"];
}

const plans = new WeakMap<Service, Map<string, RowPlan>>();

/** The plan of a kind of device, made once. */
export function planOf(contract: Service, kind: string): RowPlan {
  const made = plans.get(contract) ?? new Map<string, RowPlan>();
  plans.set(contract, made);
  const known = made.get(kind);
  if (known !== undefined) return known;
  const plan = makePlan(contract, kind);
  made.set(kind, plan);
  return plan;
}

function makePlan(contract: Service, kind: string): RowPlan {
  const columns = columnsOf(contract);
  const names = Object.keys(contract.metrics);
  const metrics = new Map<string, MetricPlace>();
  let offset = 1;
  for (const name of contract.kinds[kind]?.metrics ?? []) {
    const metric = contract.metrics[name];
    if (metric === undefined) continue;
    const column = columns.findIndex((candidate) => candidate.metric === name);
    const codes = metric.kind === "state" ? new Map(metric.words.map((word, code) => [word, code])) : undefined;
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, precision = 9 } = metric.kind === "number" ? metric : {};
    metrics.set(name, { column, offset, bit: names.indexOf(name), codes, min, max, precision });
    offset += metric.kind === "position" ? 2 : 1;
  }
  return { metrics, derived: contract.derived.filter(({ metric }) => metrics.has(metric)) };
}

const rounded = (value: number, precision: number): number => {
  const scale = 10 ** precision;
  return Math.round(value * scale) / scale;
};

export type Write = (column: number, offset: number, value: number) => void;

/** Derived metrics go where those that came go. */
export function fillDerived(
  plan: RowPlan,
  m: Readonly<Record<string, Value>>,
  constants: Readonly<Record<string, number>>,
  write: Write,
): Record<string, number> | undefined {
  let filled: Record<string, number> | undefined;
  for (const derived of plan.derived) {
    const place = plan.metrics.get(derived.metric);
    const exact = place && derive(derived, m, constants);
    if (place === undefined || exact === undefined || !(exact >= place.min && exact <= place.max)) continue;
    const value = rounded(exact, place.precision);
    write(place.column, place.offset, value);
    filled ??= {};
    filled[derived.metric] = value;
  }
  return filled;
}
