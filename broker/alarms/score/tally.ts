import type { Priority } from "../../../shared/alarm-rule.ts";
import { windowMs } from "./flood.ts";

/**
 * What was annunciated, counted per ten minutes of event time and kept for thirty days: that much ISA-18.2 wants to see before it judges.
 * Memory grows with what was annunciated, not with readings.
 */
export const binMs = windowMs;
export const daysJudged = 30;
const binsKept = (daysJudged * 86_400_000) / binMs;
const waitsKept = 2000;

/** `service/rule device`: neither has a space. */
export type Source = string;
export interface Bin {
  /** Begin, event time; a multiple of ten minutes. */
  readonly t: number;
  /** Event time and wall clock that passed in it while the room watched, ms. */
  passed: number;
  wall: number;
  /** Fullest sliding window that ended in it. */
  peak: number;
  peakAt: number | null;
  readonly operations: Map<Source, number>;
  readonly maintenance: Map<Source, number>;
  readonly split: Record<Priority, number>;
  readonly chattering: Map<Source, number>;
  readonly fleeting: Map<Source, number>;
}
/** From told to acknowledged, ms. */
interface Wait {
  readonly t: number;
  readonly own: number;
  readonly wall: number;
}
export interface TallyState {
  readonly bins: readonly Bin[];
  readonly waits: readonly Wait[];
}
export interface Tally {
  /** The bin of an instant; made when it is new. */
  at(t: number): Bin;
  waited(wait: Wait): void;
  /** Event time went from here to there while so much wall time went by. */
  passed(from: number, to: number, wall: number): void;
  since(t: number): readonly Bin[];
  waits(): readonly Wait[];
  state(): TallyState;
  restore(state: TallyState): void;
}

export const addTo = (counts: Map<Source, number>, source: Source): void => void counts.set(source, (counts.get(source) ?? 0) + 1);
export const noTally: TallyState = { bins: [], waits: [] };

export function createTally(): Tally {
  let bins = new Map<number, Bin>();
  let waits: Wait[] = [];

  function at(t: number): Bin {
    const begin = Math.floor(t / binMs) * binMs;
    const known = bins.get(begin);
    if (known !== undefined) return known;
    const made: Bin = {
      ...{ t: begin, passed: 0, wall: 0, peak: 0, peakAt: null },
      operations: new Map(),
      maintenance: new Map(),
      split: { 1: 0, 2: 0, 3: 0, 4: 0 },
      chattering: new Map(),
      fleeting: new Map(),
    };
    bins.set(begin, made);
    for (const old of bins.keys()) {
      if (bins.size <= binsKept) break;
      bins.delete(old);
    }
    return made;
  }

  return {
    at,
    waited(wait) {
      waits.push(wait);
      if (waits.length > 2 * waitsKept) waits = waits.slice(-waitsKept);
    },
    passed(from, to, wall) {
      // a timeline that slept for a year has no year of bins
      const whole = to - from;
      for (let t = Math.max(from, to - binsKept * binMs); t < to; ) {
        const bin = at(t);
        const end = Math.min(to, bin.t + binMs);
        bin.passed += end - t;
        bin.wall += (wall * (end - t)) / whole;
        t = end;
      }
    },
    since: (t) => [...bins.values()].filter((bin) => bin.t + binMs > t),
    waits: () => waits,
    state: () => ({ bins: [...bins.values()], waits }),
    restore(state) {
      bins = new Map(state.bins.map((bin) => [bin.t, bin]));
      waits = [...state.waits];
    },
  };
}
