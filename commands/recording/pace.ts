import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";

/** Says recorded messages at their own distances, so many times as fast; keeps how far it was from its word. */
export interface Pace {
  /** Resolves when what was heard at `at` is due. */
  until(at: number): Promise<void>;
  /** It is said now. */
  said(at: number): void;
  /** Wall clock at which it is due, epoch ms. */
  due(at: number): number;
  /** Distances from the due instant in ms, by size; undefined where nothing was due at any instant. */
  error(): { readonly p50: number; readonly p99: number; readonly worst: number } | undefined;
}

/** A timer wakes up to a millisecond late and more: the last stretch is waited for turn by turn. */
const timerMs = 3;

/** @param rate `null` = nothing is waited for. */
export function createPace(rate: number | null, first: number): Pace {
  const [began, wall] = [performance.now(), Date.now()];
  const errors: number[] = [];
  const dueAt = (at: number): number => (rate === null ? performance.now() : began + (at - first) / rate);
  return {
    async until(at) {
      if (rate === null) return;
      for (let left = dueAt(at) - performance.now(); left > 0; left = dueAt(at) - performance.now()) {
        if (left > timerMs) await sleep(left - timerMs);
        else await turn();
      }
    },
    said(at) {
      if (rate !== null) errors.push(Math.abs(performance.now() - dueAt(at)));
    },
    due: (at) => wall + (dueAt(at) - began),
    error() {
      if (errors.length === 0) return undefined;
      const sorted = Float64Array.from(errors).sort();
      const share = (part: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0) * 1000) / 1000;
      return { p50: share(0.5), p99: share(0.99), worst: share(1) };
    },
  };
}
