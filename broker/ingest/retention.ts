import type { Logger } from "pino";
import type { Timeline } from "../../shared/timeline.ts";
import type { OpenStores } from "./stores-of-run.ts";

/** Removes what is older than it may be, by the timeline's own time: a store's server knows only the wall clock. */
export interface Retention {
  look(timeline: Timeline, mark: number): void;
}

/** At most once an hour of the timeline, and not more often than this of wall time: a city at 3,600x has an hour a second. */
const everyMs = 3_600_000;
const wallMs = 60_000;

export function createRetention(stores: OpenStores, retentionMs: number, log: Logger): Retention {
  const last = { city: { mark: 0, wall: 0 }, field: { mark: 0, wall: 0 } };
  return {
    look(timeline, mark) {
      const before = last[timeline];
      const now = Date.now();
      const lane = stores.lane(timeline);
      if (lane === undefined || mark < before.mark + everyMs || now < before.wall + wallMs) return;
      last[timeline] = { mark, wall: now };
      lane.feed
        .between(() => lane.store.expire(mark - retentionMs))
        .catch((cause: unknown) => log.error({ err: cause, timeline }, "old readings were not removed; the next attempt is in an hour"));
    },
  };
}
