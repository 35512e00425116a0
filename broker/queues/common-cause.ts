import type { Rule } from "../../shared/alarm-rule.ts";
import { namesOf, reachKey } from "../alarms/groups/reach.ts";
import type { Watched } from "../alarms/observed.ts";
import type { WorkBook } from "./work-book.ts";
import type { WorkRecord } from "./work-record.ts";

export interface CommonCauseParts {
  readonly book: Pick<WorkBook, "all" | "put">;
  device(id: string): Watched | undefined;
  rule(item: WorkRecord): Rule | undefined;
}
/**
 * Items that hang below the one of their cause, by the same `causedBy` as alarms. One level, and nothing else changes: each stays somebody's work, because
 * each home wants its own call.
 */
export interface CommonCause {
  /** It has just been opened: hangs below its cause, and what it causes below it. */
  opened(item: WorkRecord): void;
  /** It is over or closed: what hung below it stands alone. */
  left(item: WorkRecord): void;
}

export function createCommonCause({ book, device, rule: ruleOf }: CommonCauseParts): CommonCause {
  function causes(cause: WorkRecord, item: WorkRecord): boolean {
    const [upper, lower] = [device(cause.device), device(item.device)];
    if (upper === undefined || lower === undefined || cause.id === item.id || cause.timeline !== item.timeline) return false;
    const names = namesOf(cause.rule);
    return (ruleOf(item)?.causedBy ?? []).some(({ rule, within }) => names.includes(rule) && reachKey(within, upper) === reachKey(within, lower));
  }
  const stands = ({ active, state }: WorkRecord): boolean => active && state !== "closed";

  return {
    opened(item) {
      const all = book.all().filter(({ state }) => state !== "closed");
      const cause = (ruleOf(item)?.causedBy ?? []).length === 0 ? undefined : all.find((one) => stands(one) && causes(one, item));
      if (cause !== undefined) book.put({ ...item, cause: cause.id });
      for (const one of all) if (causes(item, one)) book.put({ ...one, cause: item.id });
    },
    left({ id }) {
      for (const one of book.all()) if (one.cause === id) book.put({ ...one, cause: null });
    },
  };
}
