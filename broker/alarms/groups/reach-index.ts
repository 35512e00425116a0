import type { CausedBy, Rule } from "../../../shared/alarm-rule.ts";
import type { AlarmRecord } from "../desk/alarm-record.ts";
import type { Watched } from "../observed.ts";
import { namesOf, reaches, reachKey } from "./reach.ts";

/** Active alarms by what they may cause and by what they may follow from, within each reach: one lookup instead of a walk through all. */
export interface ReachIndex {
  enter(alarm: AlarmRecord): void;
  leave(alarm: AlarmRecord): void;
  /** Of the named rule, within that reach of the alarm's device. */
  causesOf(alarm: AlarmRecord, by: CausedBy): Iterable<string>;
  /** That name the alarm's rule as a cause within that reach. */
  consequencesOf(cause: AlarmRecord, within: CausedBy["within"]): Iterable<string>;
  clear(): void;
}
type Index = Map<string, Set<string>>;

const none: ReadonlySet<string> = new Set();
function enter(index: Index, key: string, id: string): void {
  const there = index.get(key);
  if (there === undefined) index.set(key, new Set([id]));
  else there.add(id);
}
function leave(index: Index, key: string, id: string): void {
  const there = index.get(key);
  if (there?.delete(id) && there.size === 0) index.delete(key);
}

export function createReachIndex(device: (id: string) => Watched | undefined, ruleOf: (alarm: AlarmRecord) => Rule | undefined): ReachIndex {
  const causes: Index = new Map();
  const consequences: Index = new Map();
  function keyOf({ timeline, device: id }: AlarmRecord, rule: string, within: CausedBy["within"]): string | undefined {
    const where = device(id);
    return where && `${timeline} ${rule} ${within} ${reachKey(within, where)}`;
  }
  function change(alarm: AlarmRecord, how: typeof enter): void {
    for (const within of reaches)
      for (const name of namesOf(alarm.rule)) {
        const key = keyOf(alarm, name, within);
        if (key !== undefined) how(causes, key, alarm.id);
      }
    for (const { rule, within } of ruleOf(alarm)?.causedBy ?? []) {
      const key = keyOf(alarm, rule, within);
      if (key !== undefined) how(consequences, key, alarm.id);
    }
  }
  return {
    enter: (alarm) => change(alarm, enter),
    leave: (alarm) => change(alarm, leave),
    causesOf: (alarm, { rule, within }) => causes.get(keyOf(alarm, rule, within) ?? "") ?? none,
    consequencesOf: (cause, within) => namesOf(cause.rule).flatMap((name) => [...(consequences.get(keyOf(cause, name, within) ?? "") ?? none)]),
    clear() {
      causes.clear();
      consequences.clear();
    },
  };
}
