import { useEffect, useRef, useState } from "preact/hooks";
import type { Alarm, AlarmDetail } from "../../../../shared/alarm.ts";
import { lines } from "../../live/desk.ts";
import { type Answer, useAnswer } from "../../trend/use-answer.ts";

/** Whoever walks down a list does not read what he passes. */
const settleMs = 180;
/** True once the same alarm has been looked at for a moment. */
export function useSettled(id: string): boolean {
  const [settled, setSettled] = useState(id);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(id), settleMs);
    return () => clearTimeout(timer);
  }, [id]);
  return settled === id;
}

/** What the server knows beyond the row: evidence, notes, journal; asked again whenever the journal says that something happened to it. */
export function useDetail(alarm: Alarm, isSettled: boolean): Answer<AlarmDetail> {
  const answer = useAnswer<AlarmDetail>(isSettled ? `/api/v1/alarms/${encodeURIComponent(alarm.id)}` : undefined, 0, true);
  const newest = lines.value.findLast((line) => line.alarm === alarm.id)?.n ?? 0;
  const known = useRef({ id: alarm.id, newest, changedAt: alarm.changedAt });
  useEffect(() => {
    const before = known.current;
    known.current = { id: alarm.id, newest, changedAt: alarm.changedAt };
    if (before.id === alarm.id && (before.newest !== newest || before.changedAt !== alarm.changedAt)) answer.again();
  }, [alarm.id, newest, alarm.changedAt]);
  // An answer about the alarm before is none.
  return answer.value?.id === alarm.id ? answer : { ...answer, value: undefined };
}
