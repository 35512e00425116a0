import type { Alarm } from "../../../shared/alarm.ts";
import { inOrder, onDesk } from "../views/alarms/order.ts";

export interface Spot {
  readonly alarm: Alarm;
  /** Pixels of the map's layer. */
  readonly x: number;
  readonly y: number;
}
export interface Bundle extends Spot {
  readonly count: number;
}
/** Badges nearer to each other than this would cover each other. */
const reach = 26;

/** Operations before maintenance, then as in the list. */
const graver = (a: Spot, b: Spot): number => (a.alarm.class === b.alarm.class ? inOrder(a.alarm, b.alarm) : a.alarm.class === "operations" ? -1 : 1);

/** Alarms of the desk, gravest first; each takes those that lie under its badge with it. */
export function bundled(spots: readonly Spot[]): readonly Bundle[] {
  const made: { alarm: Alarm; x: number; y: number; count: number }[] = [];
  for (const spot of spots.filter(({ alarm }) => onDesk(alarm)).sort(graver)) {
    const near = made.find(({ x, y }) => Math.hypot(x - spot.x, y - spot.y) < reach);
    if (near) near.count++;
    else made.push({ ...spot, count: 1 });
  }
  return made;
}
