/**
 * Pacing of the city clock: how far the head may go at a wall time. Whole city seconds; nothing here reads a clock of its own.
 * The head is a promise that is published before it is kept, so that nobody receives a reading from beyond it.
 */
interface PaceInput {
  /** Wall clock in ms. */
  readonly wall: number;
  readonly head: number;
  readonly mark: number;
  /** City seconds per wall second; `null` = as fast as the chain goes. */
  readonly asked: number | null;
  /** Not beyond this. */
  readonly stop: number;
  /** head - mark at most. */
  readonly lag: number;
}
export interface Pacer {
  next(input: PaceInput): number;
  /** Time that passes now is not owed: paused, or another rate. */
  rest(wall: number): void;
  /** True when the chain kept the city from the asked rate within the last second. */
  lags(wall: number): boolean;
}

const tickMs = 1000;
/** head - mark at a rate: one tick or a quarter of a wall second; as fast as the chain goes, and while a history is generated, an hour. */
export const lagLimitMs = (asked: number | null): number =>
  asked === null ? 3_600_000 : Math.max(tickMs, Math.floor((asked * 250) / tickMs) * tickMs);
/**
 * Of a jump and of a step: what the room decides on the way takes effect from the head on, so a gate is told to close no more than this too late. As long
 * as the longest step of a rehearsal: each of them is one promise.
 */
export const jumpLagMs = 60_000;
/** A process that was stopped for longer than this does not hurry to make up for it. */
const longestTurnMs = 250;

export function createPacer(start: number): Pacer {
  let owed = 0;
  let at = start;
  let lagged = Number.NEGATIVE_INFINITY;
  return {
    next({ wall, head, mark, asked, stop, lag }) {
      const room = Math.max(0, Math.min(mark + lag, stop) - head);
      if (asked === null) {
        at = wall;
        owed = 0;
        return head + Math.floor(room / tickMs) * tickMs;
      }
      if (wall - at > longestTurnMs + tickMs) lagged = wall;
      owed += Math.max(0, Math.min(wall - at, longestTurnMs)) * asked;
      at = wall;
      const due = Math.floor(owed / tickMs) * tickMs;
      const move = Math.min(due, Math.floor(room / tickMs) * tickMs);
      owed -= move;
      if (move < due && head + due <= stop) lagged = wall;
      // What the chain could not take is given up: the effective rate falls, the city does not sprint afterwards.
      owed = Math.min(owed, Math.max(tickMs, asked * longestTurnMs));
      return head + move;
    },
    rest(wall) {
      at = wall;
      owed = 0;
      lagged = Number.NEGATIVE_INFINITY;
    },
    lags: (wall) => wall - lagged < 1000,
  };
}

/** City seconds per wall second over about the last second. */
export interface RateMeter {
  sample(wall: number, city: number): void;
  rate(): number;
  clear(): void;
}
export function createRateMeter(): RateMeter {
  const samples: [number, number][] = [];
  return {
    sample(wall, city) {
      samples.push([wall, city]);
      while (samples.length > 2 && wall - (samples[1]?.[0] ?? wall) >= 1000) samples.shift();
    },
    rate() {
      const first = samples[0];
      const last = samples.at(-1);
      if (first === undefined || last === undefined || last[0] <= first[0]) return 0;
      return (last[1] - first[1]) / (last[0] - first[0]);
    },
    clear: () => {
      samples.length = 0;
    },
  };
}
