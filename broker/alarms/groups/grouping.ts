import { letterOf } from "../../../shared/alarm.ts";
import type { CausedBy, Rule } from "../../../shared/alarm-rule.ts";
import type { AlarmRecord } from "../desk/alarm-record.ts";
import type { Watched } from "../observed.ts";
import { type CauseForest, createCauseForest } from "./cause-forest.ts";
import { lies, namesOf, reaches } from "./reach.ts";
import { createReachIndex } from "./reach-index.ts";

/**
 * Causes mask consequences. Which of them fold and which are suppressed: docs/decisions/0011-folded-or-suppressed.md. Looked up by rule and reach,
 * so that one alarm more costs the same among two thousand as among ten.
 */
export interface Grouping extends Pick<CauseForest, "causeOf" | "topOf" | "sizeOf" | "firstOf" | "refresh" | "links"> {
  /** Something happened to the alarm: it may have become a cause, or none, or need one. */
  moved(before: AlarmRecord, after: AlarmRecord): void;
  /** Its cause has gone and its time is over: true when another cause goes on suppressing it. */
  findAnother(alarm: AlarmRecord): boolean;
  forget(alarm: AlarmRecord): void;
  restore(all: Iterable<AlarmRecord>, links: readonly (readonly [id: string, cause: string])[]): void;
}
export interface GroupingParts {
  record(id: string): AlarmRecord | undefined;
  rule(alarm: AlarmRecord): Rule | undefined;
  device(id: string): Watched | undefined;
  touch(id: string): void;
  suppress(id: string, cause: string): void;
  /** What suppressed it has gone. */
  loosen(id: string): void;
}

/** A sensor's trouble that follows from its own, its gateway's or that of what its gateway shares says nothing new; what happens in the city always does. */
const suppresses = (rule: Rule, cause: Rule | undefined, { within }: CausedBy): boolean =>
  rule.class === "maintenance" && (within === "device" || within === "gateway" || cause?.when.kind === "outage");

/** seen: in the list, itself or folded; unseen: shelved or out of service, where nothing can be folded under it. */
type Standing = "closed" | "seen" | "unseen";
function standingOf(alarm: AlarmRecord): Standing {
  if (!alarm.active) return "closed";
  const letter = letterOf(alarm);
  return letter === "E" || letter === "G" ? "unseen" : "seen";
}

export function createGrouping({ record, rule: ruleOf, device, touch, suppress, loosen }: GroupingParts): Grouping {
  const forest = createCauseForest((id) => record(id)?.raisedAt ?? 0, touch);
  const index = createReachIndex(device, ruleOf);

  /** Nothing hangs under what hangs under it. */
  function canHang(alarm: AlarmRecord, cause: AlarmRecord, by: CausedBy): boolean {
    if (cause.id === alarm.id || isAbove(alarm.id, cause.id)) return false;
    const standing = standingOf(cause);
    const rule = ruleOf(alarm);
    if (standing === "closed" || rule === undefined || (standing === "unseen" && !suppresses(rule, ruleOf(cause), by))) return false;
    const [upper, lower] = [device(cause.device), device(alarm.device)];
    return upper !== undefined && lower !== undefined && lies(by.within, upper, lower);
  }
  function isAbove(above: string, id: string): boolean {
    for (let at = forest.causeOf(id); at !== null; at = forest.causeOf(at)) if (at === above) return true;
    return false;
  }
  function hang(alarm: AlarmRecord, cause: AlarmRecord, by: CausedBy): void {
    const rule = ruleOf(alarm);
    forest.link(alarm.id, cause.id);
    if (rule === undefined || !alarm.active || !suppresses(rule, ruleOf(cause), by)) return;
    if (alarm.suppressed?.by !== cause.id || alarm.releaseAt !== null) suppress(alarm.id, cause.id);
  }
  const earlier = (a: AlarmRecord, b: AlarmRecord): boolean => a.raisedAt < b.raisedAt || (a.raisedAt === b.raisedAt && a.id < b.id);
  /** The first reason that the rule names and that stands: of several the one that was raised first. */
  function findCause(alarm: AlarmRecord): { readonly cause: AlarmRecord; readonly by: CausedBy } | undefined {
    for (const by of ruleOf(alarm)?.causedBy ?? []) {
      let best: AlarmRecord | undefined;
      for (const id of index.causesOf(alarm, by)) {
        const cause = record(id);
        if (cause !== undefined && canHang(alarm, cause, by) && (best === undefined || earlier(cause, best))) best = cause;
      }
      if (best !== undefined) return { cause: best, by };
    }
    return undefined;
  }
  function seek(alarm: AlarmRecord): void {
    const found = findCause(alarm);
    if (found === undefined) forest.unlink(alarm.id);
    else hang(alarm, found.cause, found.by);
  }
  /** It stands now: what waited for a cause like it hangs under it. */
  function gather(cause: AlarmRecord): void {
    for (const within of reaches)
      for (const id of index.consequencesOf(cause, within)) {
        const alarm = record(id);
        const by = alarm && ruleOf(alarm)?.causedBy?.find((one) => namesOf(cause.rule).includes(one.rule) && one.within === within);
        if (alarm === undefined || by === undefined || (forest.causeOf(id) !== null && alarm.releaseAt === null)) continue;
        if (canHang(alarm, cause, by)) hang(alarm, cause, by);
      }
  }
  function scatter(cause: AlarmRecord): void {
    for (const id of [...forest.effectsOf(cause.id)]) {
      const alarm = record(id);
      if (alarm === undefined) forest.unlink(id);
      else if (alarm.suppressed?.by !== cause.id) seek(alarm);
      else if (!cause.active) loosen(id);
    }
  }

  return {
    ...forest,
    moved(before, after) {
      if (before.active !== after.active) index[after.active ? "enter" : "leave"](after);
      if (after.active && before.occurrence !== after.occurrence) seek(after);
      else if (letterOf(after) === "A") forest.unlink(after.id);
      const [was, is] = [standingOf(before), standingOf(after)];
      if (was === is) return;
      if (is === "seen" || was === "closed") gather(after);
      else scatter(after);
    },
    findAnother(alarm) {
      const found = findCause(alarm);
      const rule = ruleOf(alarm);
      if (found === undefined) forest.unlink(alarm.id);
      else hang(alarm, found.cause, found.by);
      return found !== undefined && rule !== undefined && suppresses(rule, ruleOf(found.cause), found.by);
    },
    forget(alarm) {
      if (alarm.active) index.leave(alarm);
      forest.unlink(alarm.id);
      for (const id of [...forest.effectsOf(alarm.id)]) {
        if (record(id)?.suppressed?.by === alarm.id) loosen(id);
        forest.unlink(id);
      }
    },
    restore(all, links) {
      index.clear();
      forest.clear();
      for (const alarm of all) if (alarm.active) index.enter(alarm);
      for (const [id, cause] of links) if (record(id) !== undefined && record(cause) !== undefined) forest.link(id, cause);
    },
  };
}
