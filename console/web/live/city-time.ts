import type { CityClock } from "../../../shared/clock.ts";

/** Documents come about once a second; beyond that the hand waits for the next one. */
const longestReachMs = 2000;

/** The clock's hand between two documents, by the rate that was measured. For display only: rules use the times of readings. */
export interface CityTime {
  hear(clock: CityClock, wall: number): void;
  /** undefined while there is no simulator. */
  at(wall: number): number | undefined;
}

export function createCityTime(): CityTime {
  let heard: { clock: CityClock; wall: number } | undefined;
  let shown = Number.NEGATIVE_INFINITY;
  return {
    hear(clock, wall) {
      if (heard === undefined || heard.clock.run !== clock.run) shown = Number.NEGATIVE_INFINITY;
      heard = { clock, wall };
    },
    at(wall) {
      if (heard === undefined) return undefined;
      const { clock } = heard;
      // While a backfill or a jump runs, the head is minutes ahead of what has arrived.
      const from = clock.phase === "live" ? clock.head : clock.mark;
      const moves = !clock.paused && clock.phase !== "gone";
      const reach = moves ? Math.max(0, Math.min(wall - heard.wall, longestReachMs)) * clock.rate : 0;
      // Nothing is shown from beyond the end of a backfill or a jump.
      const end = clock.phase === "live" ? Number.POSITIVE_INFINITY : Math.max(clock.head, clock.until ?? clock.head);
      // The hand never goes back within a run, even when the rate was measured too high.
      shown = Math.max(shown, Math.min(from + reach, end));
      return shown;
    },
  };
}
