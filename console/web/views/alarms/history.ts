import type { JournalLine } from "../../../../shared/alarm.ts";
import { whatText } from "./journal-words.ts";

/** One list of what was asked for and what came live, newest first, each line once. */
export function mergedLines(asked: readonly JournalLine[], live: readonly JournalLine[]): readonly JournalLine[] {
  const all = new Map([...asked, ...live].map((line) => [line.n, line]));
  return [...all.values()].sort((a, b) => b.n - a.n);
}

const isPerson = ({ by, role }: JournalLine): boolean => role !== null || (by !== "rule" && by !== "system");

export function filteredLines(
  lines: readonly JournalLine[],
  { text, people }: { readonly text: string; readonly people: boolean },
  nameOf: (line: JournalLine) => string,
): readonly JournalLine[] {
  const asked = text.trim().toLowerCase();
  if (asked === "" && !people) return lines;
  return lines.filter((line) => {
    if (people && !isPerson(line)) return false;
    if (asked === "") return true;
    const what = whatText(line.what);
    const words = [line.by, line.device, line.rule, line.reason, line.alarm, line.what, what.ko, what.en, nameOf(line)];
    return words.some((word) => word?.toLowerCase().includes(asked));
  });
}
