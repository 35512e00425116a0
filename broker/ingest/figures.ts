import type { FigureSeries } from "../../shared/city-port.ts";
import type { Figure, Service } from "../../shared/service.ts";

const minuteMs = 60_000;
/** A day of minutes, and an hour on top. */
const keptMinutes = 25 * 60;

/** Per service: one column of minutes, one column of values per figure. Plain data. */
export interface FigureHistory {
  t: number[];
  v: Record<string, (number | null)[]>;
}

/** Devices of a kind as the figures see them: `value` NaN = never, `fresh` false = stale. */
export interface Seen {
  readonly kind: string;
  fresh(now: number): boolean;
  value(metric: string): number;
}

/** One number over all fresh devices of the figure's kind; null when none is fresh. Flags are 0 / 1, states word codes. */
export function reduceFigure(figure: Figure, service: Service, devices: readonly Seen[], now: number): number | null {
  const metric = service.metrics[figure.metric];
  const codes = metric?.kind === "state" ? (figure.words ?? []).map((word) => metric.words.indexOf(word)) : undefined;
  const counts = (value: number): boolean => (codes ? codes.includes(value) : value >= (figure.atLeast ?? 1));
  let n = 0;
  let sum = 0;
  let hits = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const device of devices) {
    if (device.kind !== figure.kind || !device.fresh(now)) continue;
    const value = device.value(figure.metric);
    if (Number.isNaN(value)) continue;
    n += 1;
    sum += value;
    if (counts(value)) hits += 1;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (n === 0) return null;
  const result = { mean: sum / n, sum, max: most, min: least, count: hits, share: hits / n }[figure.reduce] * (figure.factor ?? 1);
  return Math.round(result * 10_000) / 10_000;
}

export interface Figures {
  /** Computes every whole minute in (last, mark]; calls `set` with the newest values. */
  advance(mark: number, devices: (service: string) => readonly Seen[], set: (service: string, figure: string, value: number | null) => void): void;
  series(service: string, from: number, to: number): readonly FigureSeries[];
  state(): Record<string, FigureHistory>;
  restore(state: Record<string, FigureHistory>): void;
}

export function createFigures(services: readonly Service[]): Figures {
  let history: Record<string, FigureHistory> = {};
  const of = (service: string): FigureHistory => {
    history[service] ??= { t: [], v: {} };
    return history[service];
  };

  function compute(service: Service, minute: number, devices: readonly Seen[], set: (figure: string, value: number | null) => void): void {
    const column = of(service.id);
    column.t.push(minute);
    for (const figure of service.panel.figures) {
      const value = reduceFigure(figure, service, devices, minute);
      column.v[figure.id] ??= new Array<number | null>(column.t.length - 1).fill(null);
      column.v[figure.id]?.push(value);
      set(figure.id, value);
    }
    if (column.t.length > keptMinutes + 60) {
      column.t.splice(0, column.t.length - keptMinutes);
      for (const values of Object.values(column.v)) values.splice(0, values.length - keptMinutes);
    }
  }

  return {
    advance(mark, devices, set) {
      for (const service of services) {
        const last = of(service.id).t.at(-1);
        const newest = Math.floor(mark / minuteMs) * minuteMs;
        // a mark that leaps over minutes has only the newest values to show: the minutes between are a gap, not a guess
        if (last !== undefined && newest <= last) continue;
        compute(service, newest, devices(service.id), (figure, value) => set(service.id, figure, value));
      }
    },
    series(service, from, to) {
      const { t, v } = history[service] ?? { t: [], v: {} };
      const first = t.findIndex((at) => at >= from);
      const after = t.findLastIndex((at) => at <= to) + 1;
      if (first < 0) return [];
      return Object.entries(v).map(([id, values]) => ({ id, t: t.slice(first, after), v: values.slice(first, after) }));
    },
    state: () => history,
    restore(state) {
      history = structuredClone(state);
    },
  };
}
