import type { Database, RootDatabase } from "lmdb";
import type { JournalLine } from "../../shared/alarm.ts";
import type { JournalQuery } from "../../shared/room-port.ts";
import { writeBeside } from "../log/write-beside.ts";

/** The journal on disk: lines by number, and three ways to find them without reading all. */
export interface JournalShelf {
  /** Into memory at once, and onto the disk as soon as that takes it. */
  enter(line: JournalLine): void;
  /** Smallest number that cannot be read from here yet; undefined = all can. */
  unwritten(): number | undefined;
  /** Resolves when every line that was entered up to now is on the disk. */
  written(): Promise<void>;
  /** Newest number; 0 = none. */
  last(): number;
  /** Of lines with a number below `before`: the newest `limit` that fit, oldest first. */
  find(query: JournalQuery, before: number): JournalLine[];
  /** Lines with a greater number are taken back: a replay writes them again. */
  cut(n: number): void;
}

/** As the log tries its own again. */
const retryMs = 1000;

type Key = ["alarm" | "device", string, number] | ["t", number, number];

/** lmdb has it, its types do not. */
const isClosed = (root: RootDatabase & { readonly status?: string }): boolean => root.status === "closed";

export function openJournalShelf(root: RootDatabase): JournalShelf {
  const lines: Database<JournalLine, number> = root.openDB("journal", { encoding: "msgpack" });
  const index: Database<number, Key> = root.openDB("journal-index", { encoding: "msgpack" });
  const keysOf = ({ n, t, alarm, device }: JournalLine): Key[] => [
    ["t", t, n],
    ...(alarm === null ? [] : [["alarm", alarm, n] as Key]),
    ...(device === null ? [] : [["device", device, n] as Key]),
  ];

  /** Until their put has resolved: what was answered must not be lost because the disk was full for a while. In the order of their numbers. */
  const waiting = new Map<number, { readonly line: JournalLine; readonly done: Promise<void> }>();
  async function put(line: JournalLine): Promise<void> {
    const isWanted = (): boolean => waiting.get(line.n)?.line === line;
    do {
      try {
        const puts = [...keysOf(line).map((key) => index.put(key, line.n)), lines.put(line.n, line)];
        for (const one of puts) writeBeside(one);
        await Promise.all(puts);
        if (isWanted()) waiting.delete(line.n);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
      }
    } while (isWanted() && !isClosed(root));
  }

  /** Numbers of what may fit, newest first. */
  function* candidates({ from = 0, to = Number.MAX_SAFE_INTEGER, after = 0, alarm, device }: JournalQuery, before: number): Generator<number> {
    const [kind, name] = alarm !== undefined ? (["alarm", alarm] as const) : (["device", device] as const);
    if (name !== undefined) {
      yield* index.getRange({ start: [kind, name, before - 1], end: [kind, name, after], reverse: true }).map(({ value }) => value);
    } else if (from > 0 || to < Number.MAX_SAFE_INTEGER) {
      // by time a line of an earlier run may stand between those of this one: the newest are found by number
      const found = [...index.getRange({ start: ["t", from, 0], end: ["t", to, Number.MAX_SAFE_INTEGER] }).map(({ value }) => value)];
      yield* found.filter((n) => n > after && n < before).sort((a, b) => b - a);
    } else yield* lines.getKeys({ start: before - 1, end: after, reverse: true });
  }

  return {
    enter(line) {
      waiting.set(line.n, { line, done: put(line) });
    },
    unwritten: () => waiting.keys().next().value,
    written: async () => void (await Promise.all([...waiting.values()].map(({ done }) => done))),
    last: () => [...lines.getKeys({ reverse: true, limit: 1 })][0] ?? 0,
    find(query, before) {
      const found: JournalLine[] = [];
      for (const n of candidates(query, before)) {
        if (found.length >= query.limit) break;
        const line = lines.get(n);
        if (line !== undefined && fits(line, query)) found.push(line);
      }
      return found.reverse();
    },
    cut(n) {
      for (const number of waiting.keys()) if (number > n) waiting.delete(number);
      for (const { value } of lines.getRange({ start: n + 1 })) {
        for (const key of keysOf(value)) writeBeside(index.remove(key));
        writeBeside(lines.remove(value.n));
      }
    },
  };
}

export function fits(line: JournalLine, { from, to, after, alarm, device, run }: JournalQuery): boolean {
  if (after !== undefined && line.n <= after) return false;
  if ((from !== undefined && line.t < from) || (to !== undefined && line.t > to)) return false;
  if (run !== undefined && line.run !== run) return false;
  return (alarm === undefined || line.alarm === alarm) && (device === undefined || line.device === device);
}
