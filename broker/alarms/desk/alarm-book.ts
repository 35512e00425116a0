import { type Alarm, letterOf } from "../../../shared/alarm.ts";
import type { AlarmRecord } from "./alarm-record.ts";

/** Alarms by id, and what the list shows of them. A view is made anew only when something of it has changed. */
export interface AlarmBook {
  get(id: string): AlarmRecord | undefined;
  put(alarm: AlarmRecord): void;
  /** Something beside the record has changed: its place in a group. */
  touch(id: string): void;
  all(): IterableIterator<AlarmRecord>;
  /** Every alarm that is in a list. */
  open(): Iterable<AlarmRecord>;
  view(id: string): Alarm | undefined;
  /** Of those that changed since the last call; what is gone is told once, as normal. */
  changed(): readonly Alarm[];
  drop(id: string): void;
  clear(): void;
}
export interface AlarmBookParts {
  /** Made now, and the event time until which it stays true; undefined: its device or rule is no longer there. */
  make(alarm: AlarmRecord): { readonly view: Alarm; readonly until: number } | undefined;
  now(alarm: AlarmRecord): number;
}

const isOpen = (alarm: AlarmRecord): boolean => letterOf(alarm) !== "A";

export function createAlarmBook({ make, now }: AlarmBookParts): AlarmBook {
  const records = new Map<string, AlarmRecord>();
  const open = new Set<string>();
  const fresh = new Set<string>();
  const views = new Map<string, { readonly view: Alarm; readonly until: number }>();
  const gone = new Map<string, Alarm>();

  /** Its last view stays: when its device is gone none can be made, and who has seen it must hear that it has gone. */
  function outdate(id: string): void {
    const known = views.get(id);
    if (known !== undefined) views.set(id, { ...known, until: Number.NEGATIVE_INFINITY });
  }
  function view(id: string): Alarm | undefined {
    const alarm = records.get(id);
    if (alarm === undefined) return undefined;
    const known = views.get(id);
    if (known !== undefined && now(alarm) < known.until) return known.view;
    const made = make(alarm);
    if (made === undefined) return undefined;
    views.set(id, made);
    return made.view;
  }
  function touch(id: string): void {
    fresh.add(id);
    outdate(id);
  }
  function drop(id: string): void {
    const alarm = records.get(id);
    const last = alarm && (isOpen(alarm) || fresh.has(id)) ? (views.get(id)?.view ?? make(alarm)?.view) : undefined;
    if (last !== undefined)
      gone.set(id, {
        ...last,
        ...{ active: false, acked: true, latched: false, shelved: null, suppressed: null, outOfService: null, state: "A" },
        ...{ group: null, cause: null, first: false, consequences: 0 },
      });
    for (const index of [records, open, fresh, views]) index.delete(id);
  }

  return {
    get: (id) => records.get(id),
    put(alarm) {
      const { id } = alarm;
      records.set(id, alarm);
      const was = open.has(id);
      const is = isOpen(alarm);
      if (is) {
        open.add(id);
        gone.delete(id);
      } else open.delete(id);
      outdate(id);
      // what was normal and stays so is nobody's news
      if (was || is) fresh.add(id);
    },
    touch,
    all: () => records.values(),
    *open() {
      for (const id of open) {
        const alarm = records.get(id);
        if (alarm !== undefined) yield alarm;
      }
    },
    view,
    changed() {
      const news = [...gone.values(), ...[...fresh].flatMap((id) => view(id) ?? [])];
      gone.clear();
      fresh.clear();
      return news;
    },
    drop,
    clear() {
      for (const id of [...records.keys()]) drop(id);
    },
  };
}
