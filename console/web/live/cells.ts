import type { Room } from "../../../shared/city-port.ts";
import type { Tick } from "../../../shared/socket-events.ts";

/** What a tick did: taken, an older repetition, of another numbering, or with a hole before it. */
type Taken = "taken" | "old" | "foreign" | "hole";

/** The newest value of every cell, and how far each room has come. Cells that were never seen are NaN. */
export interface CellTable {
  value(cell: number): number;
  version(room: Room): number;
  epoch(): string;
  /** Begins a numbering anew and takes its first ticks; all cells are forgotten. */
  begin(epoch: string, ticks: readonly Tick[]): void;
  take(tick: Tick): Taken;
  /** Cells that changed since it was asked last. */
  changed(): ReadonlySet<number>;
}

export function createCellTable(): CellTable {
  let values = new Float64Array(1024).fill(Number.NaN);
  let epoch = "";
  let versions: Record<Room, number> = { public: -1, care: -1 };
  let changed = new Set<number>();

  const room = (cell: number): void => {
    if (cell < values.length) return;
    const wider = new Float64Array(Math.max(cell + 1, values.length * 2)).fill(Number.NaN);
    wider.set(values);
    values = wider;
  };
  const write = (tick: Tick): void => {
    for (const [at, cell] of tick.i.entries()) {
      room(cell);
      // JSON has no NaN: a value that is gone travels as null.
      values[cell] = tick.v[at] ?? Number.NaN;
      changed.add(cell);
    }
    versions[tick.room] = tick.n;
  };
  return {
    value: (cell) => values[cell] ?? Number.NaN,
    version: (name) => versions[name],
    epoch: () => epoch,
    begin(next, ticks) {
      epoch = next;
      values.fill(Number.NaN);
      versions = { public: -1, care: -1 };
      changed = new Set();
      for (const tick of ticks) write(tick);
    },
    take(tick) {
      if (tick.epoch !== epoch) return "foreign";
      if (tick.n <= versions[tick.room]) return "old";
      if (tick.prev > versions[tick.room]) return "hole";
      write(tick);
      return "taken";
    },
    changed() {
      const taken = changed;
      changed = new Set();
      return taken;
    },
  };
}
