import { derive } from "../../shared/derive.ts";
import { type Quality, qualities, type Value } from "../../shared/reading.ts";
import type { Service } from "../../shared/service.ts";
import { columnsOf } from "../store/columns-of.ts";
import { harms, qualityOfHarm } from "../store/worst-quality.ts";

/** Where each metric of a kind goes: its store column, its live cell (offset from the device's first), its quality bits. */
interface MetricPlace {
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

const worst = (words: readonly Quality[]): Quality =>
  qualityOfHarm(Math.max(0, ...words.map((word) => harms[qualities.indexOf(word)] ?? 0))) ?? "good";

/** Metrics of a reading, and the quality of those that are not good. */
export interface Measured {
  readonly m: Readonly<Record<string, Value>>;
  readonly q: Readonly<Record<string, Quality>>;
}

/** Adds what the room computes from the reading, no better than what it is computed from; values that their own range does not allow stay away. */
export function withDerived(plan: RowPlan, measured: Measured, constants: Readonly<Record<string, number>>): Measured {
  if (plan.derived.length === 0) return measured;
  const m: Record<string, Value> = { ...measured.m };
  const q: Record<string, Quality> = { ...measured.q };
  for (const derived of plan.derived) {
    const place = plan.metrics.get(derived.metric);
    const exact = place && derive(derived, measured.m, constants);
    if (place === undefined || exact === undefined || !(exact >= place.min && exact <= place.max)) continue;
    m[derived.metric] = rounded(exact, place.precision);
    const doubt = worst(derived.from.map((name) => measured.q[name] ?? "good"));
    if (doubt !== "good") q[derived.metric] = doubt;
  }
  return { m, q };
}
