import type { Alarm } from "../../../../shared/alarm.ts";
import { inOrder } from "./order.ts";

/** A cause and what hangs under it; an alarm that stands alone has nothing under it. */
export interface Cluster {
  readonly head: Alarm;
  readonly under: readonly Alarm[];
}
/** A line of the list. `fold` = a closed bundle that says how much is in it. */
export type ListLine =
  | {
      readonly kind: "alarm";
      readonly id: string;
      readonly alarm: Alarm;
      readonly depth: 0 | 1;
      readonly isLast: boolean;
      readonly under: number;
      readonly open: boolean;
    }
  | { readonly kind: "fold"; readonly id: string; readonly alarms: readonly Alarm[]; readonly open: boolean };

/** Bundles with more under them than this are closed until somebody opens them. */
const openUpTo = 6;
/** In a flood the fourth priority is one line. */
const lowestFold = "fold-p4";

/** Alarms in the order of the list: grouped under their causes, each group where its most urgent member stands, or one by one. */
export function clustersOf(alarms: readonly Alarm[], grouped: boolean): readonly Cluster[] {
  const sorted = [...alarms].sort(inOrder);
  if (!grouped) return sorted.map((head) => ({ head, under: [] }));
  const shown = new Map(sorted.map((alarm) => [alarm.id, alarm]));
  const made = new Map<string, { head: Alarm; under: Alarm[] }>();
  for (const alarm of sorted) {
    const head = (alarm.group !== null && shown.get(alarm.group)) || alarm;
    const known = made.get(head.id) ?? { head, under: [] };
    if (alarm !== head) known.under.push(alarm);
    // A map keeps the order of first entry, which is that of the most urgent member.
    made.set(head.id, known);
  }
  return [...made.values()];
}

/** What stood in the list, in the order in which it stood, as it is now: nothing moves under a pointer or the focus. `fresh` = how many are not in it. */
export function refreshed(
  held: readonly Cluster[],
  present: readonly Cluster[],
  known: ReadonlyMap<string, Alarm>,
): { readonly clusters: readonly Cluster[]; readonly fresh: number } {
  // What is normal again stays until the list is let go, and says so.
  const asNow = (alarm: Alarm): Alarm => known.get(alarm.id) ?? { ...alarm, state: "A", active: false, acked: true };
  const seen = new Set(held.flatMap(({ head, under }) => [head.id, ...under.map(({ id }) => id)]));
  let fresh = 0;
  for (const { head, under } of present) for (const { id } of [head, ...under]) if (!seen.has(id)) fresh++;
  return { clusters: held.map(({ head, under }) => ({ head: asNow(head), under: under.map(asNow) })), fresh };
}

/** The lines that can be seen. `folds`: what a person opened (true) or closed. */
export function linesOf(clusters: readonly Cluster[], folds: ReadonlyMap<string, boolean>, inFlood: boolean): readonly ListLine[] {
  const lines: ListLine[] = [];
  const lowest: Alarm[] = [];
  for (const { head, under } of clusters) {
    if (inFlood && head.priority === 4 && under.length === 0) {
      lowest.push(head);
      continue;
    }
    const open = folds.get(head.id) ?? under.length <= openUpTo;
    lines.push({ kind: "alarm", id: head.id, alarm: head, depth: 0, isLast: false, under: under.length, open });
    if (!open) continue;
    for (const [at, alarm] of under.entries())
      lines.push({ kind: "alarm", id: alarm.id, alarm, depth: 1, isLast: at === under.length - 1, under: 0, open: false });
  }
  if (lowest.length > 0) {
    const open = folds.get(lowestFold) ?? false;
    lines.push({ kind: "fold", id: lowestFold, alarms: lowest, open });
    if (open) for (const alarm of lowest) lines.push({ kind: "alarm", id: alarm.id, alarm, depth: 0, isLast: false, under: 0, open: false });
  }
  return lines;
}
