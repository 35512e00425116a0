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
export type Measure = (truth: Readonly<Record<string, Value | undefined>>, rng: Rng) => Measured;

/** One metric's way to the wire: appends to `out`, or leaves it as it is when there is nothing to say. */
type Channel = (value: Value, rng: Rng, out: Measured) => void;

/** Turns what is true into what a sensor of this kind sends: noise, quantising, the contract's range. */
export function createMeasure(service: Service, kind: string, sensing: Readonly<Record<string, Sensing | undefined>>): Measure {
  const names = service.kinds[kind]?.metrics ?? [];
  const channels: [string, Channel][] = [];
  for (const name of names) {
    const metric = service.metrics[name];
    if (metric !== undefined) channels.push([name, createChannel(name, metric, sensing[name] ?? {})]);
  }
  return (truth, rng) => {
    const out = { m: "", q: "" };
    for (const [name, channel] of channels) {
      const value = truth[name];
      if (value !== undefined) channel(value, rng, out);
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
  if (metric.kind === "flag")
    return (value, _rng, out) => {
      if (typeof value === "boolean") append(out, value ? "true" : "false");
    };
  if (metric.kind === "state")
    return (value, _rng, out) => {
      if (typeof value === "string" && metric.words.includes(value)) append(out, `"${value}"`);
    };
  return (value, _rng, out) => {
    if (Array.isArray(value)) append(out, `[${value.map((degrees) => decimal(Math.round(degrees * 1e6), 6)).join(",")}]`);
  };
}

function numberChannel(name: string, metric: NumberMetric, sensing: Sensing, append: (out: Measured, text: string) => void): Channel {
  const { sd = 0, relative = 0, step } = sensing;
  const { precision } = metric;
  const scale = Number(`1e${precision}`);
  const low = Math.ceil(metric.min * scale);
  const high = Math.floor(metric.max * scale);
  const noisy = sd > 0 || relative > 0;
  const quantum = step ?? 1 / scale;
  return (value, rng, out) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return;
    // The two noises are independent, so their variances add.
    const sensed = noisy ? value + normal(rng) * Math.sqrt(sd * sd + relative * relative * value * value) : value;
    const n = step === undefined ? Math.round(sensed * scale) : Math.round(Math.round(sensed / quantum) * quantum * scale);
    append(out, decimal(Math.min(high, Math.max(low, n)), precision));
    // Saturated is what the place exceeds, not what noise pushes over the edge of the range.
    if (value < metric.min || value > metric.max) out.q += `${out.q === "" ? "" : ","}"${name}":"sat"`;
  };
}
