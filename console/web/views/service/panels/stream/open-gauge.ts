import type { Alarm } from "../../../../../../shared/alarm.ts";
import { inOrder, onDesk } from "../../../alarms/order.ts";
import type { Gauge } from "./gauges.ts";

/** What stands highest at a device: the priority first, acknowledged or not. */
const highest = (alarms: readonly Alarm[]): Alarm | undefined =>
  alarms
    .filter((alarm) => onDesk(alarm) && alarm.class === "operations")
    .sort(higher)
    .at(0);
const higher = (a: Alarm, b: Alarm): number => a.priority - b.priority || inOrder(a, b);

/** The gauge that the page shows large: the one that somebody has chosen; until then the one with the highest open alarm, else the first of the stream. */
export function openGauge<T extends { readonly row: Pick<Gauge["row"], "id"> }>(
  gauges: readonly T[],
  chosen: string | undefined,
  alarmsOf: (device: string) => readonly Alarm[],
): T | undefined {
  const own = gauges.find(({ row }) => row.id === chosen);
  if (own !== undefined) return own;
  const called = gauges.flatMap((gauge) => {
    const alarm = highest(alarmsOf(gauge.row.id));
    return alarm === undefined ? [] : [{ gauge, alarm }];
  });
  return called.sort((a, b) => higher(a.alarm, b.alarm))[0]?.gauge ?? gauges[0];
}
