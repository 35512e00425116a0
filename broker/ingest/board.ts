/** Live values in numbered cells, each with the version at which it last changed: what the console's ticks are cut from. */
export interface Board {
  readonly values: Float64Array;
  set(cell: number, value: number): void;
  get(cell: number): number;
  version(): number;
  /** Cells below `end` that changed after the version, in order; with -1 all that hold a value. */
  changedAfter(version: number, wanted: (cell: number) => boolean): { i: number[]; v: (number | null)[] };
  clear(): void;
}

export function createBoard(): Board {
  let values = new Float64Array(1024).fill(Number.NaN);
  let versions = new Float64Array(1024);
  let version = 0;
  let used = 0;

  function grow(cell: number): void {
    const size = Math.max(values.length * 2, cell + 1);
    const wider = new Float64Array(size).fill(Number.NaN);
    wider.set(values);
    values = wider;
    const versionsWider = new Float64Array(size);
    versionsWider.set(versions);
    versions = versionsWider;
  }

  return {
    get values() {
      return values;
    },
    set(cell, value) {
      if (cell >= values.length) grow(cell);
      if (cell >= used) used = cell + 1;
      if (Object.is(values[cell], value)) return;
      values[cell] = value;
      // every change is a version of its own, so that "after n" is exact however the readers' ticks fall
      version += 1;
      versions[cell] = version;
    },
    get: (cell) => values[cell] ?? Number.NaN,
    version: () => version,
    changedAfter(after, wanted) {
      const i: number[] = [];
      const v: (number | null)[] = [];
      for (let cell = 0; cell < used; cell++) {
        const value = values[cell] ?? Number.NaN;
        if (after < 0 ? Number.isNaN(value) : (versions[cell] ?? 0) <= after) continue;
        if (!wanted(cell)) continue;
        i.push(cell);
        v.push(Number.isNaN(value) ? null : value);
      }
      return { i, v };
    },
    clear() {
      values.fill(Number.NaN);
      version += 1;
      versions.fill(version);
    },
  };
}
