import type { Alarm } from "../../shared/alarm.ts";
import type { CityPort } from "../../shared/city-port.ts";
import { isCrowd } from "./crowd.ts";
import type { Visibility } from "./visibility.ts";

type Kept = Pick<Alarm, "service" | "district" | "class" | "priority">;
type Counted = Kept & { alarms: number; unacknowledged: number };

/** How many alarms stand in each district, by service, class and priority: what may be told of homes too, where they are enough to hide each other. */
export function alarmCounts(port: CityPort, see: Visibility): readonly Counted[] {
  const shown = new Set(see.rows().map(({ id }) => id));
  const counted = new Map<string, Counted>();
  for (const alarm of port.room.alarms()) {
    if (alarm.state !== "B" && alarm.state !== "C" && alarm.state !== "D") continue;
    const { service, district, class: kind, priority } = alarm;
    const key = [service, district, kind, priority].join("/");
    const before = counted.get(key) ?? { service, district, class: kind, priority, alarms: 0, unacknowledged: 0 };
    counted.set(key, { ...before, alarms: before.alarms + 1, unacknowledged: before.unacknowledged + (alarm.acked ? 0 : 1) });
  }
  const devices = port.devices();
  return [...counted.values()].filter(({ service, district }) => isCrowd(devices, service, district, shown));
}
