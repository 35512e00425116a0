import type { ColumnBatch, ServiceColumns, StoredDevice } from "../../broker/store/column-batch.ts";
import { columnsOf } from "../../broker/store/columns-of.ts";
import { type Quality, qualities } from "../../shared/reading.ts";
import type { Service } from "../../shared/service.ts";

/** One reading in plain form; `values` by column name, as numbers (flags 0 / 1, states as codes). */
export interface Row {
  readonly ix: number;
  readonly t: number;
  readonly values: Readonly<Record<string, number>>;
  readonly window?: number;
  /** By metric. */
  readonly q?: Readonly<Record<string, Quality>>;
}

export function columnsFrom(service: Service, rows: readonly Row[]): ServiceColumns {
  const metrics = Object.keys(service.metrics);
  const pack = ({ q = {} }: Row) =>
    Object.entries(q).reduce((bits, [metric, word]) => bits | (qualities.indexOf(word) << (3 * metrics.indexOf(metric))), 0);
  return {
    service: service.id,
    rows: rows.length,
    device: Int32Array.from(rows, ({ ix }) => ix),
    t: Float64Array.from(rows, ({ t }) => t),
    window: Float32Array.from(rows, ({ window }) => window ?? Number.NaN),
    quality: Int32Array.from(rows, pack),
    values: Object.fromEntries(columnsOf(service).map(({ name }) => [name, Float64Array.from(rows, ({ values }) => values[name] ?? Number.NaN)])),
  };
}

interface Parts {
  readonly position: number;
  readonly fresh?: readonly Row[];
  readonly late?: readonly Row[];
  readonly devices?: readonly StoredDevice[];
}
export const batchOf = (service: Service, { position, fresh = [], late = [], devices = [] }: Parts): ColumnBatch => ({
  position,
  fresh: fresh.length === 0 ? [] : [columnsFrom(service, fresh)],
  late: late.length === 0 ? [] : [columnsFrom(service, late)],
  devices,
});
