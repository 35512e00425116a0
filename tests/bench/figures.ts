import { cpus, loadavg } from "node:os";

/** One measured thing; `met` is null where nothing is promised. */
export interface Figure {
  /** What is measured and, where something is promised, the promise. */
  readonly what: string;
  readonly id?: string;
  readonly value: number;
  readonly unit: string;
  readonly met: boolean | null;
  /** Nothing may be lost: only this makes the run fail. */
  readonly conserves?: boolean;
}
export interface Goal {
  /** Name of the promise among the project's goals. */
  readonly id?: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export function figure(name: string, value: number, unit: string, { id, atLeast, atMost }: Goal = {}): Figure {
  const promise = atLeast !== undefined ? `, at least ${atLeast}` : atMost !== undefined ? `, at most ${atMost}` : "";
  const met = atLeast !== undefined ? value >= atLeast : atMost !== undefined ? value <= atMost : null;
  return { what: `${name}${promise}`, ...(id === undefined ? {} : { id }), value: rounded(value), unit, met };
}

/** A difference that has to be 0. */
export const conserved = (name: string, difference: number, unit: string): Figure => ({
  what: `${name}, 0`,
  value: difference,
  unit,
  met: difference === 0,
  conserves: true,
});

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Three significant digits, whole numbers whole. */
const rounded = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

export const machine = (): string =>
  `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? "?"}), load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(" ")}`;

/** The table: what, value, unit, whether it keeps its promise. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ id, what, value, unit, met }) => [
    id === undefined ? what : `${id}: ${what}`,
    value.toLocaleString("en"),
    unit,
    met === null ? "" : met ? "met" : "NOT MET",
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, at) => (at === 1 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join("  ")).join("\n");
}

/** What belongs to a goal is named by it; everything else by what is measured. */
export const jsonOf = (figures: readonly Figure[]): string =>
  figures
    .map(({ id, what, value, unit, met }) => JSON.stringify({ goal: id ?? what, value, unit, met, ...(id === undefined ? {} : { what }) }))
    .join("\n");
