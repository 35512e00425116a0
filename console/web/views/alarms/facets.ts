import type { Alarm, StateLetter } from "../../../../shared/alarm.ts";
import { type AlarmClass, type Priority, priorities } from "../../../../shared/alarm-rule.ts";
import { isUnacknowledged, onDesk } from "./order.ts";

/** Lists of the page. `active` and `maintenance` are the desk's; the next three are what is kept from it. */
export const alarmTabs = ["active", "maintenance", "shelved", "suppressed", "out-of-service", "history", "score"] as const;
export type AlarmTab = (typeof alarmTabs)[number];
export const isListTab = (tab: AlarmTab): boolean => tab !== "history" && tab !== "score";

export interface Facets {
  readonly text: string;
  readonly service: string | null;
  readonly priority: Priority | null;
  /** States that are left out. */
  readonly without: readonly StateLetter[];
  /** Where both classes stand in one list. */
  readonly class: AlarmClass | null;
}
export const allFacets: Facets = { text: "", service: null, priority: null, without: [], class: null };
export const isNarrowed = ({ text, service, priority, without, class: only }: Facets): boolean =>
  text.trim() !== "" || service !== null || priority !== null || without.length > 0 || only !== null;

/** Rows of the filter by state, each with the letters that it takes. What nobody has acknowledged is one row, as in the banner, and two under it. */
export const stateRows = [
  { id: "unacknowledged", letters: (["B", "C", "D"] as const).filter((state) => isUnacknowledged({ state })), under: null },
  { id: "standing", letters: ["B"], under: "unacknowledged" },
  { id: "cleared", letters: ["D"], under: "unacknowledged" },
  { id: "acknowledged", letters: ["C"], under: null },
] as const satisfies readonly { readonly id: string; readonly letters: readonly StateLetter[]; readonly under: string | null }[];
export const countIn = (alarms: readonly Alarm[], letters: readonly StateLetter[]): number =>
  alarms.filter(({ state }) => letters.includes(state)).length;
/** The states that are left out once these are shown, or left out too. */
export const leaving = (without: readonly StateLetter[], letters: readonly StateLetter[], shown: boolean): readonly StateLetter[] => {
  const others = without.filter((state) => !letters.includes(state));
  return shown ? others : [...others, ...letters];
};

const lettersOf = { shelved: "E", suppressed: "F", "out-of-service": "G" } as const;

export function inTab(alarm: Alarm, tab: AlarmTab): boolean {
  if (tab === "active") return onDesk(alarm) && alarm.class === "operations";
  if (tab === "maintenance") return onDesk(alarm) && alarm.class === "maintenance";
  return tab !== "history" && tab !== "score" && alarm.state === lettersOf[tab];
}

/** What the filter leaves. `wordsOf`: everything of an alarm that a person may look for, in small letters. */
export function filtered(alarms: readonly Alarm[], facets: Facets, wordsOf: (alarm: Alarm) => string): readonly Alarm[] {
  const asked = facets.text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return alarms.filter(
    (alarm) =>
      (facets.service === null || alarm.service === facets.service) &&
      (facets.priority === null || alarm.priority === facets.priority) &&
      (facets.class === null || alarm.class === facets.class) &&
      !facets.without.includes(alarm.state) &&
      (asked.length === 0 || contains(wordsOf(alarm), asked)),
  );
}
const contains = (words: string, asked: readonly string[]): boolean => asked.every((word) => words.includes(word));

/** Counts by service and priority, `total` under the key "". */
export type Matrix = ReadonlyMap<string, Readonly<Record<Priority, number>>>;
const none = (): Record<Priority, number> => ({ 1: 0, 2: 0, 3: 0, 4: 0 });

export function matrixOf(alarms: Iterable<Alarm>): Matrix {
  const total = none();
  const matrix = new Map([["", total]]);
  for (const { service, priority } of alarms) {
    const row = matrix.get(service) ?? none();
    row[priority]++;
    total[priority]++;
    matrix.set(service, row);
  }
  return matrix;
}
export const sumOf = (row: Readonly<Record<Priority, number>> | undefined): number =>
  priorities.reduce<number>((sum, priority) => sum + (row?.[priority] ?? 0), 0);
