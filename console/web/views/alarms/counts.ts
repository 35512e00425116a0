import type { Alarm } from "../../../../shared/alarm.ts";
import type { Priority } from "../../../../shared/alarm-rule.ts";
import { isUnacknowledged, onDesk } from "./order.ts";

interface RankCount {
  readonly all: number;
  readonly unacknowledged: number;
  /** Unacknowledged and still standing: these call. */
  readonly calling: number;
}
/** What the banner counts. Operations alarms of the desk by priority; maintenance, and what is kept from the desk, stand apart. */
export interface AlarmCounts {
  readonly by: Readonly<Record<Priority, RankCount>>;
  /** Also those whose condition has gone: somebody has to acknowledge them. The list's filter of that name counts the same. */
  readonly unacknowledged: number;
  readonly maintenance: number;
  readonly shelved: number;
  readonly suppressed: number;
  readonly outOfService: number;
}

export function countsOf(alarms: Iterable<Alarm>): AlarmCounts {
  const by = { 1: zero(), 2: zero(), 3: zero(), 4: zero() };
  const counts = { unacknowledged: 0, maintenance: 0, shelved: 0, suppressed: 0, outOfService: 0 };
  for (const alarm of alarms) {
    if (alarm.state === "E") counts.shelved++;
    else if (alarm.state === "F") counts.suppressed++;
    else if (alarm.state === "G") counts.outOfService++;
    else if (onDesk(alarm) && alarm.class === "maintenance") counts.maintenance++;
    else if (onDesk(alarm)) {
      by[alarm.priority].all++;
      if (!isUnacknowledged(alarm)) continue;
      counts.unacknowledged++;
      by[alarm.priority].unacknowledged++;
      if (alarm.state === "B") by[alarm.priority].calling++;
    }
  }
  return { by, ...counts };
}
const zero = () => ({ all: 0, unacknowledged: 0, calling: 0 });
