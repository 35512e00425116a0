import type { Service } from "../../shared/service.ts";
import type { ColumnBatch, ServiceColumns, StoredDevice } from "../store/column-batch.ts";
import { type Column, columnsOf } from "../store/columns-of.ts";

/** Growing columns of one service; full buffers go to the store's thread and are replaced. */
class Lane {
  private size = 1024;
  private rows = 0;
  private device = new Int32Array(this.size);
  private t = new Float64Array(this.size);
  private window = new Float32Array(this.size);
  private quality = new Int32Array(this.size);
  private values: Float64Array[];
  readonly service: string;
  private readonly columns: readonly Column[];

  constructor(service: string, columns: readonly Column[]) {
    this.service = service;
    this.columns = columns;
    this.values = columns.map(() => new Float64Array(this.size));
  }

  get length(): number {
    return this.rows;
  }

  /** Begins a row with every value absent. */
  add(device: number, t: number, window: number, quality: number): void {
    if (this.rows === this.size) this.grow();
    this.device[this.rows] = device;
    this.t[this.rows] = t;
    this.window[this.rows] = window;
    this.quality[this.rows] = quality;
    for (const column of this.values) column[this.rows] = Number.NaN;
    this.rows += 1;
  }

  /** Sets a value of the row begun last. */
  set(column: number, value: number): void {
    const values = this.values[column];
    if (values !== undefined) values[this.rows - 1] = value;
  }

  take(): ServiceColumns {
    const { service, rows, device, t, window, quality } = this;
    const values = Object.fromEntries(this.columns.map(({ name }, at) => [name, this.values[at] ?? new Float64Array(0)]));
    // the next buffers are as large as these needed to be, so that a slow city does not go on allocating a fast one's
    this.size = 1024;
    while (this.size < rows) this.size *= 2;
    this.rows = 0;
    this.allocate();
    return { service, rows, device, t, window, quality, values };
  }

  private allocate(): void {
    this.device = new Int32Array(this.size);
    this.t = new Float64Array(this.size);
    this.window = new Float32Array(this.size);
    this.quality = new Int32Array(this.size);
    this.values = this.columns.map(() => new Float64Array(this.size));
  }

  private grow(): void {
    const { device, t, window, quality, values } = this;
    this.size *= 2;
    this.allocate();
    this.device.set(device);
    this.t.set(t);
    this.window.set(window);
    this.quality.set(quality);
    for (const [at, column] of values.entries()) this.values[at]?.set(column);
  }
}

export interface RowTarget {
  add(device: number, t: number, window: number, quality: number): void;
  set(column: number, value: number): void;
}
export interface ColumnBuilder {
  lane(service: string, late: boolean): RowTarget;
  rows(): number;
  take(position: number, devices: readonly StoredDevice[]): ColumnBatch;
}

export function createColumnBuilder(services: readonly Service[]): ColumnBuilder {
  const lanes = { fresh: new Map<string, Lane>(), late: new Map<string, Lane>() };
  for (const service of services) for (const side of [lanes.fresh, lanes.late]) side.set(service.id, new Lane(service.id, columnsOf(service)));
  const all = [...lanes.fresh.values(), ...lanes.late.values()];
  const taken = (side: Map<string, Lane>): ServiceColumns[] => [...side.values()].filter(({ length }) => length > 0).map((lane) => lane.take());
  return {
    lane(service, late) {
      const lane = (late ? lanes.late : lanes.fresh).get(service);
      if (lane === undefined) throw new Error(`no contract for service ${service}`);
      return lane;
    },
    rows: () => all.reduce((sum, { length }) => sum + length, 0),
    take: (position, devices) => ({ position, fresh: taken(lanes.fresh), late: taken(lanes.late), devices }),
  };
}
