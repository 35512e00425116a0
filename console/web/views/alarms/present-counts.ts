import { computed } from "@preact/signals";
import type { Alarm } from "../../../../shared/alarm.ts";
import { shownAlarms } from "../../app/kiosk.ts";
import { type AlarmCounts, countsOf } from "./counts.ts";
import { mostUrgent, newestUnacknowledged } from "./order.ts";

/** Counted once for everybody who shows it. */
export const counts = computed<AlarmCounts>(() => countsOf(shownAlarms.value));
export const countsByService = computed<ReadonlyMap<string, AlarmCounts>>(() => {
  const sorted = new Map<string, Alarm[]>();
  for (const alarm of shownAlarms.value) {
    const own = sorted.get(alarm.service);
    if (own) own.push(alarm);
    else sorted.set(alarm.service, [alarm]);
  }
  return new Map([...sorted].map(([service, own]) => [service, countsOf(own)]));
});
export const urgent = computed(() => mostUrgent(shownAlarms.value));
export const newest = computed(() => newestUnacknowledged(shownAlarms.value));
