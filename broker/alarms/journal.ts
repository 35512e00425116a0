import type { RootDatabase } from "lmdb";
import type { JournalLine } from "../../shared/alarm.ts";
import type { JournalQuery } from "../../shared/room-port.ts";
import { fieldRun } from "../../shared/timeline.ts";
import { fits, openJournalShelf } from "./journal-shelf.ts";
import type { Moment } from "./moment.ts";

export type Entered = Partial<Omit<JournalLine, "n" | "run" | "t" | "at" | "timeline">> & Pick<JournalLine, "what" | "by">;

/**
 * Append-only: what happened to alarms, queues and commands, and who did it. Durable beside the log, without a bound; the newest lines are in memory,
 * older ones are looked up. A replay writes the same lines again, under the same numbers.
 */
export interface Journal {
  write(moment: Moment, entered: Entered): JournalLine;
  /** Lines of the city carry the id of its run from now on; those of real devices belong to no run of it. */
  begin(run: string): void;
  run(): string;
  newest(): number;
  /** Resolves when every line up to now is on the disk: a full one takes them later. */
  written(): Promise<void>;
  lines(query: JournalQuery): readonly JournalLine[];
  /** What an image holds of the run: its city's lines so far. */
  told(): readonly JournalLine[];
  /** What an image held, told again under the run that begins with it. */
  retell(lines: readonly JournalLine[]): void;
  state(): JournalState;
  restore(state: JournalState): void;
}
export interface JournalState {
  readonly n: number;
  readonly run: string;
  /** Newest number when the run began. */
  readonly began: number;
}

const blank = { alarm: null, occurrence: null, rule: null, service: null, device: null, role: null, before: null, after: null, reason: null };
/** Some hours of a busy room; about 2 MB. */
const kept = 5000;

/** @param root absent: nothing outlives the process, and all of it is in memory (a lab). */
export function openJournal(root?: RootDatabase): Journal {
  const shelf = root && openJournalShelf(root);
  let n = shelf?.last() ?? 0;
  let run = "";
  let began = 0;
  /** Numbers without a hole, the newest last. */
  let recent: JournalLine[] = shelf?.find({ limit: kept }, n + 1) ?? [];

  const first = (): number => recent[0]?.n ?? n + 1;
  function enter(line: JournalLine): void {
    n = line.n;
    recent.push(line);
    // what cannot be read from the disk yet is not let go of
    if (shelf === undefined) return;
    shelf.enter(line);
    if (recent.length < 2 * kept) return;
    const gone = Math.min(recent.length - kept, (shelf.unwritten() ?? n + 1) - first());
    if (gone > 0) recent = recent.slice(gone);
  }

  function lines(query: JournalQuery): readonly JournalLine[] {
    const { after = 0, before = n + 1 } = query;
    const at = Math.max(0, after + 1 - first());
    const found: JournalLine[] = [];
    for (let i = Math.min(recent.length, before - first()) - 1; i >= at && found.length < query.limit; i--) {
      const line = recent[i];
      if (line !== undefined && fits(line, query)) found.push(line);
    }
    found.reverse();
    if (shelf === undefined || found.length >= query.limit || after + 1 >= first()) return found;
    return [...shelf.find({ ...query, limit: query.limit - found.length }, Math.min(before, first())), ...found];
  }

  return {
    write({ timeline, t, at }, entered) {
      const line: JournalLine = { n: n + 1, run: timeline === "field" ? fieldRun : run, timeline, t, at, ...blank, ...entered };
      enter(line);
      return line;
    },
    begin(id) {
      run = id;
      began = n;
    },
    run: () => run,
    newest: () => n,
    written: async () => shelf?.written(),
    lines,
    told: () => lines({ after: began, run, limit: Number.MAX_SAFE_INTEGER }).filter(({ timeline }) => timeline === "city"),
    retell(given) {
      for (const line of given) enter({ ...line, n: n + 1, run });
    },
    state: () => ({ n, run, began }),
    restore(state) {
      ({ n, run, began } = state);
      shelf?.cut(n);
      recent = shelf === undefined ? recent.filter((line) => line.n <= n) : shelf.find({ limit: kept }, n + 1);
    },
  };
}
