import type { ChronicleLine } from "../../../shared/city-port.ts";
import type { TrendColumns } from "./trend-buffer.ts";

/** How a stretch of the quality lane is drawn: estimated as a fine hatch, bad as an ink block. */
type LaneMark = "est" | "bad";
export interface QualityRun {
  readonly from: number;
  readonly to: number;
  readonly mark: LaneMark;
  /** The words of the wire that are in it. */
  readonly words: readonly string[];
}

/** `est` and `man` were put in for a measurement; `bad`, `sat` and `stale` are measurements that cannot be trusted. */
const markOf = (q: string | undefined): LaneMark | undefined => {
  if (q === undefined || q === "good") return undefined;
  return q === "est" || q === "man" ? "est" : "bad";
};

/** Stretches of like quality; one reading reaches to the next, but never further than `reachMs`. */
export function qualityRuns(columns: TrendColumns, reachMs: number): readonly QualityRun[] {
  const runs: { from: number; to: number; mark: LaneMark; words: string[] }[] = [];
  for (let at = 0; at < columns.t.length; at++) {
    const word = columns.q[at];
    const mark = markOf(word);
    if (mark === undefined || word === undefined) continue;
    const from = columns.t[at] ?? 0;
    const to = Math.min(columns.t[at + 1] ?? from + reachMs, from + Math.max(reachMs, columns.width[at] ?? 0));
    const last = runs.at(-1);
    if (last !== undefined && last.mark === mark && last.to >= from) {
      last.to = to;
      if (!last.words.includes(word)) last.words.push(word);
    } else runs.push({ from, to, mark, words: [word] });
  }
  return runs;
}

export interface EventMark {
  readonly x: number;
  readonly text: string;
  /** How many of one kind stand so close that they are one mark. */
  readonly count: number;
  /** Where its label begins; undefined = there is no room for one. */
  readonly label: number | undefined;
}

/** Ticks of the event lane from left to right; marks closer than `near` px become one, a label is left out where it would cover another. */
export function eventMarks(
  lines: readonly ChronicleLine[],
  place: (t: number) => number,
  words: { readonly text: (line: ChronicleLine) => string; readonly width: (text: string) => number; readonly end: number },
  near = 5,
): readonly EventMark[] {
  const groups: { x: number; text: string; count: number }[] = [];
  for (const line of [...lines].sort((a, b) => a.t - b.t)) {
    const x = place(line.t);
    const text = words.text(line);
    const last = groups.at(-1);
    if (last !== undefined && x - last.x < near && last.text === text) last.count++;
    else groups.push({ x, text, count: 1 });
  }
  let free = 0;
  return groups.map((group, index) => {
    const written = group.count > 1 ? `${group.text} ×${group.count}` : group.text;
    const width = words.width(written);
    const next = groups[index + 1]?.x ?? words.end;
    const right = group.x + 5;
    if (right + width <= Math.min(next - 3, words.end)) {
      free = right + width + 6;
      return { ...group, text: written, label: right };
    }
    const left = group.x - 5 - width;
    if (left >= free && left > (groups[index - 1]?.x ?? -6) + 6) {
      free = group.x + 6;
      return { ...group, text: written, label: left };
    }
    free = Math.max(free, group.x + 6);
    return { ...group, text: written, label: undefined };
  });
}
