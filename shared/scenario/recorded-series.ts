import type { Value } from "../reading.ts";
import { ok, type Result, refuse } from "../result.ts";
import type { Metric } from "../service.ts";
import { instantOf } from "../timestamp.ts";

/** A recorded series: instants in epoch ms, rising; null = there was no value. */
export interface RecordedSeries {
  readonly t: readonly number[];
  readonly values: readonly (Value | null)[];
}
/** What is wrong with one line of the file, from 1. */
export interface LineFault {
  readonly line: number;
  readonly message: string;
}

/** Files beyond these are none. */
const largest = 50_000_000;
const missing = /^(?:|nan|null|na)$/i;

/** Rows of `timestamp,value`, with or without a first line of names, as values of this metric; or everything that is wrong with them. */
export function readRecordedSeries(file: string, metric: Metric): Result<RecordedSeries, readonly LineFault[]> {
  if (file.length > largest) return refuse([{ line: 1, message: `the file is larger than ${largest / 1_000_000} MB` }]);
  const [t, values, faults]: [number[], (Value | null)[], LineFault[]] = [[], [], []];
  file.split(/\r?\n/).forEach((raw, index) => {
    const row = raw.replace(/^\uFEFF/, "").trim();
    if (row === "") return;
    const [first = "", second = ""] = row.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    const at = instantOf(first);
    if (at === undefined && index === 0) return;
    const value = missing.test(second) ? ok(null) : cellOf(second, metric);
    const before = t.at(-1);
    if (at === undefined) faults.push({ line: index + 1, message: `"${first}" is not a time; write 2026-11-25T09:00:00Z or epoch milliseconds` });
    else if (before !== undefined && at <= before)
      faults.push({ line: index + 1, message: "its time is not after the one before; sort the rows by time" });
    if (!value.ok) faults.push({ line: index + 1, message: value.reason });
    if (at === undefined) return;
    t.push(at);
    values.push(value.ok ? value.value : null);
  });
  if (faults.length > 0) return refuse(faults);
  return values.some((value) => value !== null) ? ok({ t, values }) : refuse([{ line: 1, message: "there is no row of timestamp,value" }]);
}

function cellOf(text: string, metric: Metric): Result<Value> {
  if (metric.kind === "state") return metric.words.includes(text) ? ok(text) : refuse(`"${text}" is none of ${metric.words.join(", ")}`);
  if (metric.kind === "flag")
    return /^(?:true|1)$/i.test(text) ? ok(true) : /^(?:false|0)$/i.test(text) ? ok(false) : refuse(`"${text}" is neither true nor false`);
  if (metric.kind === "position") return refuse("a position cannot be recorded as timestamp,value");
  const value = Number(text);
  if (!Number.isFinite(value)) return refuse(`"${text}" is not a number`);
  return value < metric.min || value > metric.max ? refuse(`${text} is outside ${metric.min} to ${metric.max} ${metric.unit}`) : ok(value);
}

/** How a value between two rows is found: levels lie on the line between them, all else stays as it was. */
const isLevel = (metric: Metric): boolean => metric.kind === "number" && (metric.aggregate === "mean" || metric.aggregate === "max");

/** What the series says so many ms after its first row. null = nothing was measured; undefined = it has ended. */
export function seriesAt({ t, values }: RecordedSeries, metric: Metric, after: number, end: "hold" | "repeat" | "stop"): Value | null | undefined {
  const [first = 0, last = 0] = [t[0], t.at(-1)];
  // the last row lasts as long as the one before it
  const step = t.length < 2 ? 0 : last - (t[t.length - 2] ?? last);
  const whole = last - first + step;
  if (after > last - first && end === "stop" && after >= whole) return undefined;
  const at = first + (end === "repeat" && whole > 0 ? after % whole : Math.min(after, last - first));
  const index = newestBefore(t, at);
  const value = values[index];
  const next = values[index + 1];
  const [from, to] = [t[index], t[index + 1]];
  if (value === undefined || value === null || next === undefined || from === undefined || to === undefined || !isLevel(metric)) return value ?? null;
  if (at === from) return value;
  return typeof value === "number" && typeof next === "number" ? value + ((next - value) * (at - from)) / (to - from) : null;
}

function newestBefore(t: readonly number[], at: number): number {
  let [low, high] = [0, t.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((t[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
