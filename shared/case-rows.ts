import type { WorkItem } from "./alarm.ts";
import { resultText } from "./work-results.ts";

/** One violation as the fining office takes it in. Never a plate, nor a token that stands for one: who it was, the office finds in its own photographs. */
export interface CaseRow {
  readonly id: string;
  readonly device: string;
  readonly district: string;
  readonly violation: string;
  readonly clause: string;
  /** First day on which this version of the law held, `yyyy-mm-dd`. */
  readonly lawFrom: string;
  /** KRW. */
  readonly amount: number;
  /** ISO 8601 with the city's offset. */
  readonly openedAt: string;
  readonly closedAt: string;
  readonly result: string;
  /** Timed facts, oldest first, one line each: what happened, and every warning. */
  readonly facts: string;
  readonly note: string;
  readonly simulated: boolean;
}
export const caseColumns = [
  "id",
  "device",
  "district",
  "violation",
  "clause",
  "lawFrom",
  "amount",
  "openedAt",
  "closedAt",
  "result",
  "facts",
  "note",
  "simulated",
] as const satisfies readonly (keyof CaseRow)[];

/** Rows of the cases among the items that were handed over (`exportedAt`), in the order given. `iso`: an instant as the office writes it. */
export function caseRows(items: readonly WorkItem[], language: "ko" | "en", iso: (t: number) => string): readonly CaseRow[] {
  return items.flatMap((item) => {
    if (item.queue !== "case" || item.law === null || item.exportedAt === null) return [];
    return [
      {
        id: item.id,
        device: item.device,
        district: item.district,
        violation: item.title[language],
        clause: item.law.clause[language],
        lawFrom: item.law.from,
        amount: item.law.amount,
        openedAt: iso(item.openedAt),
        closedAt: item.closedAt === null ? "" : iso(item.closedAt),
        result: item.result === null ? "" : resultText("case", item.result)[language],
        facts: item.facts.map(({ t, text }) => `${iso(t)} ${text[language]}`).join("\n"),
        note: item.note ?? "",
        simulated: item.timeline === "city",
      },
    ];
  });
}
