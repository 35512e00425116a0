import TinyQueue from "tinyqueue";
import type { AlarmRecord } from "./alarm-record.ts";

/** Instants at which something happens to an alarm by itself: a shelf runs out, a suppression outlives its cause. */
export interface DeskTimers {
  /** What the alarm waits for now. */
  set(alarm: AlarmRecord): void;
  /** The next one at or before `t`, taken out; by time, then by id. */
  next(t: number): { readonly t: number; readonly id: string } | undefined;
  clear(): void;
}
interface Timer {
  readonly t: number;
  readonly id: string;
}

const dueAt = ({ shelved, releaseAt }: AlarmRecord): number =>
  Math.min(shelved?.until ?? Number.POSITIVE_INFINITY, releaseAt ?? Number.POSITIVE_INFINITY);

export function createDeskTimers(): DeskTimers {
  const inTurn = (a: Timer, b: Timer): number => a.t - b.t || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  let queue = new TinyQueue<Timer>([], inTurn);
  /** What is queued of an alarm and not outdated. */
  const due = new Map<string, number>();
  return {
    set(alarm) {
      const t = dueAt(alarm);
      if (t === (due.get(alarm.id) ?? Number.POSITIVE_INFINITY)) return;
      if (t === Number.POSITIVE_INFINITY) {
        due.delete(alarm.id);
        return;
      }
      due.set(alarm.id, t);
      queue.push({ t, id: alarm.id });
    },
    next(t) {
      for (let first = queue.peek(); first !== undefined && first.t <= t; first = queue.peek()) {
        queue.pop();
        if (due.get(first.id) !== first.t) continue;
        due.delete(first.id);
        return first;
      }
      return undefined;
    },
    clear() {
      queue = new TinyQueue<Timer>([], inTurn);
      due.clear();
    },
  };
}
