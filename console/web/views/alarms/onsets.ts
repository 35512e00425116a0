import type { Alarm, JournalLine } from "../../../../shared/alarm.ts";
import type { AlarmClass, Priority } from "../../../../shared/alarm-rule.ts";

/** When an alarm began, for lanes and timeline; `to` = when it ended, null while it lasts. */
export interface Onset {
  readonly t: number;
  readonly to: number | null;
  readonly alarm: string;
  readonly service: string;
  readonly priority: Priority;
  readonly class: AlarmClass;
  readonly isAcknowledged: boolean;
}
/** What a rule says of an alarm that has left the lists. */
export type RankOf = (line: JournalLine) => { readonly priority: Priority; readonly class: AlarmClass } | undefined;

/** Onsets of from..to, oldest first: alarms of the lists as they are, those before them by the journal. */
export function onsetsOf(alarms: Iterable<Alarm>, lines: readonly JournalLine[], from: number, rankOf: RankOf): readonly Onset[] {
  const made = new Map<string, Onset>();
  for (const line of lines) {
    if (line.alarm === null || line.t < from) continue;
    const key = `${line.alarm} ${line.occurrence}`;
    const known = made.get(key);
    if (line.what === "raised" && line.service !== null) {
      const rank = rankOf(line);
      if (rank) made.set(key, { t: line.t, to: null, alarm: line.alarm, service: line.service, ...rank, isAcknowledged: true });
    } else if (line.what === "cleared" && known) made.set(key, { ...known, to: line.t });
  }
  for (const { id, occurrence, raisedAt, clearedAt, service, priority, class: kind, state } of alarms) {
    const key = `${id} ${occurrence}`;
    if (raisedAt < from || occurrence === 0) made.delete(key);
    else made.set(key, { t: raisedAt, to: clearedAt, alarm: id, service, priority, class: kind, isAcknowledged: state !== "B" && state !== "D" });
  }
  return [...made.values()].sort((a, b) => a.t - b.t);
}
