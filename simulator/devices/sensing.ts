import type { Value } from "../../shared/reading.ts";
import type { Metric, NumberMetric, Service } from "../../shared/service.ts";
import type { Sensing } from "../model.ts";
import { normal, type Rng } from "../random.ts";
import { decimal } from "./decimal.ts";

/** The inside of `m` and `q` of one reading, without braces; `q` is empty when all is good. */
export interface Measured {
  m: string;
  q: string;
}
/** What is wrong with the sensor: its value as it would have been sent, and as it is; undefined = it is not sent. */
export type BendValue = (metric: string, value: Value) => Value | undefined;
export type Measure = (truth: Readonly<Record<string, Value | undefined>>, rng: Rng, bend?: BendValue) => Measured;

/** One metric's way to the wire: appends to `out`, or leaves it as it is when there is nothing to say. */
type Channel = (value: Value, rng: Rng, out: Measured, bend: BendValue | undefined) => void;

/** Turns what is true into what a sensor of this kind sends: noise, quantising, the contract's range. */
export function createMeasure(service: Service, kind: string, sensing: Readonly<Record<string, Sensing | undefined>>): Measure {
  const names = service.kinds[kind]?.metrics ?? [];
  const channels: [string, Channel][] = [];
  for (const name of names) {
    const metric = service.metrics[name];
    if (metric !== undefined) channels.push([name, createChannel(name, metric, sensing[name] ?? {})]);
  }
  return (truth, rng, bend) => {
    const out = { m: "", q: "" };
    for (const [name, channel] of channels) {
      const value = truth[name];
      if (value !== undefined) channel(value, rng, out, bend);
    }
    return out;
  };
}

function createChannel(name: string, metric: Metric, sensing: Sensing): Channel {
  const key = `"${name}":`;
  const append = (out: Measured, text: string): void => {
    out.m += out.m === "" ? key + text : `,${key}${text}`;
  };
  if (metric.kind === "number") return numberChannel(name, metric, sensing, append);
  const text = textOf(metric);
  return (value, _rng, out, bend) => {
    const said = bend === undefined ? value : bend(name, value);
    const written = said === undefined ? undefined : text(said);
    if (written !== undefined) append(out, written);
  };
}

/** As JSON; undefined = the metric has no such value. */
function textOf(metric: Exclude<Metric, NumberMetric>): (value: Value) => string | undefined {
  if (metric.kind === "flag") return (value) => (typeof value === "boolean" ? String(value) : undefined);
  if (metric.kind === "state") return (value) => (typeof value === "string" && metric.words.includes(value) ? `"${value}"` : undefined);
  return (value) => (Array.isArray(value) ? `[${value.map((degrees) => decimal(Math.round(degrees * 1e6), 6)).join(",")}]` : undefined);
}

function numberChannel(name: string, metric: NumberMetric, sensing: Sensing, append: (out: Measured, text: string) => void): Channel {
  const { sd = 0, relative = 0, step } = sensing;
  const { precision } = metric;
  const scale = Number(`1e${precision}`);
  const low = Math.ceil(metric.min * scale);
  const high = Math.floor(metric.max * scale);
  const noisy = sd > 0 || relative > 0;
  const quantum = step ?? 1 / scale;
  const within = (steps: number): number => Math.min(high, Math.max(low, steps));
  const bentSteps = (value: Value | undefined): number | undefined => (typeof value === "number" ? within(Math.round(value * scale)) : undefined);
  return (value, rng, out, bend) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return;
    // The two noises are independent, so their variances add.
    const sensed = noisy ? value + normal(rng) * Math.sqrt(sd * sd + relative * relative * value * value) : value;
    const n = step === undefined ? Math.round(sensed * scale) : Math.round(Math.round(sensed / quantum) * quantum * scale);
    const sent = within(n);
    const bent = bend === undefined ? sent : bentSteps(bend(name, sent / scale));
    if (bent === undefined) return;
    append(out, decimal(bent, precision));
    // a broken sensor does not know that it is: what it makes up has no quality
    if (bent !== sent) return;
    // Saturated is what the place exceeds, not what noise pushes over the edge of the range.
    if (value < metric.min || value > metric.max) out.q += `${out.q === "" ? "" : ","}"${name}":"sat"`;
  };
}
