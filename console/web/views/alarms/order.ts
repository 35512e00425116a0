import type { Alarm, StateLetter } from "../../../../shared/alarm.ts";

/** In the lists of the desk: B unacknowledged, C acknowledged, D cleared and unacknowledged. E, F and G stand in lists of their own. */
export const onDesk = ({ state }: Pick<Alarm, "state">): boolean => state === "B" || state === "C" || state === "D";
export const isUnacknowledged = ({ state }: Pick<Alarm, "state">): boolean => state === "B" || state === "D";

const rank: Readonly<Record<StateLetter, number>> = { B: 0, C: 1, D: 2, E: 3, F: 4, G: 5, A: 6 };

/** Active before returned, unacknowledged before acknowledged, then priority, then oldest first: a cleared P4 never stands above an active P1. */
export const inOrder = (a: Alarm, b: Alarm): number =>
  rank[a.state] - rank[b.state] || a.priority - b.priority || a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** What a person should look at first: the priority before whether it was seen. */
export const mostUrgent = (all: Iterable<Alarm>): Alarm | undefined => {
  let best: Alarm | undefined;
  for (const alarm of all) {
    if (!onDesk(alarm) || alarm.class !== "operations") continue;
    if (best === undefined || inOrder(alarm, best) < 0) best = alarm;
  }
  return best;
};

/** Newest of those that nobody has acknowledged. */
export const newestUnacknowledged = (all: Iterable<Alarm>): Alarm | undefined => {
  let best: Alarm | undefined;
  for (const alarm of all)
    if (alarm.state === "B" && alarm.class === "operations" && (best === undefined || alarm.raisedAt > best.raisedAt)) best = alarm;
  return best;
};
