import type { Database, RootDatabase } from "lmdb";
import type { JournalLine } from "../../shared/alarm.ts";
import type { JournalQuery } from "../../shared/room-port.ts";
import { writeBeside } from "../log/write-beside.ts";
import type { Moment } from "./moment.ts";

export type Entered = Partial<Omit<JournalLine, "n" | "run" | "t" | "at" | "timeline">> & Pick<JournalLine, "what" | "by">;

/** Append-only: what happened to alarms, queues and commands, and who did it. Durable beside the log; a replay writes the same lines again. */
export interface Journal {
  write(moment: Moment, entered: Entered): JournalLine;
  /** Lines of the run that begins now carry its id. */
  begin(run: string): void;
  newest(): number;
  lines(query: JournalQuery): readonly JournalLine[];
  state(): { readonly n: number; readonly run: string };
  restore(state: { readonly n: number; readonly run: string }): void;
}

const blank = { alarm: null, occurrence: null, rule: null, service: null, device: null, role: null, before: null, after: null, reason: null };

/** @param root absent: nothing outlives the process (a lab). */
export function openJournal(root?: RootDatabase): Journal {
  const db: Database<JournalLine, number> | undefined = root?.openDB("journal", { encoding: "msgpack" });
  let all: JournalLine[] = db === undefined ? [] : [...db.getRange().map(({ value }) => value)];
  let n = all.at(-1)?.n ?? 0;
  let run = "";
  return {
    write({ timeline, t, at }, entered) {
      const line: JournalLine = { n: ++n, run, timeline, t, at, ...blank, ...entered };
      all.push(line);
      if (db !== undefined) writeBeside(db.put(line.n, line));
      return line;
    },
    begin(id) {
      run = id;
    },
    newest: () => n,
    lines({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, after = 0, alarm, device, limit }) {
      return all
        .filter(
          (line) =>
            line.n > after &&
            line.t >= from &&
            line.t <= to &&
            (alarm === undefined || line.alarm === alarm) &&
            (device === undefined || line.device === device),
        )
        .slice(-limit);
    },
    state: () => ({ n, run }),
    restore(state) {
      n = state.n;
      run = state.run;
      for (const line of all) if (line.n > n && db !== undefined) writeBeside(db.remove(line.n));
      all = all.filter((line) => line.n <= n);
    },
  };
}
