/**
 * Flood by ISA-18.2: more than ten alarms annunciated to one operator within any ten minutes begin it, fewer than five end it (control-room.md 2.3).
 * The window slides in event time, so begin and end are the same instants at every rate.
 */
export const windowMs = 600_000;
const beginsAbove = 10;
const endsBelow = 5;
/** Floods that are remembered. */
const timesKept = 500;

export interface FloodTime {
  readonly from: number;
  readonly to: number | null;
  readonly alarms: number;
  readonly peak: number;
}
export interface FloodWatchState {
  /** Annunciations within the window, event time. */
  readonly recent: readonly number[];
  readonly times: readonly FloodTime[];
}
export interface FloodWatch {
  /** One alarm more, at this instant; answers how many the window holds now. */
  count(t: number): number;
  /** Time has come to here. */
  pass(t: number): void;
  /** Alarms of the last ten minutes. */
  lately(t: number): number;
  since(): number | null;
  times(): readonly FloodTime[];
  state(): FloodWatchState;
  restore(state: FloodWatchState): void;
}

export const noFlood: FloodWatchState = { recent: [], times: [] };

export function createFloodWatch(): FloodWatch {
  let recent: number[] = [];
  let times: FloodTime[] = [];
  const running = (): FloodTime | undefined => (times.at(-1)?.to === null ? times.at(-1) : undefined);
  const setLast = (flood: FloodTime): void => {
    times = [...times.slice(0, -1), flood];
  };

  function pass(t: number): void {
    const flood = running();
    // one of the last five leaves the window: then it holds fewer
    const fifth = recent.at(-endsBelow) ?? Number.NEGATIVE_INFINITY;
    if (flood !== undefined && fifth + windowMs <= t) setLast({ ...flood, to: Math.max(flood.from, fifth + windowMs) });
    let gone = 0;
    while (gone < recent.length && (recent[gone] ?? 0) <= t - windowMs) gone += 1;
    if (gone > 0) recent = recent.slice(gone);
  }

  return {
    pass,
    count(t) {
      pass(t);
      recent.push(t);
      const flood = running();
      if (flood !== undefined) setLast({ ...flood, alarms: flood.alarms + 1, peak: Math.max(flood.peak, recent.length) });
      else if (recent.length > beginsAbove) times = [...times, { from: t, to: null, alarms: recent.length, peak: recent.length }].slice(-timesKept);
      return recent.length;
    },
    lately: (t) => recent.reduce((sum, one) => sum + Number(one > t - windowMs), 0),
    since: () => running()?.from ?? null,
    times: () => times,
    state: () => ({ recent, times }),
    restore(state) {
      recent = [...state.recent];
      times = [...state.times];
    },
  };
}
