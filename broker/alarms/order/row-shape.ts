import type { Value } from "../../../shared/reading.ts";
import type { Service } from "../../../shared/service.ts";

type Values = Readonly<Record<string, Value>>;
type Kind = "number" | "flag" | "state" | "position";

/** A metric of a kind of device: its bit in a row's mask, and its place among the row's numbers. Plain data: a checkpoint says with it what its rows mean. */
export interface RowMetric {
  readonly name: string;
  readonly kind: Kind;
  readonly bit: number;
  readonly offset: number;
  /** Of a state: what its number stands for. */
  readonly words: readonly string[];
}
/**
 * The measured values of a kind of device as numbers side by side: a flag is 0 or 1, a state the place of its word, a position two numbers, and what was not
 * measured NaN. Hundreds of thousands of readings wait for the mark: as rows of numbers they cost the garbage collector nothing.
 */
export interface RowShape {
  readonly metrics: readonly RowMetric[];
  /** Numbers of a row. */
  readonly width: number;
  /** Writes the values from `at` on; answers which there are, a bit a metric, or -1 when these values are no row: then they stay an object. */
  write(m: Values, into: Float64Array, at: number): number;
}

/** Bits of a mask that a small integer has. */
const mostMetrics = 30;
const shapes = new WeakMap<Service, Map<string, RowShape>>();

/** Of a kind of device, made once. */
export function rowShapeOf(contract: Service, kind: string): RowShape {
  const made = shapes.get(contract) ?? new Map<string, RowShape>();
  shapes.set(contract, made);
  const known = made.get(kind);
  if (known !== undefined) return known;
  const shape = makeShape(contract, kind);
  made.set(kind, shape);
  return shape;
}

/** Metrics of these values; -1: they are no row. */
export const maskOf = (shape: RowShape, m: Values): number => shape.write(m, new Float64Array(shape.width), 0);

function makeShape(contract: Service, kind: string): RowShape {
  const metrics: RowMetric[] = [];
  for (const name of contract.kinds[kind]?.metrics ?? []) {
    const metric = contract.metrics[name];
    if (metric === undefined || metrics.length === mostMetrics) continue;
    const words = metric.kind === "state" ? metric.words : [];
    metrics.push({ name, kind: metric.kind, bit: 1 << metrics.length, offset: widthOf(metrics), words });
  }
  const width = widthOf(metrics);
  return { metrics, width, write: writerOf(metrics, width) };
}
/** Numbers that these metrics take. */
export function widthOf(metrics: readonly RowMetric[]): number {
  const last = metrics.at(-1);
  return last === undefined ? 0 : last.offset + (last.kind === "position" ? 2 : 1);
}

function writerOf(metrics: readonly RowMetric[], width: number): RowShape["write"] {
  const byName = new Map(metrics.map((metric) => [metric.name, metric]));
  /** As the last one wrote them: devices of a kind name their metrics in one order. */
  const order: RowMetric[] = [];
  return (m, into, at) => {
    for (let k = 0; k < width; k++) into[at + k] = Number.NaN;
    let mask = 0;
    let next = 0;
    for (const name in m) {
      let metric = order[next];
      if (metric === undefined || metric.name !== name) {
        metric = byName.get(name);
        if (metric === undefined) return -1;
        order[next] = metric;
      }
      next += 1;
      const value = m[name];
      if (value === undefined) continue;
      if (!writeValue(metric, value, into, at + metric.offset)) return -1;
      mask |= metric.bit;
    }
    return mask;
  };
}

/** False: it is not what the contract says; then it is left to whoever looks at the object. */
function writeValue({ kind, words }: RowMetric, value: Value, into: Float64Array, at: number): boolean {
  if (typeof value === "number") {
    into[at] = value;
    return kind === "number" && !Number.isNaN(value);
  }
  if (typeof value === "boolean") {
    into[at] = Number(value);
    return kind === "flag";
  }
  if (typeof value === "string") {
    const code = words.indexOf(value);
    into[at] = code;
    return code >= 0;
  }
  into[at] = value[0];
  into[at + 1] = value[1];
  return kind === "position";
}

/** The values again as they were written, in the order of the contract. */
export function readRow(metrics: readonly RowMetric[], mask: number, from: Float64Array, at: number): Values {
  const m: Record<string, Value> = {};
  for (const { name, kind, bit, offset, words } of metrics) {
    if ((mask & bit) === 0) continue;
    const value = from[at + offset] ?? 0;
    if (kind === "number") m[name] = value;
    else if (kind === "flag") m[name] = value === 1;
    else if (kind === "state") m[name] = words[value] ?? "";
    else m[name] = [value, from[at + offset + 1] ?? 0];
  }
  return m;
}
