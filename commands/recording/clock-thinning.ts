import type { CityClock } from "../../shared/clock.ts";

/**
 * Many recorded clocks need not be said again: each costs two waits. Which instants a mark stops at changes no judgement; that a message comes behind
 * a mark that has passed it does, and so does a time beyond the promised head. So a clock waits until one of these would be, or until it says something else than how
 * late it is.
 */
export interface ClockThinning {
  /** Clocks to be said now that this one has come. */
  take(clock: CityClock): readonly CityClock[];
  /** To be said before a message whose times lie between these; `undefined`: one without a time, as of a gateway. */
  before(times: readonly [oldest: number, newest: number] | undefined): readonly CityClock[];
  /** To be said at the end. */
  rest(): readonly CityClock[];
}

/** City time between two at the highest rate: few enough to cost nothing. */
const stepMs = 30_000;
/** Wall time between two at a rate: somebody may watch. */
const watchedMs = 200;

/** @param rate of the replay; `null` = the highest. */
export function createClockThinning(rate: number | null): ClockThinning {
  let said: CityClock | undefined;
  let waiting: CityClock | undefined;
  const flush = (): readonly CityClock[] => {
    if (waiting === undefined) return [];
    said = waiting;
    waiting = undefined;
    return [said];
  };
  const isNews = (clock: CityClock, than: CityClock): boolean =>
    clock.run !== than.run || clock.phase !== than.phase || clock.paused !== than.paused || clock.mark < than.mark;
  return {
    take(clock) {
      const newest = waiting ?? said;
      const step = rate === null ? stepMs : clock.rate * rate * watchedMs;
      if (said !== undefined && newest !== undefined && !isNews(clock, newest) && clock.mark - said.mark < step) {
        waiting = clock;
        return [];
      }
      const before = newest !== undefined && isNews(clock, newest) ? flush() : [];
      waiting = clock;
      return [...before, ...flush()];
    },
    before(times) {
      if (waiting === undefined) return [];
      const needed = times === undefined || times[0] <= waiting.mark || times[1] > (said?.head ?? 0);
      return needed ? flush() : [];
    },
    rest: flush,
  };
}
