import type { WatchPoint } from "../../../shared/socket-events.ts";

/** A person sees no more than this per trend; above it, points are left out and counted. */
const pointsPerSecond = 20;

/** Token bucket over the points of one watch: the newest go out, what there is no token for is counted as skipped. */
export interface Conflation {
  add(point: WatchPoint): void;
  /** What may be sent at wall time `at`; undefined while there is nothing to send. */
  take(at: number): { points: readonly WatchPoint[]; skipped: number } | undefined;
}

export function createConflation(startedAt: number): Conflation {
  let waiting: WatchPoint[] = [];
  let skipped = 0;
  let tokens = pointsPerSecond;
  let filledAt = startedAt;
  const keepNewest = (count: number) => {
    skipped += Math.max(0, waiting.length - count);
    waiting = count === 0 ? [] : waiting.slice(-count);
  };
  return {
    add(point) {
      waiting.push(point);
      // Never more than one second's worth may wait.
      if (waiting.length > pointsPerSecond) keepNewest(pointsPerSecond);
    },
    take(at) {
      tokens = Math.min(pointsPerSecond, tokens + (Math.max(0, at - filledAt) * pointsPerSecond) / 1000);
      filledAt = at;
      const allowed = Math.floor(tokens);
      if (waiting.length === 0 || allowed === 0) return undefined;
      keepNewest(allowed);
      const taken = { points: waiting, skipped };
      tokens -= waiting.length;
      waiting = [];
      skipped = 0;
      return taken;
    },
  };
}
