import type { LiveFeed, Room } from "../../../shared/city-port.ts";
import type { Tick } from "../../../shared/socket-events.ts";

/**
 * Numbers the ticks of both rooms. `n` of a room is the version at its last tick; a snapshot or catch-up carries that `n` too, though its values
 * may be newer: then the next tick says them once more (values are absolute), and nobody sees a hole that is none.
 */
export interface Columns {
  /** The next tick of a room, or undefined when nothing in it changed. */
  next(room: Room): Tick | undefined;
  /** All cells that changed after `n`, up to now; undefined when `n` was never sent in this epoch. */
  since(room: Room, n: number): Tick | undefined;
  whole(room: Room): Tick;
  /** Nobody listens: what happened meanwhile comes with the next snapshot. */
  rest(room: Room): void;
  /** True once after the cells were numbered anew. */
  renumbered(): boolean;
}

export function createColumns(feed: LiveFeed, now: () => number = Date.now): Columns {
  let epoch = feed.epoch();
  let last: Record<Room, number> = { public: feed.version(), care: feed.version() };
  const tick = (room: Room, n: number, after: number): Tick => ({ room, epoch, n, prev: after, ...feed.changed(room, after), at: now() });
  return {
    next(room) {
      const n = feed.version();
      const prev = last[room];
      // Between two numberings nothing can be told: cells of the new one would be taken for the old one's.
      if (n === prev || epoch !== feed.epoch()) return undefined;
      const made = tick(room, n, prev);
      if (made.i.length === 0) return undefined;
      last[room] = n;
      return made;
    },
    since: (room, n) => (n > last[room] || epoch !== feed.epoch() ? undefined : tick(room, last[room], n)),
    whole: (room) => tick(room, last[room], -1),
    rest(room) {
      last[room] = feed.version();
    },
    renumbered() {
      if (epoch === feed.epoch()) return false;
      epoch = feed.epoch();
      last = { public: feed.version(), care: feed.version() };
      return true;
    },
  };
}
