import { z } from "zod";
import type { Alarm } from "../../shared/alarm.ts";
import { cursorOf, placeIn } from "./paging.ts";

/** Active before returned, unacknowledged before acknowledged, then by priority, then the oldest first; the id makes the order whole. */
type Place = readonly [active: 0 | 1, acked: 0 | 1, priority: number, raisedAt: number, id: string];
const placeSchema = z.tuple([z.literal([0, 1]), z.literal([0, 1]), z.number(), z.number(), z.string()]);

const placeOf = (alarm: Alarm): Place => [alarm.active || alarm.latched ? 0 : 1, alarm.acked ? 1 : 0, alarm.priority, alarm.raisedAt, alarm.id];

function compare(a: Place, b: Place): number {
  for (const [at, one] of a.entries()) {
    const other = b[at] as typeof one;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** The page after `cursor`, most urgent first; undefined when the cursor is not one of ours. Alarms that changed meanwhile may move between pages. */
export function alarmPage(
  alarms: readonly Alarm[],
  limit: number,
  cursor: string | undefined,
): { alarms: Alarm[]; cursor: string | null } | undefined {
  const after = cursor === undefined ? undefined : placeSchema.safeParse(placeIn(cursor));
  if (after?.success === false) return undefined;
  const placed = alarms.map((alarm) => ({ alarm, place: placeOf(alarm) })).sort((a, b) => compare(a.place, b.place));
  const rest = after === undefined ? placed : placed.filter(({ place }) => compare(place, after.data) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { alarms: page.map(({ alarm }) => alarm), cursor: rest.length > page.length && last ? cursorOf(last.place) : null };
}
