import type { Service } from "../../shared/service.ts";
import type { ColumnBatch, ServiceColumns } from "./column-batch.ts";
import { type ReadingStore, StoreAway } from "./reading-store.ts";

/** Which store, and where it is. */
export type StoreOptions =
  | {
      readonly kind: "embedded";
      readonly file: string;
      /** Begin with a copy of this snapshot, whatever `file` holds. */
      readonly from?: string;
    }
  | {
      readonly kind: "influx";
      readonly url: string;
      readonly token: string;
      readonly org: string;
      readonly bucket: string;
      readonly run: string;
    };

/** What the thread is started with. Contracts travel without their formulas: functions cannot, and a store needs none. */
export interface ThreadData {
  readonly options: StoreOptions;
  readonly services: readonly Service[];
}

export type Method = keyof ReadingStore;
export interface Request {
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}
/** `id` 0 answers the opening. */
export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: ToldError }
  | { readonly refused: readonly string[]; readonly reason: string };

export interface ToldError {
  readonly name: string;
  readonly message: string;
}
export const tellError = (error: unknown): ToldError =>
  error instanceof Error ? { name: error.name, message: error.message } : { name: "Error", message: String(error) };
export function errorOf({ name, message }: ToldError): Error {
  if (name === "StoreAway") return new StoreAway(message);
  return name === "RangeError" ? new RangeError(message) : new Error(message);
}

/**
 * A copy of the rows alone, to be transferred. The caller keeps its arrays: it fills them anew at once, and it can send the same batch again after
 * `StoreAway` (copying costs a few ns per value; a transferred batch would be gone).
 */
export function packBatch(batch: ColumnBatch): { readonly batch: ColumnBatch; readonly buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const pack = (rows: ServiceColumns): ServiceColumns => {
    const n = rows.rows;
    const values = Object.fromEntries(Object.entries(rows.values).map(([name, column]) => [name, column.slice(0, n)]));
    const packed = { device: rows.device.slice(0, n), t: rows.t.slice(0, n), window: rows.window.slice(0, n), quality: rows.quality.slice(0, n) };
    for (const column of [...Object.values(packed), ...Object.values(values)]) buffers.push(column.buffer);
    return { service: rows.service, rows: n, ...packed, values };
  };
  const { position, fresh, late, devices } = batch;
  return { batch: { position, fresh: fresh.map(pack), late: late.map(pack), devices }, buffers };
}
