import type { JournalLine } from "../../../shared/alarm.ts";

/** One occurrence of an alarm as detection tells it, without whatever people did: what two lives of a city are compared by. Event times. */
export interface Occurrence {
  readonly rule: string;
  readonly device: string;
  readonly raised: number;
  /** null = still active at the end of the lines. */
  readonly cleared: number | null;
}

/** From lines of one run, oldest first; in the order of (raised, rule, device). */
export function occurrencesOf(lines: readonly JournalLine[]): readonly Occurrence[] {
  const open = new Map<string, number>();
  const found: Occurrence[] = [];
  for (const { what, alarm, rule, device, t } of lines) {
    if (alarm === null || rule === null || device === null) continue;
    const index = open.get(alarm);
    if (what === "raised") {
      open.set(alarm, found.length);
      found.push({ rule, device, raised: t, cleared: null });
    } else if (what === "cleared" && index !== undefined) {
      found[index] = { rule, device, raised: found[index]?.raised ?? t, cleared: t };
      open.delete(alarm);
    }
  }
  const inTurn = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return found.sort((a, b) => a.raised - b.raised || inTurn(a.rule, b.rule) || inTurn(a.device, b.device));
}
