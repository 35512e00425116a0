import type { WorkItem } from "../../../../shared/alarm.ts";

export interface QueueAsk {
  readonly service: string;
  readonly queue: WorkItem["queue"];
  /** Closed ones too. */
  readonly withClosed: boolean;
}
const rank = ({ state, active }: WorkItem): number => (state === "closed" ? 2 : active ? 0 : 1);

/** What goes on comes first, then what is over and not closed, the oldest first; what is closed last, the newest first. */
export const inQueue = (items: Iterable<WorkItem>, { service, queue, withClosed }: QueueAsk): readonly WorkItem[] =>
  [...items]
    .filter((item) => item.service === service && item.queue === queue && (withClosed || item.state !== "closed"))
    .sort(
      (a, b) =>
        rank(a) - rank(b) || (a.state === "closed" ? (b.closedAt ?? 0) - (a.closedAt ?? 0) : a.openedAt - b.openedAt) || (a.id < b.id ? -1 : 1),
    );

/** Cases that the fining office may get: a law that was broken, established, and not handed over yet. */
export const isForFining = ({ queue, law, exportedAt, result }: WorkItem): boolean =>
  queue === "case" && law !== null && law.amount > 0 && exportedAt === null && (result === null || result === "handed-over");

export interface Folded {
  readonly item: WorkItem;
  /** What has its cause in common, in the order of the list. */
  readonly under: readonly WorkItem[];
}
/** One line for a cause in common: what hangs below an item that is in the list stands under it. */
export function folded(list: readonly WorkItem[]): readonly Folded[] {
  const ids = new Set(list.map(({ id }) => id));
  const below = new Map<string, WorkItem[]>();
  for (const item of list) if (item.cause !== null && ids.has(item.cause)) below.set(item.cause, [...(below.get(item.cause) ?? []), item]);
  return list.filter(({ cause }) => cause === null || !ids.has(cause)).map((item) => ({ item, under: below.get(item.id) ?? [] }));
}
