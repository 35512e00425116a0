import { instantOf } from "../shared/timestamp.ts";
import { Complaint } from "./talk.ts";

export interface SeriesRow {
  readonly t: number;
  readonly value: number;
  /** In the file, from 1. */
  readonly line: number;
}

/**
 * Rows of `timestamp,value`, with or without a first line of names. A timestamp is epoch seconds or ms, ISO 8601, or `yyyy-mm-dd hh:mm:ss`, which
 * without an offset is UTC. A value that is missing makes no row. @throws Complaint naming file and line.
 */
export async function* readSeries(lines: AsyncIterable<string>, file: string): AsyncGenerator<SeriesRow> {
  let line = 0;
  let rows = 0;
  try {
    for await (const raw of lines) {
      line += 1;
      const row = raw.replace(/^\uFEFF/, "").trim();
      if (row === "") continue;
      const [first = "", second = ""] = row.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
      const t = instantOf(first);
      if (t === undefined) {
        if (rows === 0 && line === 1) continue;
        throw new Complaint(`${file}, line ${line}: "${first}" is not a time; write 2026-11-25T09:00:00Z or epoch milliseconds`);
      }
      rows += 1;
      if (second === "" || /^(?:nan|null|na)$/i.test(second)) continue;
      const value = Number(second);
      if (!Number.isFinite(value)) throw new Complaint(`${file}, line ${line}: "${second}" is not a number`);
      yield { t, value, line };
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new Complaint(`there is no file ${file}`, 2);
    if (code === "EISDIR") throw new Complaint(`${file} is a folder; give a file of timestamp,value`, 2);
    throw cause;
  }
  if (rows === 0) throw new Complaint(`${file} has no row of timestamp,value`);
}
