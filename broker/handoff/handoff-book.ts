import type { LinkId } from "../../shared/links.ts";
import type { Timeline } from "../../shared/timeline.ts";
import { type HandoffRecord, isUnanswered } from "./handoff-record.ts";

/** Hand-overs in memory, in the order in which they were begun. */
export interface HandoffBook {
  get(id: string): HandoffRecord | undefined;
  put(record: HandoffRecord): void;
  all(): readonly HandoffRecord[];
  /** Oldest first; kept apart, because it is asked for twenty times a second. */
  unanswered(): readonly HandoffRecord[];
  /** Somebody is under way for an earlier occurrence of it: a detector that chatters does not call 119 at every word. */
  isUnderWay(alarm: string, to: LinkId, t: number): boolean;
  /** Since the last call. */
  changed(): readonly HandoffRecord[];
  restore(records: readonly HandoffRecord[]): void;
  forget(timeline: Timeline): void;
}

/** Answered ones beyond these are forgotten; the journal has them. */
const kept = 1000;
/** Longer ago than this, of event time, nobody may be coming any more: a side that never says "closed" must not silence the next fire. */
const underWayMs = 30 * 60_000;

export function createHandoffBook(): HandoffBook {
  const records = new Map<string, HandoffRecord>();
  const waiting = new Set<string>();
  const fresh = new Set<string>();
  const found = (ids: Iterable<string>): HandoffRecord[] => [...ids].flatMap((id) => records.get(id) ?? []);

  function put(record: HandoffRecord): void {
    records.set(record.id, record);
    if (isUnanswered(record)) waiting.add(record.id);
    else waiting.delete(record.id);
    if (records.size <= kept * 1.1) return;
    const over = records.size - kept;
    for (const { id } of [...records.values()].filter((one) => !isUnanswered(one)).slice(0, over)) records.delete(id);
  }
  return {
    get: (id) => records.get(id),
    put(record) {
      put(record);
      fresh.add(record.id);
    },
    all: () => [...records.values()],
    unanswered: () => found(waiting),
    isUnderWay: (alarm, to, t) =>
      [...records.values()].some(
        (one) => one.alarm === alarm && one.to === to && one.state !== "closed" && one.state !== "failed" && t - one.t < underWayMs,
      ),
    changed() {
      const news = found(fresh);
      fresh.clear();
      return news;
    },
    restore(given) {
      records.clear();
      waiting.clear();
      fresh.clear();
      for (const record of given) put(record);
    },
    forget(timeline) {
      for (const [id, record] of records) {
        if (record.timeline !== timeline) continue;
        records.delete(id);
        waiting.delete(id);
      }
    },
  };
}
