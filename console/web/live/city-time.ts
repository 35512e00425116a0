import type { CityClock } from "../../../shared/clock.ts";

/** Documents come about once a second; beyond that the hand waits for the next one. */
const longestReachMs = 2000;
/** A head this far, or more than a wall second, ahead of its mark has been sent and has not arrived: a jump, a backfill, a chain that does not keep up. */
const leastLagMs = 2000;

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
      const from = clock.head - clock.mark > Math.max(leastLagMs, clock.rate * 1000) ? clock.mark : clock.head;
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
