import type { AlarmScore, FloodState } from "../../shared/alarm.ts";
import type { Evidence } from "./evidence.ts";

type Flood = Evidence["floods"][number];

/** When the room was flooded, by its own book: a look comes later than that, and at a high rate minutes later. */
export interface SeenFloods {
  /** @param raised alarms that have been seen up to now: without new ones no flood can have begun and ended between two looks. */
  look(raised: number): void;
  list(): readonly Flood[];
}

interface Room {
  flood(): FloodState;
  /** Costs more than a look may: it is asked when there is something to be learned. */
  score(): Pick<AlarmScore, "flood">;
}

export function createSeenFloods(room: Room, from: number): SeenFloods {
  let floods: readonly Flood[] = [];
  let since: number | null = null;
  let known = 0;
  return {
    look(raised) {
      const now = room.flood();
      if (now.since === since && raised === known) return;
      since = now.since;
      known = raised;
      floods = room
        .score()
        .flood.times.filter(({ to }) => to === null || to > from)
        .map(({ from: began, to }) => ({ from: Math.max(began, from), to }));
    },
    list: () => floods,
  };
}
