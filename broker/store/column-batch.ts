/** What the store must know of a device to answer by name, kind and district. */
export interface StoredDevice {
  /** Small integer that stands for the device in batches; never used twice in a data folder. */
  readonly ix: number;
  readonly id: string;
  readonly service: string;
  readonly kind: string;
  readonly district: string;
  readonly stale: number;
}

/** Rows of one service as columns; every array has `rows` entries (they may be longer: look at `rows`). */
export interface ServiceColumns {
  readonly service: string;
  readonly rows: number;
  readonly device: Int32Array;
  /** Epoch ms. */
  readonly t: Float64Array;
  /** Window in seconds; NaN = instant. */
  readonly window: Float32Array;
  /** 3 bits per metric in the order of the contract's metrics, value = index in `qualities`; 0 = all good. */
  readonly quality: Int32Array;
  /** By column name (see `columnsOf`); NaN = absent. */
  readonly values: Readonly<Record<string, Float64Array>>;
}

/** What the ingest hands over at once. Buffers are transferred to the store's thread. */
export interface ColumnBatch {
  /** Log position of the last message in here: durable in the log already. */
  readonly position: number;
  /** Newer than their device's newest stored row: append. */
  readonly fresh: readonly ServiceColumns[];
  /** Older or equal: merge into their place. */
  readonly late: readonly ServiceColumns[];
  /** New or changed since the last batch. */
  readonly devices: readonly StoredDevice[];
}

/** Rows of both lanes. */
export const rowsOf = ({ fresh, late }: ColumnBatch): number => [...fresh, ...late].reduce((sum, { rows }) => sum + rows, 0);
